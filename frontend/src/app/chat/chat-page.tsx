import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getOnServer } from "@/lib/api/server";
import { loginUrl } from "@/lib/auth/callback-url";
import { readSession } from "@/lib/auth/session";
import { ChatApp } from "./chat-app";

/**
 * What every address of the chat renders: the session is verified here, on the server, and the sidebar comes with the page.
 * From then on the browser follows addresses by itself.
 */
export async function ChatPage({ path }: { path: string }) {
  const session = await readSession(await cookies());
  if (!session) redirect(loginUrl(path));
  const list = await getOnServer(session, "/chat/channels");
  if (list === "session_ended") redirect(loginUrl(path, "session_ended"));
  return <ChatApp me={{ id: session.userId, name: session.name }} channels={list?.channels ?? null} />;
}
