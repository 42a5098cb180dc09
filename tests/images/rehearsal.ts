import { spawn } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  statSync,
  symlinkSync,
  unlinkSync,
} from "node:fs";
import path from "node:path";
import { substitute, type Dockerfile, type Instruction, type InstructionOf } from "./dockerfile";
import { eachFile } from "./file-tree";

/** What a stage is after its instructions; `folder` stands for `/` of its file system, without what the base image holds. */
export interface Image {
  folder: string;
  workdir: string;
  arguments: Record<string, string>;
  environment: Record<string, string>;
  labels: Record<string, string>;
  user: string;
  volumes: string[];
  port: string;
  healthCheck: string[];
  command: string[];
}

interface Setting {
  /** The repository, and those of its files that the builder gets. */
  root: string;
  files: string[];
  /** Where the stages are made. */
  folder: string;
  buildArguments: Record<string, string>;
}

export const isRoot = process.getuid?.() === 0;

/** A path of the image, on this machine. */
export const inside = (image: Pick<Image, "folder">, file: string): string => path.join(image.folder, file);

const run = (command: string, cwd: string, env: NodeJS.ProcessEnv) =>
  new Promise<void>((resolve, reject) => {
    const child = spawn("/bin/sh", ["-c", command], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data: Buffer) => (output = (output + data.toString()).slice(-8000)));
    child.once("error", reject);
    child.once("exit", (status) => (status === 0 ? resolve() : reject(new Error(`${command}\n${output}`))));
  });

/** Performs a Dockerfile's steps, each stage in a clean folder of its own. */
export class Rehearsal {
  readonly #stages = new Map<string, Image>();

  constructor(readonly setting: Setting) {}

  /** @returns the last stage @throws Error with the output of the command that failed */
  async perform(file: Dockerfile): Promise<Image> {
    let image: Image | undefined;
    for (const [i, stage] of file.stages.entries()) {
      image = this.#begin(path.join(this.setting.folder, String(i)), this.#stages.get(stage.base));
      if (stage.name) this.#stages.set(stage.name, image);
      for (const instruction of stage.instructions) await this.#follow(image, instruction);
    }
    if (!image) throw new Error("There is no stage.");
    return image;
  }

  #begin(folder: string, base: Image | undefined): Image {
    mkdirSync(path.join(folder, "tmp"), { recursive: true });
    // The umask has its say in mkdir.
    chmodSync(path.join(folder, "tmp"), 0o1777);
    if (base) cpSync(base.folder, folder, { recursive: true, verbatimSymlinks: true });
    const none = { labels: {}, user: "root", volumes: [], port: "", healthCheck: [], command: [] };
    return base
      ? structuredClone({ ...base, folder })
      : { folder, workdir: "/", arguments: {}, environment: {}, ...none };
  }

  async #follow(image: Image, instruction: Instruction): Promise<void> {
    const known = { ...image.arguments, ...image.environment };
    const filledIn = (values: Record<string, string>) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, substitute(value, known)]));
    switch (instruction.kind) {
      case "ARG":
        image.arguments[instruction.name] = this.setting.buildArguments[instruction.name] ?? instruction.fallback ?? "";
        return;
      case "ENV":
        return void Object.assign(image.environment, filledIn(instruction.values));
      case "LABEL":
        return void Object.assign(image.labels, filledIn(instruction.values));
      case "WORKDIR":
        image.workdir = instruction.path;
        return void mkdirSync(inside(image, instruction.path), { recursive: true });
      case "COPY":
        return this.#copy(image, instruction);
      case "RUN":
        return this.#run(image, instruction);
      case "USER":
        image.user = instruction.user;
        return;
      case "EXPOSE":
        image.port = instruction.port;
        return;
      case "VOLUME":
        return void image.volumes.push(...instruction.paths);
      case "HEALTHCHECK":
        image.healthCheck = instruction.command;
        return;
      case "CMD":
        image.command = instruction.command;
    }
  }

  #copy(image: Image, { from, chown, chmod, sources, target }: InstructionOf<"COPY">): void {
    const isFolder = target.endsWith("/") || sources.length > 1;
    for (const source of sources) {
      const destination = inside(image, path.resolve(image.workdir, target));
      if (from) this.#copyFromStage(from, source, destination);
      else this.#copyFromContext(source, destination, { isFolder, chmod });
      if (chown && isRoot) chownAll(destination, chown);
    }
  }

  #copyFromStage(name: string, source: string, destination: string): void {
    const stage = this.#stages.get(name);
    if (!stage) throw new Error(`There is no stage ${name}.`);
    cpSync(inside(stage, path.resolve(stage.workdir, source)), destination, {
      recursive: true,
      verbatimSymlinks: true,
    });
  }

  /** As from a clone that nobody but its owner may read: what others need, the Dockerfile must say. */
  #copyFromContext(
    source: string,
    destination: string,
    { isFolder, chmod }: { isFolder: boolean; chmod: string | undefined },
  ): void {
    const { root, files } = this.setting;
    const found = files.filter((file) => file === source || file.startsWith(`${source}/`));
    if (found.length === 0) throw new Error(`COPY ${source}: the builder has no such file (see .dockerignore).`);
    for (const file of found) {
      const into = isFolder && file === source ? path.basename(source) : path.relative(source, file);
      const copy = path.join(destination, into);
      const made = chmod && mkdirSync(path.dirname(copy), { recursive: true });
      cpSync(path.join(root, file), copy, { verbatimSymlinks: true });
      if (lstatSync(copy).isFile()) chmodSync(copy, chmod ? Number.parseInt(chmod, 8) : statSync(copy).mode & 0o700);
      // https://github.com/moby/buildkit/issues/5943
      if (made) chmodSync(made, Number.parseInt(chmod, 8));
    }
  }

  async #run(image: Image, { command, caches }: InstructionOf<"RUN">): Promise<void> {
    if (/(^|[\s"'=:;&|(])\/\w/.test(command))
      throw new Error(`${command}\nnames an absolute path: in a rehearsal that would be one of this machine.`);
    // What it takes to reach the registry from this machine.
    const { PATH, HOME, NODE_EXTRA_CA_CERTS } = process.env;
    const mounts = caches.map((target) => inside(image, target));
    for (const mount of mounts) symlinkSync(this.#kept(), mount);
    await run(command, inside(image, image.workdir), {
      PATH,
      HOME,
      ...(NODE_EXTRA_CA_CERTS && { NODE_EXTRA_CA_CERTS }),
      // Without a cache that is kept, npm has an empty one.
      npm_config_cache: path.join(image.folder, "npm-cache"),
      ...image.arguments,
      ...image.environment,
    });
    for (const mount of mounts) unlinkSync(mount);
  }

  /** What a cache mount is: a folder that outlives the build. npm's own on this machine is one. */
  #kept(): string {
    const { npm_config_cache: configured, HOME = "" } = process.env;
    const folder = configured ?? path.join(HOME, ".npm");
    mkdirSync(folder, { recursive: true });
    return folder;
  }
}

function chownAll(folder: string, owner: string): void {
  const [uid = 0, gid = uid] = owner.split(":").map(Number);
  if (!existsSync(folder)) return;
  chownSync(folder, uid, gid);
  if (statSync(folder).isDirectory()) for (const { file } of eachFile(folder)) chownSync(file, uid, gid);
}
