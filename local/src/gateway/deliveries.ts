import { frameOf, takeFrame } from "@connectbest/websocket";
import type { Connection } from "./connection";

type Find = (connectionId: string) => Connection | undefined;

/** Frames of `events` (serialised, separated by commas), each within a message's limit. */
function framesOf(parts: string[], limit: number): Buffer[] {
  const whole = Buffer.from(frameOf(parts));
  if (whole.length <= limit) return [whole];
  let rest = parts.flatMap((part) => (JSON.parse(`[${part}]`) as unknown[]).map((event) => JSON.stringify(event)));
  const frames: Buffer[] = [];
  while (rest.length > 0) {
    const taken = takeFrame(rest);
    rest = rest.slice(taken.length);
    frames.push(Buffer.from(frameOf(taken)));
  }
  return frames;
}

/**
 * Carries out what `GatewaySender` posted: pairs of lines, connection ids (JSON) and events (JSON values separated by
 * commas). All that one call holds for a connection travels in one frame; a frame for many is built once.
 * @returns the connections that are gone
 */
export function carryOut(body: string, find: Find, messageLimit: number): string[] {
  const lines = body.split("\n");
  const partsOf = new Map<string, number[]>();
  for (let i = 0; i + 1 < lines.length; i += 2)
    for (const id of JSON.parse(lines[i] ?? "[]") as string[]) {
      const parts = partsOf.get(id);
      if (parts) parts.push(i + 1);
      else partsOf.set(id, [i + 1]);
    }
  const built = new Map<string, Buffer[]>();
  const gone: string[] = [];
  for (const [id, parts] of partsOf) {
    const key = parts.join();
    let frames = built.get(key);
    if (!frames) {
      frames = framesOf(
        parts.map((line) => lines[line] ?? ""),
        messageLimit,
      );
      built.set(key, frames);
    }
    const connection = find(id);
    if (!connection || !frames.every((frame) => connection.send(frame))) gone.push(id);
  }
  return gone;
}
