import type { ChatStore } from "@/lib/chat/store";
import { snapshotOf, withSnapshot } from "./snapshot";
import { loadSnapshot, saveSnapshot } from "./snapshot-store";

/** Milliseconds between two savings, while anything changes. */
const every = 20_000;

/** Keeps what is loaded on this device, and brings it back. */
export class SnapshotKeeper {
  private timer: ReturnType<typeof setInterval> | undefined;
  private saved: unknown = null;
  private stopListening: (() => void) | null = null;

  constructor(private readonly store: ChatStore) {}

  /** Fills what is not loaded yet. Never throws. */
  async restore(): Promise<void> {
    const snapshot = await loadSnapshot(this.store.get().me.id);
    if (snapshot) this.store.update((state) => withSnapshot(state, snapshot));
  }

  start(): void {
    const controller = new AbortController();
    const { signal } = controller;
    const leave = () => document.visibilityState === "hidden" && this.save();
    document.addEventListener("visibilitychange", leave, { signal });
    window.addEventListener("pagehide", () => this.save(), { signal });
    this.stopListening = () => controller.abort();
    this.timer = setInterval(() => this.save(), every);
  }

  stop(): void {
    this.stopListening?.();
    clearInterval(this.timer);
  }

  private save(): void {
    const state = this.store.get();
    if (state.rooms === this.saved || !state.channels) return;
    this.saved = state.rooms;
    void saveSnapshot(state.me.id, snapshotOf(state));
  }
}
