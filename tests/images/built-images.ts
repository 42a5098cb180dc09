import { chmodSync, mkdtempSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "../src/system";
import { filesOfContext, ignoreRulesOf } from "./build-context";
import { parseDockerfile, type Dockerfile } from "./dockerfile";
import { makeReadOnly, removeAll } from "./file-tree";
import { inside, Rehearsal, type Image } from "./rehearsal";

export const names = ["backend", "frontend", "local"] as const;
export type ImageName = (typeof names)[number];

export const buildArguments = {
  BUILD_VERSION: "9.8.7",
  BUILD_COMMIT: "0123456789abcdef",
  BUILD_TIME: "2026-01-31T12:00:00.000Z",
};

export const dockerfileOf = (name: ImageName): Dockerfile =>
  parseDockerfile(readFileSync(path.join(root, name, "Dockerfile"), "utf8"));

/** Folders of an image that may be written to: its volumes. */
export const writable = (image: Image): Set<string> => new Set(image.volumes.map((volume) => inside(image, volume)));

/** All three images, rehearsed once. */
export class BuiltImages {
  readonly #folder = mkdtempSync(path.join(os.tmpdir(), "connectbest-images-"));
  readonly #images = new Map<ImageName, Image>();

  static async build(): Promise<BuiltImages> {
    const built = new BuiltImages();
    // For the user that the programs run as.
    chmodSync(built.#folder, 0o755);
    const files = filesOfContext(root, ignoreRulesOf(root));
    for (const name of names) {
      const setting = { root, files, folder: path.join(built.#folder, name), buildArguments };
      const image = await new Rehearsal(setting).perform(dockerfileOf(name));
      makeReadOnly(image.folder, writable(image));
      built.#images.set(name, image);
    }
    return built;
  }

  get(name: ImageName): Image {
    const image = this.#images.get(name);
    if (!image) throw new Error(`${name} was not built.`);
    return image;
  }

  remove(): void {
    removeAll(this.#folder);
  }
}
