import type { Actor } from "../../http/actor";

/** What one feature keeps for a person alone, as JSON can hold it. */
export type ExportPart = (actor: Actor) => Promise<unknown>;

const parts = new Map<string, ExportPart>();

/** Features to the right of this one on the ladder have something to add: they are named where the app is composed. */
export const addToExport = (fileName: string, part: ExportPart): void => void parts.set(fileName, part);

export const exportParts = (): ReadonlyMap<string, ExportPart> => parts;
