import type { Draft } from "@connectbest/contract";
import { withDraft } from "@/lib/chat/drafts";
import { spotKey } from "@/lib/chat/spot";
import type { Spot } from "@/lib/chat/spot";
import type { ChatStore } from "@/lib/chat/store";

/** Milliseconds after the last key that a draft goes to the server. */
const saveDelay = 1_000;

export interface DraftKeeperDependencies {
  store: ChatStore;
  storage: Storage;
  save(spot: Spot, content: string): Promise<Draft>;
}

/**
 * What is being written, kept at once on this device and a moment later for the others. While it is not saved there, this
 * device's own words stand; else whatever was written last anywhere.
 */
export class DraftKeeper {
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly unsaved = new Map<string, { spot: Spot; content: string }>();
  /** The server was told and has not answered: it may have a draft that is not known here. */
  private readonly unanswered = new Set<string>();

  constructor(private readonly deps: DraftKeeperDependencies) {
    for (const { spot, content } of this.kept()) this.unsaved.set(spotKey(spot), { spot, content });
  }

  textOf(spot: Spot): string {
    const key = spotKey(spot);
    return this.unsaved.get(key)?.content ?? this.deps.store.get().drafts[key]?.content ?? "";
  }

  /** It was changed here and the server does not have it yet. */
  isUnsaved = (spot: Spot): boolean => this.unsaved.has(spotKey(spot));

  change(spot: Spot, content: string): void {
    const key = spotKey(spot);
    this.unsaved.set(key, { spot, content });
    this.keep(key, { spot, content });
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => void this.save(key), saveDelay),
    );
  }

  /** It has become a message. */
  clear(spot: Spot): void {
    const key = spotKey(spot);
    const isKnownThere = this.unanswered.has(key) || Boolean(this.deps.store.get().drafts[key]?.content);
    if (isKnownThere) return this.change(spot, "");
    clearTimeout(this.timers.get(key));
    this.unsaved.delete(key);
    this.keep(key, null);
  }

  /** The connection is back, or the page is left: what is unsaved is saved now. Answers when it was tried. */
  async flush(): Promise<void> {
    await Promise.all([...this.unsaved.keys()].map((key) => this.save(key)));
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
  }

  private async save(key: string): Promise<void> {
    clearTimeout(this.timers.get(key));
    const wanted = this.unsaved.get(key);
    if (!wanted) return;
    this.unanswered.add(key);
    try {
      const draft = await this.deps.save(wanted.spot, wanted.content);
      this.unanswered.delete(key);
      if (this.unsaved.get(key) === wanted) {
        this.unsaved.delete(key);
        this.keep(key, null);
      }
      this.deps.store.update((state) => withDraft(state, draft));
    } catch {
      // It stays here, and is tried again with the next change or connection.
    }
  }

  private prefix = (): string => `connectbest:draft:${this.deps.store.get().me.id}:`;

  private keep(key: string, draft: { spot: Spot; content: string } | null): void {
    try {
      if (draft) this.deps.storage.setItem(this.prefix() + key, JSON.stringify(draft));
      else this.deps.storage.removeItem(this.prefix() + key);
    } catch {
      // Storage is full or forbidden: the draft lives as long as the page, and on the server.
    }
  }

  private kept(): { spot: Spot; content: string }[] {
    const prefix = this.prefix();
    return Object.keys(this.deps.storage)
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => parsed(this.deps.storage.getItem(key)));
  }
}

function parsed(text: string | null): { spot: Spot; content: string }[] {
  try {
    const { spot, content } = JSON.parse(text ?? "") as { spot?: Spot; content?: unknown };
    return spot?.channelId && typeof content === "string" ? [{ spot, content }] : [];
  } catch {
    return [];
  }
}
