import type { Event } from "@connectbest/contract";
import { api } from "@/lib/api/client";
import { endSession } from "@/lib/auth/end-session";
import { applyEvent, withoutSilentTypists } from "@/lib/chat/apply-event";
import { applySync, heldRevisions, isBehind } from "@/lib/chat/apply-sync";
import { withChannelList } from "@/lib/chat/channels";
import type { ConnectionStatus } from "@/lib/chat/state";
import type { ChatStore } from "@/lib/chat/store";
import { newClientMessageId } from "./message-key";
import { Outbox } from "./outbox";
import { createOutboxStorage } from "./outbox-storage";
import { isAttending, listenToPage } from "./page-signals";
import { Pager } from "./pager";
import { Reader } from "./reader";
import { LiveSocket } from "./socket";
import { Syncer, syncTimes } from "./syncer";
import { TypingNotice } from "./typing-notice";

/** Everything that keeps the store level with the server, and carries what I do to it. */
export class LiveEngine {
  readonly outbox: Outbox;
  readonly pager: Pager;
  readonly reader: Reader;
  readonly typing: TypingNotice;
  private readonly socket: LiveSocket;
  private readonly syncer: Syncer;
  private stopListening: (() => void) | null = null;
  private typistTimer: ReturnType<typeof setInterval> | undefined;
  private settleTimer: ReturnType<typeof setTimeout> | undefined;
  private status: ConnectionStatus = "connecting";
  /** What this connection was told of me. */
  private presence: "online" | "away" | null = null;

  constructor(private readonly store: ChatStore) {
    this.socket = new LiveSocket({
      openTicket: () => api.post("/realtime/ticket"),
      createSocket: (address) => new WebSocket(address),
      isOnline: () => navigator.onLine,
      onEvents: (events) => this.receive(events),
      onStatus: (status) => this.changed(status),
      onSessionRevoked: () => void endSession(),
    });
    this.syncer = new Syncer({ sync: () => this.sync(), isBehind: () => isBehind(store.get()) });
    this.outbox = new Outbox({
      store,
      storage: createOutboxStorage(localStorage, store.get().me.id),
      newId: newClientMessageId,
      onStored: () => {
        this.syncer.considerGap();
        this.socket.hurry();
      },
      sendFrame: ({ channelId, content, clientMessageId }) =>
        this.socket.send({ action: "sendMessage", channelId, content, clientMessageId }),
      post: async ({ channelId, content, clientMessageId }) => {
        const params = { id: channelId };
        return (await api.post("/chat/channels/:id/messages", { params, body: { content, clientMessageId } })).message;
      },
    });
    this.pager = new Pager({
      store,
      load: (id, query) => api.get("/chat/channels/:id/messages", { params: { id }, query }),
    });
    this.reader = new Reader({
      store,
      isAttending,
      markRead: (id, seq) => api.post("/chat/channels/:id/read", { params: { id }, body: { seq } }),
    });
    this.typing = new TypingNotice((channelId, on) => this.socket.send({ action: "typing", channelId, isTyping: on }));
  }

  start(): void {
    this.stopListening = listenToPage({
      online: () => this.socket.reconnectNow(),
      offline: () => this.socket.goOffline(),
      attention: (attending) => this.attended(attending),
    });
    this.typistTimer = setInterval(() => this.store.update((state) => withoutSilentTypists(state, Date.now())), 1_000);
    this.syncer.start();
    this.socket.start();
    this.outbox.restore();
    if (this.store.get().channels === null) this.syncer.request(0);
  }

  stop(): void {
    this.stopListening?.();
    clearInterval(this.typistTimer);
    clearTimeout(this.settleTimer);
    this.socket.stop();
    this.syncer.stop();
    this.outbox.stop();
    this.reader.stop();
  }

  /** Sends, and shows it: it stands below the newest message, so that one is loaded first where it is not. */
  send(channelId: string, content: string): void {
    this.typing.stop();
    this.outbox.add(channelId, content);
    if (this.store.get().rooms[channelId]?.hasMoreAfter) void this.pager.newest(channelId);
  }

  private receive(events: readonly Event[]): void {
    const now = Date.now();
    this.store.update((state) => events.reduce((next, event) => applyEvent(next, event, now), state));
    for (const event of events) this.answer(event);
    this.reader.consider();
    // What is heard before `connected` is followed by the sync that `connected` asks for.
    if (this.socket.isConnected) this.syncer.considerGap();
  }

  /** What an event asks for beyond the state. */
  private answer(event: Event): void {
    const { me, channels } = this.store.get();
    if (event.type === "ack") this.outbox.settle(event.message);
    if (event.type === "message.created" && event.message.userId === me.id) this.outbox.settle(event.message);
    if (event.type === "error" && event.clientMessageId)
      this.outbox.refuse(event.clientMessageId, event.code, event.error);
    const channelId = "channelId" in event ? event.channelId : undefined;
    const isNews = event.type === "message.created" || event.type === "member.joined";
    if (isNews && channelId && !channels?.[channelId]) this.syncer.request(syncTimes.gap);
  }

  private changed(status: ConnectionStatus): void {
    const was = this.status;
    this.status = status;
    this.store.update((state) => ({ ...state, connection: status }));
    clearTimeout(this.settleTimer);
    if (status === "connected") {
      // Now, and once more when the index that deliveries are read from has surely seen this connection.
      this.syncer.request(0);
      this.settleTimer = setTimeout(() => this.syncer.request(0), syncTimes.settle);
      this.presence = null;
      this.outbox.flush();
      this.reader.flush();
      this.pager.recover();
      this.announcePresence();
      void this.loadPresence();
    } else if (was === "connected") this.outbox.socketLost();
  }

  private attended(attending: boolean): void {
    this.announcePresence();
    if (!attending) return;
    this.socket.reconnectNow();
    this.syncer.request(0);
    this.reader.consider();
  }

  private announcePresence(): void {
    const status = document.visibilityState === "visible" ? "online" : "away";
    if (status !== this.presence && this.socket.send({ action: "presence", status })) this.presence = status;
  }

  /** Who is here; from now on events tell who comes and goes. */
  private async loadPresence(): Promise<void> {
    try {
      const { presence } = await api.get("/users/presence");
      const statuses = Object.fromEntries(presence.map(({ userId, status }) => [userId, status]));
      this.store.update((state) => ({ ...state, presence: statuses }));
    } catch {
      // The dots are not worth a complaint: the next connection asks again.
    }
  }

  private async sync(): Promise<void> {
    if (this.store.get().channels === null) {
      const { channels } = await api.get("/chat/channels");
      this.store.update((state) => withChannelList(state, channels));
    }
    const answer = await api.post("/sync", { body: { channels: heldRevisions(this.store.get()) } });
    this.store.update((state) => applySync(state, answer));
    for (const { id, limited } of answer.channels)
      if (limited && this.store.get().rooms[id]?.isLoaded) void this.pager.newest(id);
    this.reader.consider();
  }
}
