import type { Message } from "@connectbest/contract";
import { ApiError, sentenceOf } from "@/lib/api/api-error";
import { withMessageIn } from "@/lib/chat/channels";
import { withoutPending, withPending } from "@/lib/chat/pending-changes";
import type { Change } from "@/lib/chat/pending-changes";
import type { ChatStore } from "@/lib/chat/store";

/** The calls behind the deeds; each throws `ApiError`. */
export interface MessageCalls {
  edit(id: string, content: string): Promise<Message>;
  delete(id: string): Promise<void>;
  react(id: string, emoji: string, isOn: boolean): Promise<Message>;
  pin(id: string, isOn: boolean): Promise<Message>;
  save(id: string, isOn: boolean): Promise<void>;
}

export interface MessageActionsDependencies {
  store: ChatStore;
  calls: MessageCalls;
  /** Tells the reader what did not work. */
  complain(sentence: string, retry: () => void): void;
}

/** Milliseconds until what did not get through is tried again, unless the connection is back before. */
const retryDelay = 5_000;

/** How long a deletion can be taken back, in milliseconds: until then the server has not heard of it. */
export const undoTime = 6_000;

/**
 * What one can do to a message. It shows at once; the server is told in the order of the deeds on one message, again and
 * again while it cannot be reached; what it refuses is undone and said.
 */
export class MessageActions {
  private readonly queues = new Map<string, Promise<void>>();
  private readonly deletions = new Map<string, { timer: ReturnType<typeof setTimeout>; change: number }>();
  /** Of what I save and unsave: my latest wish, and whether the server has it saved. */
  private readonly wishes = new Map<string, { latest: number; isSaved: boolean }>();
  /** What to wake when there is a chance to get through. */
  private readonly waiting = new Set<() => void>();
  private lastChange = 0;

  constructor(private readonly deps: MessageActionsDependencies) {}

  edit(messageId: string, content: string): void {
    this.perform(messageId, { kind: "edit", content }, () => this.deps.calls.edit(messageId, content));
  }

  react(messageId: string, emoji: string, isOn: boolean): void {
    this.perform(messageId, { kind: "react", emoji, isOn }, () => this.deps.calls.react(messageId, emoji, isOn));
  }

  pin(messageId: string, isOn: boolean): void {
    this.perform(messageId, { kind: "pin", isOn }, () => this.deps.calls.pin(messageId, isOn));
  }

  save(messageId: string, isOn: boolean): void {
    const set = (value: boolean) =>
      this.deps.store.update((state) => ({ ...state, saved: { ...state.saved, [messageId]: value } }));
    const wish = this.wishes.get(messageId) ?? {
      latest: 0,
      isSaved: this.deps.store.get().saved[messageId] ?? false,
    };
    const mine = ++this.lastChange;
    wish.latest = mine;
    this.wishes.set(messageId, wish);
    set(isOn);
    this.enqueue(messageId, async () => {
      try {
        await this.insist(() => this.deps.calls.save(messageId, isOn));
        wish.isSaved = isOn;
      } catch (error) {
        // What I wished since is on its way and stands.
        if (wish.latest !== mine) return;
        set(wish.isSaved);
        this.deps.complain(sentenceOf(error), () => this.save(messageId, isOn));
      }
      if (wish.latest === mine) this.wishes.delete(messageId);
    });
  }

  /** Gone at once; told to the server when it can no longer be taken back. */
  delete(messageId: string): void {
    if (this.deletions.has(messageId)) return;
    const change = this.show(messageId, { kind: "delete" });
    const timer = setTimeout(() => this.settleDeletion(messageId), undoTime);
    this.deletions.set(messageId, { timer, change });
  }

  undoDelete(messageId: string): void {
    const deletion = this.deletions.get(messageId);
    if (!deletion) return;
    clearTimeout(deletion.timer);
    this.deletions.delete(messageId);
    this.hide(deletion.change);
  }

  /** Whether a wish to save or unsave it is on its way. */
  isSaving(messageId: string): boolean {
    return this.wishes.has(messageId);
  }

  /** The page is left: what waits to be deleted is deleted now. Answers when the server has been told of everything. */
  async flush(): Promise<void> {
    for (const messageId of [...this.deletions.keys()]) this.settleDeletion(messageId);
    this.retry();
    await Promise.all(this.queues.values());
  }

  /** The connection is back. */
  retry(): void {
    for (const wake of [...this.waiting]) wake();
  }

  private settleDeletion(messageId: string): void {
    const deletion = this.deletions.get(messageId);
    if (!deletion) return;
    clearTimeout(deletion.timer);
    this.deletions.delete(messageId);
    this.enqueue(messageId, async () => {
      try {
        await this.insist(() => this.deps.calls.delete(messageId));
        // What shows it as deleted stays until the server's own word of it is here.
      } catch (error) {
        this.hide(deletion.change);
        this.deps.complain(sentenceOf(error), () => this.delete(messageId));
      }
    });
  }

  private perform(messageId: string, change: Change, call: () => Promise<Message>): void {
    const id = this.show(messageId, change);
    this.enqueue(messageId, async () => {
      try {
        const message = await this.insist(call);
        this.deps.store.update((state) => withMessageIn(withoutPending(state, id), message));
      } catch (error) {
        this.hide(id);
        this.deps.complain(sentenceOf(error), () => this.perform(messageId, change, call));
      }
    });
  }

  private show(messageId: string, change: Change): number {
    const id = ++this.lastChange;
    this.deps.store.update((state) => withPending(state, { id, messageId, change }));
    return id;
  }

  private hide = (id: number): void => this.deps.store.update((state) => withoutPending(state, id));

  /** Throws what is refused. What did not get through is tried until it does; later deeds on the message wait for it. */
  private async insist<T>(call: () => Promise<T>): Promise<T> {
    for (;;)
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof ApiError && error.isTemporary)) throw error;
        await this.chance(error.retryAfter ?? retryDelay);
      }
  }

  private chance(delay: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, delay);
      this.waiting.add(wake);
    });
  }

  /** One call at a time for one message: what was done last must be what stands last. */
  private enqueue(messageId: string, run: () => Promise<void>): void {
    const queue = (this.queues.get(messageId) ?? Promise.resolve()).then(run);
    this.queues.set(messageId, queue);
    void queue.then(() => {
      if (this.queues.get(messageId) === queue) this.queues.delete(messageId);
    });
  }
}
