import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getOnServer } from "@/lib/api/server";
import { loginUrl, setupPath } from "@/lib/auth/callback-url";
import { readSession } from "@/lib/auth/session";
import type { Session } from "@/lib/auth/session";
import { withChannelList } from "@/lib/chat/channels";
import { withPage } from "@/lib/chat/room";
import { conversationWith } from "@/lib/chat/selectors";
import { channelSpot, spotKey } from "@/lib/chat/spot";
import { emptyRoom, emptyState } from "@/lib/chat/state";
import type { ChatState } from "@/lib/chat/state";
import type { Place } from "@/lib/navigation/place";
import { KeepLanguage } from "@/lib/text/keep-language";
import { pageText } from "@/lib/text/page-text";
import { ChatApp } from "./chat-app";

interface ChatPageProps {
  path: string;
  /** The conversation that the address names, if it names no message or day of it. */
  place?: Extract<Place, { kind: "channel" | "dm" }>;
}

/**
 * What every address of the chat renders: the session is verified here, on the server, and the sidebar comes with the page, as do
 * the latest messages of the conversation that was asked for. From then on the browser follows addresses by itself.
 */
export async function ChatPage({ path, place }: ChatPageProps) {
  const session = await readSession(await cookies());
  if (!session) redirect(loginUrl(path));
  const [list, mine, sorted] = await Promise.all([
    getOnServer(session, "/chat/channels"),
    getOnServer(session, "/auth/me"),
    getOnServer(session, "/chat/sections"),
  ]);
  if (list === "session_ended" || mine === "session_ended" || sorted === "session_ended")
    redirect(loginUrl(path, "session_ended"));
  if (list === "setup_required" || mine === "setup_required" || sorted === "setup_required") redirect(setupPath);
  const { name, username, avatarUrl, role } = mine?.user ?? {
    name: session.name,
    username: "",
    avatarUrl: null,
    role: "user",
  };
  const preferences = mine?.user.preferences ?? null;
  const empty = emptyState({ id: session.userId, name, username, avatarUrl, isAdmin: role === "admin" });
  // Made here, so that the page need not wait for the code that makes it.
  const state = list && (await withLatest(session, withChannelList(empty, list.channels), place));
  return (
    <>
      {preferences && <KeepLanguage preference={preferences.language} />}
      <ChatApp
        me={empty.me}
        preferences={preferences}
        channels={state && state.channels}
        rooms={state?.rooms ?? {}}
        sections={sorted?.sections ?? []}
        text={await pageText(preferences?.language, "chat")}
      />
    </>
  );
}

/**
 * With the latest messages of a place that is mine. Asked for after the channels: whatever has happened between is in both, so
 * that the next sync, which begins at the channels' revisions, leaves no hole.
 */
async function withLatest(session: Session, state: ChatState, place: ChatPageProps["place"]): Promise<ChatState> {
  const id =
    place?.kind === "dm" ? conversationWith(state.channels, place.userId, state.me.id)?.channel.id : place?.channelId;
  if (!id || !state.channels?.[id]) return state;
  const page = await getOnServer(session, "/chat/channels/:id/messages", { params: { id } });
  if (page === null || typeof page === "string") return state;
  const spot = channelSpot(id);
  return { ...state, rooms: { [spotKey(spot)]: withPage(emptyRoom(spot), page, "newest") } };
}
