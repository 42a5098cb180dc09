import { clear, createStore, get, promisifyRequest } from "idb-keyval";
import type { Snapshot } from "./snapshot";

const store = () => createStore("connectbest", "snapshots");

/** Whoever was signed in has left: what still runs of their page keeps nothing any more. */
let isOver = false;

/** What was kept for this person on this device; nothing where the browser keeps nothing. */
export async function loadSnapshot(userId: string): Promise<Snapshot | null> {
  try {
    return (await get<Snapshot>(userId, store())) ?? null;
  } catch {
    return null;
  }
}

/** Replaces what was kept, of whomever: a device shows one person's messages. */
export async function saveSnapshot(userId: string, snapshot: Snapshot): Promise<void> {
  try {
    await store()("readwrite", (kept) => {
      if (isOver) return;
      kept.clear();
      kept.put(snapshot, userId);
      return promisifyRequest(kept.transaction);
    });
  } catch {
    // Full or forbidden: the chat needs the network then.
  }
}

/** Takes away what was kept; from here on this page keeps nothing. */
export async function clearSnapshots(): Promise<void> {
  isOver = true;
  await clear(store()).catch(() => undefined);
}
