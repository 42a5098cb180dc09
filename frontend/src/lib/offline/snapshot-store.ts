import { clear, createStore, get, set } from "idb-keyval";
import type { Snapshot } from "./snapshot";

const store = () => createStore("connectbest", "snapshots");

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
    await set(userId, snapshot, store());
  } catch {
    // Full or forbidden: the chat needs the network then.
  }
}

export async function clearSnapshots(): Promise<void> {
  await clear(store()).catch(() => undefined);
}
