import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

interface Locked {
  link?: boolean;
  resolved?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** The lock file's places of all that workspaces need in production, and of what that needs in turn. */
export function productionPackages(root: string, workspaces: string[]): Set<string> {
  const { packages } = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, Locked>;
  };
  /** As Node looks for a package: in the nearest node_modules above. */
  const find = (from: string, name: string): string | undefined => {
    for (let folder = from; ; folder = path.posix.dirname(folder)) {
      const place = path.posix.join(folder === "." ? "" : folder, "node_modules", name);
      if (packages[place]) return place;
      if (folder === "." || folder === "") return undefined;
    }
  };
  const found = new Set<string>();
  const visit = (place: string): void => {
    if (found.has(place)) return;
    found.add(place);
    const entry = packages[place];
    if (entry?.link) return visit(entry.resolved ?? "");
    const needs = { ...entry?.dependencies, ...entry?.optionalDependencies, ...entry?.peerDependencies };
    for (const name of Object.keys(needs)) {
      const next = find(place, name);
      if (next) visit(next);
    }
  };
  workspaces.forEach(visit);
  return found;
}

/** The places of the packages that are installed below a folder: `node_modules/express`, `node_modules/a/node_modules/@b/c`. */
export function installedPackages(folder: string, place = "node_modules"): string[] {
  const home = path.join(folder, place);
  if (!existsSync(home)) return [];
  const names = readdirSync(home)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) =>
      name.startsWith("@") ? readdirSync(path.join(home, name)).map((rest) => `${name}/${rest}`) : name,
    );
  return names.flatMap((name) => [`${place}/${name}`, ...installedPackages(folder, `${place}/${name}/node_modules`)]);
}
