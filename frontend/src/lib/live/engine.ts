import type { Event, File as SentFile, RouteQueryInput, Routes } from "@connectbest/contract";
import { api } from "@/lib/api/client";
import { uploadFile } from "@/lib/api/upload";
import { beforeSignOut, endSession } from "@/lib/auth/end-session";
import { applyEvent, withoutSilentTypists } from "@/lib/chat/apply-event";
import { withSaved } from "@/lib/chat/saved";
import { applySync, heldRevisions, isBehind } from "@/lib/chat/apply-sync";
import { withChannelList } from "@/lib/chat/channels";
import { withRoot, withThread } from "@/lib/chat/threads";
import { spotKey } from "@/lib/chat/spot";
import type { Spot } from "@/lib/chat/spot";
import type { ConnectionStatus } from "@/lib/chat/state";
import type { ChatStore } from "@/lib/chat/store";
import { DraftKeeper } from "./draft-keeper";
import { newClientMessageId } from "./message-key";
import { MessageActions } from "./message-actions";
import { messageCalls } from "./message-calls";
import { Outbox } from "./outbox";
import { createOutboxStorage } from "./outbox-storage";
import { isAttending, listenToPage } from "./page-signals";
import { People } from "./people";
import { Pager } from "./pager";
import type { PageWish } from "./pager";
import { Reader } from "./reader";
import { LiveSocket } from "./socket";
import { Syncer, syncTimes } from "./syncer";
import { ThreadReader } from "./thread-reader";
import { TypingNotice } from "./typing-notice";
import { Uploads } from "./uploads";

/** What the engine leaves to the page: words to its reader, and lists that are fetched where they are looked at. */
export interface EnginePage {
  complain(sentence: string, retry: () => void): void;
  /** An event about something that the store does not hold, or that asks for more than a change of state. */
  heard(event: Event): void;
  /** The connection is back: events may have been missed, of which the sync does not tell. */
  returned(): void;
}

/** Everything that keeps the store level with the server, and carries what I do to it. */
export class LiveEngine {
  readonly outbox: Outbox;
  readonly pager: Pager;
  readonly reader: Reader;
  readonly threadReader: ThreadReader;
  readonly typing: TypingNotice;
  readonly actions: MessageActions;
  readonly uploads: Uploads;
  readonly people: People;
  readonly drafts: DraftKeeper;
  private readonly socket: LiveSocket;
  private readonly syncer: Syncer;
  private stopListening: (() => void) | null = null;
  private stopWaiting: (() => void) | null = null;
  private typistTimer: ReturnType<typeof setInterval> | undefined;
  private settleTimer: ReturnType<typeof setTimeout> | undefined;
  private countTimer: ReturnType<typeof setTimeout> | undefined;
  private status: ConnectionStatus = "connecting";
  private wasConnected = false;
  /** What this connection was told of me. */
  private presence: "online" | "away" | null = null;

  constructor(
    private readonly store: ChatStore,
    private readonly page: EnginePage,
  ) {
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
      sendFrame: ({ channelId, ...entry }) => this.socket.send({ action: "sendMessage", channelId, ...bodyOf(entry) }),
      post: async ({ channelId, ...entry }) => {
        const params = { id: channelId };
        return (await api.post("/chat/channels/:id/messages", { params, body: bodyOf(entry) })).message;
      },
    });
    this.pager = new Pager({ store, load: (spot, query) => this.load(spot, query) });
    this.reader = new Reader({
      store,
      isAttending,
      markRead: (id, seq) => api.post("/chat/channels/:id/read", { params: { id }, body: { seq } }),
      markUnread: async (id) => {
        const answer = await api.post("/chat/messages/:id/unread", { params: { id } });
        if (answer.thread) this.threadReader.leaveUnread(answer.thread);
        return answer;
      },
    });
    this.threadReader = new ThreadReader({
      store,
      isAttending,
      markRead: async (id, seq) =>
        (await api.post("/chat/messages/:id/replies/read", { params: { id }, body: { seq } })).thread,
    });
    this.typing = new TypingNotice(({ channelId, parentMessageId }, isTyping) =>
      this.socket.send({ action: "typing", channelId, isTyping, ...(parentMessageId && { parentMessageId }) }),
    );
    this.actions = new MessageActions({ store, calls: messageCalls, complain: page.complain });
    this.uploads = new Uploads({ store, upload: uploadFile, newId: newClientMessageId });
    this.people = new People({
      store,
      load: async (id) => (await api.get("/users/:id", { params: { id } })).user,
    });
    this.drafts = new DraftKeeper({
      store,
      storage: localStorage,
      save: async ({ channelId, parentMessageId }, content) => {
        const body = { content, ...(parentMessageId && { parentMessageId }) };
        return (await api.put("/drafts/:channelId", { params: { channelId }, body })).draft;
      },
    });
  }

  start(): void {
    this.stopListening = listenToPage({
      online: () => this.socket.reconnectNow(),
      offline: () => this.socket.goOffline(),
      attention: (attending) => this.attended(attending),
      leaving: () => void this.leave(),
    });
    this.stopWaiting = beforeSignOut(() => this.leave());
    this.typistTimer = setInterval(() => this.store.update((state) => withoutSilentTypists(state, Date.now())), 1_000);
    this.syncer.start();
    this.socket.start();
    this.outbox.restore();
    if (this.store.get().channels === null) this.syncer.request(0);
  }

  stop(): void {
    void this.leave();
    this.stopListening?.();
    this.stopWaiting?.();
    clearInterval(this.typistTimer);
    clearTimeout(this.settleTimer);
    clearTimeout(this.countTimer);
    this.socket.stop();
    this.syncer.stop();
    this.outbox.stop();
    this.reader.stop();
    this.threadReader.stop();
    this.drafts.stop();
  }

  /** Sends, and shows it: it stands below the newest message, so that one is loaded first where it is not. */
  send(spot: Spot, content: string, attachments: readonly SentFile[] = []): void {
    this.typing.stop();
    this.drafts.clear(spot);
    this.outbox.add(spot, content, attachments);
    if (this.store.get().rooms[spotKey(spot)]?.hasMoreAfter) void this.pager.newest(spot);
  }

  private async load({ channelId, parentMessageId }: Spot, query: PageWish) {
    if (!parentMessageId) return api.get("/chat/channels/:id/messages", { params: { id: channelId }, query });
    const params = { id: parentMessageId };
    const [page, root] = await Promise.all([
      api.get("/chat/messages/:id/replies", { params, query: query as RouteQueryInput<Routes["listReplies"]> }),
      // Pages to and fro need it no more; anything else may find it changed.
      query.before || query.after ? null : api.get("/chat/messages/:id", { params }),
    ]);
    this.store.update((state) => withThread(root ? withRoot(state, root.message) : state, page.thread));
    return page;
  }

  private receive(events: readonly Event[]): void {
    const now = Date.now();
    this.store.update((state) => events.reduce((next, event) => applyEvent(next, event, now), state));
    for (const event of events) this.answer(event);
    this.reader.consider();
    this.threadReader.consider();
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
    if (event.type === "thread.updated") this.countThreads();
    const channelId = "channelId" in event ? event.channelId : undefined;
    const isNews = event.type === "message.created" || event.type === "member.joined";
    if (isNews && channelId && !channels?.[channelId]) this.syncer.request(syncTimes.gap);
    this.page.heard(event);
  }

  private changed(status: ConnectionStatus): void {
    const was = this.status;
    this.status = status;
    this.store.update((state) => ({ ...state, connection: status }));
    clearTimeout(this.settleTimer);
    if (status === "connected") {
      if (this.wasConnected) this.page.returned();
      this.wasConnected = true;
      // Now, and once more when the index that deliveries are read from has surely seen this connection.
      this.syncer.request(0);
      this.settleTimer = setTimeout(() => this.syncer.request(0), syncTimes.settle);
      this.presence = null;
      this.outbox.flush();
      void this.drafts.flush();
      this.reader.flush();
      this.threadReader.flush();
      this.actions.retry();
      this.pager.recover();
      this.announcePresence();
      void this.loadPresence();
      void this.loadSaved();
    } else if (was === "connected") this.outbox.socketLost();
  }

  private attended(attending: boolean): void {
    this.announcePresence();
    if (!attending) return;
    this.socket.reconnectNow();
    this.syncer.request(0);
    this.reader.consider();
    this.threadReader.consider();
  }

  /** Perhaps for ever: what only waits for a moment is done now. */
  private async leave(): Promise<void> {
    await Promise.all([this.actions.flush(), this.drafts.flush()]);
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
      const statusMessages = Object.fromEntries(presence.map(({ userId, statusMessage }) => [userId, statusMessage]));
      this.store.update((state) => ({ ...state, presence: statuses, statusMessages }));
    } catch {
      // The dots are not worth a complaint: the next connection asks again.
    }
  }

  /** The latest hundred that I saved: what is older shows as saved where the saved are listed, or once it was seen there. */
  private async loadSaved(): Promise<void> {
    try {
      const { bookmarks, nextCursor } = await api.get("/chat/bookmarks", { query: { limit: 100 } });
      const ids = bookmarks.map(({ message }) => message.id);
      this.store.update((state) => withSaved(state, ids, nextCursor === null, (id) => this.actions.isSaving(id)));
    } catch {
      // The next connection asks again.
    }
  }

  /** An event tells of one thread; the sum of all is the server's to tell. */
  private countThreads(): void {
    clearTimeout(this.countTimer);
    this.countTimer = setTimeout(() => {
      void api.get("/chat/threads", { query: { limit: 1 } }).then(
        ({ counts }) => this.store.update((state) => ({ ...state, threadCounts: counts })),
        // The next sync tells.
        () => undefined,
      );
    }, 300);
  }

  private async sync(): Promise<void> {
    if (this.store.get().channels === null) {
      const { channels } = await api.get("/chat/channels");
      this.store.update((state) => withChannelList(state, channels));
    }
    const answer = await api.post("/sync", { body: { channels: heldRevisions(this.store.get()) } });
    this.store.update((state) => applySync(state, answer));
    const limited = new Set(answer.channels.filter((channel) => channel.limited).map(({ id }) => id));
    for (const room of Object.values(this.store.get().rooms))
      if (limited.has(room.spot.channelId) && room.isLoaded) void this.pager.newest(room.spot);
    this.reader.consider();
    this.threadReader.consider();
  }
}

interface Sent {
  content: string;
  clientMessageId: string;
  parentMessageId: string | null;
  attachments: readonly SentFile[];
}

const bodyOf = ({ content, clientMessageId, parentMessageId, attachments }: Sent) => ({
  content,
  clientMessageId,
  ...(parentMessageId && { parentMessageId }),
  ...(attachments.length > 0 && { fileIds: attachments.map(({ id }) => id) }),
});
