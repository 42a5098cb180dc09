import { notFound } from "next/navigation";
import { channelPath, isId } from "@/lib/navigation/place";
import { ChatPage } from "../chat-page";

export default async function ChannelPage({ params }: PageProps<"/chat/[channelId]">) {
  const { channelId } = await params;
  if (!isId(channelId)) notFound();
  return <ChatPage path={channelPath(channelId)} />;
}
