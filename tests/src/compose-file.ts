import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { root } from "./system";

export interface Service {
  image: string;
  build?: { context: string; dockerfile: string; args: Record<string, string> };
  command?: string[];
  user?: string;
  environment?: Record<string, string>;
  volumes?: string[];
  ports?: string[];
  networks?: string[];
  network_mode?: string;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { disable?: boolean; test?: string[] };
  restart: string;
  read_only?: boolean;
  tmpfs?: string[];
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  privileged?: boolean;
  init?: boolean;
  mem_limit?: string;
  logging?: { options: Record<string, string> };
}

export interface ComposeFile {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean } | null>;
  volumes: Record<string, null>;
}

/** A compose file as its writer has it: anchors merged, variables still in it. */
export const readCompose = (name: string): ComposeFile =>
  parse(readFileSync(path.join(root, name), "utf8"), { merge: true }) as ComposeFile;

/** https://docs.docker.com/reference/compose-file/interpolation/: the three forms that ours use. */
export const interpolate = (text: string, values: Record<string, string> = {}): string =>
  text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind: string | undefined, rest: string) => {
    const value = values[name];
    if (value) return value;
    if (kind === "-") return rest;
    throw new Error(`${name} is not set${kind === "?" ? `: ${rest}` : ""}`);
  });

/** What a service's program finds in its environment, before what it reads from files. */
export const environmentOf = (service: Service | undefined, values?: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(service?.environment ?? {}).map(([name, value]) => [name, interpolate(value, values)]),
  );

/** The folder of this machine that a bind mounts, or the volume's name. */
export const sourceOf = (volume: string): string => volume.split(":")[0] ?? "";
