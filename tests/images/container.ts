import { spawn, type ChildProcess } from "node:child_process";
import { freePorts } from "../src/ports";
import { pause } from "../src/system";
import { inside, isRoot, type Image } from "./rehearsal";

/** The user `node` of the base image. */
const node = { uid: 1000, gid: 1000 };

/** An image's command under way: as an unprivileged user, with what the image and `docker run` set and nothing else. */
export class Container {
  output = "";

  private constructor(
    readonly image: Image,
    readonly port: number,
    readonly environment: Record<string, string>,
    readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (data: Buffer) => (this.output += data.toString()));
    this.#closed = new Promise((resolve) => child.once("close", resolve));
  }

  static async start(
    image: Image,
    environment: Record<string, string> = {},
    command: string[] = image.command,
  ): Promise<Container> {
    const [free] = await freePorts(1);
    // On this machine, unlike in a container, 0.0.0.0 would be open to the network.
    const all = {
      ...environmentOf(image),
      HOST: "127.0.0.1",
      HOSTNAME: "127.0.0.1",
      PORT: String(free),
      ...environment,
    };
    return new Container(image, Number(all.PORT), all, spawnInside(image, command, all));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What `docker` would ask again and again. @returns the exit status */
  check(command: string[] = this.image.healthCheck): Promise<number | null> {
    const child = spawnInside(this.image, command, this.environment);
    return new Promise((resolve) => child.once("exit", resolve));
  }

  /** Waits until its check succeeds. @throws Error with what it said, when it ends or does not within a minute */
  async healthy(command?: string[]): Promise<this> {
    for (const deadline = Date.now() + 60_000; (await this.check(command)) !== 0; await pause(200))
      if (this.hasEnded || Date.now() > deadline)
        throw new Error(`${this.child.spawnargs.join(" ")} is not healthy (${this.child.exitCode}):\n${this.output}`);
    return this;
  }

  readonly #closed: Promise<number | null>;

  /** Waits until it ends by itself. @returns its exit status */
  ended(): Promise<number | null> {
    return this.#closed;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** @returns the status or signal it ended with, and after how many milliseconds */
  async stop(): Promise<{ end: number | string | null; ms: number }> {
    const before = performance.now();
    this.child.kill("SIGTERM");
    const killer = setTimeout(() => this.child.kill("SIGKILL"), 25_000);
    await this.#closed;
    clearTimeout(killer);
    return { end: this.child.exitCode ?? this.child.signalCode, ms: performance.now() - before };
  }
}

/** An absolute path among the settings means one of the image. */
const environmentOf = (image: Image): Record<string, string> =>
  Object.fromEntries(
    Object.entries(image.environment).map(([name, value]) => [
      name,
      value.startsWith("/") ? inside(image, value) : value,
    ]),
  );

function spawnInside(image: Image, [program = "", ...args]: string[], environment: Record<string, string>) {
  return spawn(program, args, {
    cwd: inside(image, image.workdir),
    env: { PATH: process.env["PATH"], TMPDIR: inside(image, "tmp"), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    ...(isRoot && node),
  });
}
