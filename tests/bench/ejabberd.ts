import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { freePorts } from "../src/ports";
import { until } from "../src/system";

export const domain = "localhost";
export const roomsDomain = `conference.${domain}`;

/** The Debian packages: the server, and the driver that lets it keep its archive in SQLite. */
export const packages = "ejabberd erlang-p1-sqlite3";

/** The server's control script; it names the folder in which the server's code is. */
const control = "/usr/sbin/ejabberdctl";

/** Its tables for SQLite, as the package brings them. */
const schema = "/usr/share/ejabberd/sql/lite.sql";

export const isEjabberdInstalled = (): boolean =>
  existsSync(control) && readdirSync("/usr/lib/erlang/lib").some((name) => name.startsWith("p1_sqlite3-"));

/** No shaper, no limit that the bench could meet, and only the modules that a room with an archive needs. */
const configuration = (port: number, archive: string) => ({
  hosts: [domain],
  loglevel: "error",
  auth_password_format: "plain",
  sql_type: "sqlite",
  sql_database: archive,
  websocket_timeout: "1 hour",
  listen: [
    {
      port,
      ip: "127.0.0.1",
      module: "ejabberd_http",
      request_handlers: { "/api": "mod_http_api", "/ws": "ejabberd_http_ws" },
    },
  ],
  api_permissions: { bench: { from: "mod_http_api", who: { ip: "127.0.0.1/8" }, what: "*" } },
  modules: {
    mod_mam: { db_type: "sql" },
    mod_muc: {
      max_users: 100_000,
      max_users_presence: 100_000,
      min_message_interval: 0,
      min_presence_interval: 0,
      room_shaper: "none",
    },
    mod_muc_admin: {},
  },
});

/** Starts the server with everything that it writes in this folder. */
function spawnIn(folder: string, port: number): ChildProcessWithoutNullStreams {
  const configPath = path.join(folder, "ejabberd.yml");
  const archive = path.join(folder, "archive.db");
  writeFileSync(configPath, JSON.stringify(configuration(port, archive))); // JSON is YAML
  // Whatever ends the bench closes the pipe to here: the server then goes, and its folder with it.
  const goWithTheBench = `spawn(fun() -> io:get_line(""), file:del_dir_r("${folder}"), halt() end).`;
  // Version 23.01 expects to find its tables. The file remembers the mode of its journal: one fsync a commit, not three.
  const createTables = `{ok, Db} = sqlite3:open(new, [{file, "${archive}"}]), {ok, Schema} = file:read_file("${schema}"),
    sqlite3:sql_exec(Db, "pragma journal_mode = wal"), sqlite3:sql_exec_script(Db, Schema), sqlite3:close(Db).`;
  const evaluated = [goWithTheBench, createTables].flatMap((code) => ["-eval", code]);
  // +Bi: Ctrl-C is for the bench.
  return spawn("erl", ["-noshell", "+Bi", "-mnesia", "dir", `"${folder}/mnesia"`, ...evaluated, "-s", "ejabberd"], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      HOME: folder,
      ERL_LIBS: /^ERL_LIBS='?([^'\n]+)/m.exec(readFileSync(control, "utf8"))?.[1],
      ERL_CRASH_DUMP_BYTES: "0",
      EJABBERD_CONFIG_PATH: configPath,
      EJABBERD_LOG_PATH: path.join(folder, "ejabberd.log"),
    },
  });
}

/**
 * An ejabberd on loopback, with a folder of its own in `os.tmpdir()`, run as whoever runs the bench: `ejabberdctl`
 * insists on a user of its own, so Erlang is started directly, and without a node name, so that there is no epmd, no
 * cookie and no distribution port.
 *
 * Its archive (`mod_mam`) is in SQLite: a room commits each message, with one `fsync`, before it tells its members.
 * The other store without a database server, Mnesia, never asks for `fsync`, and as all messages of a room share one
 * key of its table (a bag), each costs more than the one before: it stalled before the five-thousandth.
 */
export class Ejabberd {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcessWithoutNullStreams,
  ) {}

  /** @throws with what ejabberd printed, when it ends instead of answering */
  static async start(): Promise<Ejabberd> {
    const [port = 0] = await freePorts(1);
    const folder = mkdtempSync(path.join(os.tmpdir(), "connectbest-ejabberd-"));
    const child = spawnIn(folder, port);
    let output = "";
    child.stdout.on("data", (data: Buffer) => (output += data.toString()));
    child.stderr.on("data", (data: Buffer) => (output += data.toString()));
    child.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    const ejabberd = new Ejabberd(port, child);
    await until("ejabberd answers", () => {
      if (child.exitCode !== null) throw new Error(`ejabberd ended with ${child.exitCode}:\n${output}`);
      return ejabberd.command("status").then(
        () => true,
        () => false,
      );
    });
    return ejabberd;
  }

  /** Of the virtual machine (`erl` becomes it), which does all the work. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Where XMPP over WebSocket is spoken (RFC 7395). */
  get webSocket(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  /** Runs one of the commands of `ejabberdctl`. @throws when it is refused */
  async command(name: string, body: object = {}): Promise<void> {
    const url = `http://127.0.0.1:${this.port}/api/${name}`;
    const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${name}: ${response.status} ${await response.text()}`);
  }

  /** Ends at once: nothing that it has is needed any more. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await exited;
  }
}
