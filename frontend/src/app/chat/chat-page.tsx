import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getOnServer } from "@/lib/api/server";
import { loginUrl, setupPath } from "@/lib/auth/callback-url";
import { readSession } from "@/lib/auth/session";
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
  const { name, avatarUrl } = mine?.user ?? { name: session.name, avatarUrl: null };
  return (
    <ChatApp
      me={{ id: session.userId, name, avatarUrl }}
      theme={mine?.user.preferences.theme ?? null}
      channels={list?.channels ?? null}
    />
  );
}
