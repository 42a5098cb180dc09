import type { ErrorCode, File, Message } from "@connectbest/contract";
import { ApiError } from "@/lib/api/api-error";
import { withMessageIn } from "@/lib/chat/channels";
import type { Spot } from "@/lib/chat/spot";
import type { OutboxEntry } from "@/lib/chat/state";
import type { ChatStore } from "@/lib/chat/store";
import { Acknowledgements } from "./acknowledgements";
import { backoff } from "./backoff";
import type { OutboxStorage } from "./outbox-storage";

export interface OutboxDependencies {
  store: ChatStore;
  storage: OutboxStorage;
  newId(): string;
  /** Hands the message to the socket; `false` when there is none. */
  sendFrame(entry: OutboxEntry): boolean;
  /** The same by REST; throws {@link ApiError}. */
  post(entry: OutboxEntry): Promise<Message>;
  /** A message of mine was stored and taken in; it may have shown a gap before it. */
  onStored(): void;
}

/**
 * What I wrote and the server has not acknowledged. Each channel's messages go out in order, one at a time: by socket, by
 * REST when there is none or it stays silent, again and again while the network fails. The key makes repeats harmless.
 */
export class Outbox {
  private readonly acknowledgements = new Acknowledgements();
  private readonly busy = new Set<string>();
  private readonly attempts = new Map<string, number>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(private readonly deps: OutboxDependencies) {}

  /** What an earlier page left behind, sent again. */
  restore(): void {
    const kept = this.deps.storage.load();
    this.deps.store.update((state) => {
      const known = new Set(state.outbox.map((entry) => entry.clientMessageId));
      return { ...state, outbox: [...kept.filter((entry) => !known.has(entry.clientMessageId)), ...state.outbox] };
    });
    this.flush();
  }

  add({ channelId, parentMessageId }: Spot, content: string, attachments: readonly File[] = []): void {
    const entry: OutboxEntry = {
      clientMessageId: this.deps.newId(),
      channelId,
      parentMessageId,
      content,
      attachments,
      createdAt: new Date().toISOString(),
      failure: null,
    };
    this.deps.storage.save(entry);
    this.deps.store.update((state) => ({ ...state, outbox: [...state.outbox, entry] }));
    void this.drain(channelId);
  }

  retry(clientMessageId: string): void {
    const entry = this.change(clientMessageId, null);
    if (entry) void this.drain(entry.channelId);
  }

  discard(clientMessageId: string): void {
    this.deps.storage.remove(clientMessageId);
    this.deps.store.update((state) => ({
      ...state,
      outbox: state.outbox.filter((entry) => entry.clientMessageId !== clientMessageId),
    }));
  }

  /** Tries everything that waits now: the connection is back. */
  flush(): void {
    this.attempts.clear();
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    for (const channelId of new Set(this.waiting().map((entry) => entry.channelId))) void this.drain(channelId);
  }

  /** A message of mine is stored: by acknowledgement, or seen coming from the server. */
  settle(message: Message): void {
    this.deps.storage.remove(message.clientMessageId);
    this.acknowledgements.settle(message.clientMessageId, { message });
  }

  /** The server refused a frame of mine. */
  refuse(clientMessageId: string, code: ErrorCode, sentence: string): void {
    this.acknowledgements.settle(clientMessageId, { refused: new ApiError(sentence, statusOf(code), code) });
  }

  /** The socket is gone: whoever waits for its answer asks by REST at once. */
  socketLost(): void {
    this.acknowledgements.forgetAll();
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private waiting = (): readonly OutboxEntry[] =>
    this.deps.store.get().outbox.filter((entry) => entry.failure === null);

  private async drain(channelId: string): Promise<void> {
    if (this.busy.has(channelId) || this.timers.has(channelId)) return;
    this.busy.add(channelId);
    let next = this.waiting().find((entry) => entry.channelId === channelId);
    while (next && (await this.deliver(next))) next = this.waiting().find((entry) => entry.channelId === channelId);
    this.busy.delete(channelId);
  }

  /** Answers whether the channel may go on with its next message. */
  private async deliver(entry: OutboxEntry): Promise<boolean> {
    try {
      const message = await this.send(entry);
      this.attempts.delete(entry.channelId);
      this.deps.storage.remove(entry.clientMessageId);
      this.deps.store.update((state) => withMessageIn(state, message));
      this.deps.onStored();
      return true;
    } catch (error) {
      return this.failed(entry, error instanceof ApiError ? error : new ApiError(String(error), 0, "network"));
    }
  }

  private async send(entry: OutboxEntry): Promise<Message> {
    const acknowledged = this.acknowledgements.expect(entry.clientMessageId);
    if (!this.deps.sendFrame(entry)) {
      this.acknowledgements.forget(entry.clientMessageId);
      return this.deps.post(entry);
    }
    const answer = await acknowledged;
    if ("message" in answer) return answer.message;
    if ("refused" in answer) throw answer.refused;
    return this.deps.post(entry);
  }

  private failed(entry: OutboxEntry, error: ApiError): boolean {
    if (!error.isTemporary && error.code !== "unauthenticated") {
      this.change(entry.clientMessageId, { code: error.code, sentence: error.message });
      return true;
    }
    const attempt = this.attempts.get(entry.channelId) ?? 0;
    this.attempts.set(entry.channelId, attempt + 1);
    const again = () => {
      this.timers.delete(entry.channelId);
      void this.drain(entry.channelId);
    };
    this.timers.set(entry.channelId, setTimeout(again, error.retryAfter ?? 250 + backoff(attempt)));
    return false;
  }

  private change(clientMessageId: string, failure: OutboxEntry["failure"]): OutboxEntry | undefined {
    const entry = this.deps.store.get().outbox.find((candidate) => candidate.clientMessageId === clientMessageId);
    if (!entry) return undefined;
    const changed = { ...entry, failure };
    this.deps.storage.save(changed);
    this.deps.store.update((state) => ({
      ...state,
      outbox: state.outbox.map((candidate) => (candidate === entry ? changed : candidate)),
    }));
    return changed;
  }
}

/** Of a refusal over the socket, which has a code and no status: whether waiting helps. */
const statusOf = (code: ErrorCode): number => {
  if (code === "rate_limited") return 429;
  return code === "unavailable" || code === "internal_error" ? 503 : 400;
};
