import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getOnServer } from "@/lib/api/server";
import { loginUrl, setupPath } from "@/lib/auth/callback-url";
import { readSession } from "@/lib/auth/session";
import { withChannelList } from "@/lib/chat/channels";
import { emptyState } from "@/lib/chat/state";
import { KeepLanguage } from "@/lib/text/keep-language";
import { pageText } from "@/lib/text/page-text";
import { ChatApp } from "./chat-app";

/**
 * What every address of the chat renders: the session is verified here, on the server, and the sidebar comes with the page.
 * From then on the browser follows addresses by itself.
 */
export async function ChatPage({ path }: { path: string }) {
  const session = await readSession(await cookies());
  if (!session) redirect(loginUrl(path));
  const [list, mine] = await Promise.all([getOnServer(session, "/chat/channels"), getOnServer(session, "/auth/me")]);
  if (list === "session_ended" || mine === "session_ended") redirect(loginUrl(path, "session_ended"));
  if (list === "setup_required" || mine === "setup_required") redirect(setupPath);
  const { name, username, avatarUrl, role } = mine?.user ?? {
    name: session.name,
    username: "",
    avatarUrl: null,
    role: "user",
  };
  const preferences = mine?.user.preferences ?? null;
  const me = { id: session.userId, name, username, avatarUrl, isAdmin: role === "admin" };
  return (
    <>
      {preferences && <KeepLanguage preference={preferences.language} />}
      <ChatApp
        me={me}
        preferences={preferences}
        // Made here, so that the page need not wait for the code that makes it.
        channels={list && withChannelList(emptyState(me), list.channels).channels}
        text={await pageText(preferences?.language, "chat")}
      />
    </>
  );
}
