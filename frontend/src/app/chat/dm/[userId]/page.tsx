import { notFound } from "next/navigation";
import { directMessagePath, isId } from "@/lib/navigation/place";
import { ChatPage } from "../../chat-page";

export default async function DirectMessagePage({ params }: PageProps<"/chat/dm/[userId]">) {
  const { userId } = await params;
  if (!isId(userId)) notFound();
  return <ChatPage path={directMessagePath(userId)} place={{ kind: "dm", userId }} />;
}
