import { accessSync, constants, mkdirSync } from "node:fs";
import { createServer, connect } from "node:net";
import { MongoClient } from "mongodb";

/** Something to tell the user in one sentence; not a fault of ours. */
export class StartupProblem extends Error {}

/** Whether somebody listens on (or holds) a port of this machine, on any of its loopback addresses. */
async function isTaken(port: number): Promise<boolean> {
  const answers = (host: string) =>
    new Promise<boolean>((resolve) => {
      const socket = connect({ port, host, timeout: 1000 });
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("timeout", () => resolve(false));
    }).finally(() => undefined);
  if ((await answers("127.0.0.1")) || (await answers("::1"))) return true;
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(true));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(false)));
  });
}

/** @param ports what is to listen where, with the variable that chooses the port */
export async function checkPorts(ports: { what: string; port: number; variable: string }[]): Promise<void> {
  const seen = new Map<number, string>();
  for (const { what, port, variable } of ports) {
    const other = seen.get(port);
    if (other)
      throw new StartupProblem(
        `${what} and ${other} are both set to port ${port}. Give one of them another (${variable}).`,
      );
    seen.set(port, what);
    if (await isTaken(port))
      throw new StartupProblem(
        `Port ${port}, which ${what} needs, is taken by another program. Stop that program, or choose another port: ${variable}=${port + 100} npm start`,
      );
  }
}

export function checkDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    throw new StartupProblem(
      `The data folder ${folder} cannot be written. Give this user the right to, or choose another: DATA_DIR=/some/folder npm start`,
    );
  }
}

/** Without credentials, for messages. */
const withoutPassword = (uri: string): string => uri.replace(/\/\/[^@/]*@/, "//…@");

export async function checkDatabase(uri: string): Promise<void> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5000, connectTimeoutMS: 5000 });
  try {
    const { setName } = (await client.db("admin").command({ hello: 1 })) as { setName?: string };
    if (!setName)
      throw new StartupProblem(
        `The database at ${withoutPassword(uri)} is not a replica set, so it has no transactions. Start mongod with --replSet and run rs.initiate().`,
      );
  } catch (error) {
    if (error instanceof StartupProblem) throw error;
    throw new StartupProblem(
      `The database at MONGODB_URI (${withoutPassword(uri)}) does not answer. Check that it runs and the address is right, or unset MONGODB_URI to use the embedded one.`,
    );
  } finally {
    await client.close();
  }
}
