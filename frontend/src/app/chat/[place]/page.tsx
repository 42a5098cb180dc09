import { notFound } from "next/navigation";
import { isId, isView } from "@/lib/navigation/place";
import { ChatPage } from "../chat-page";

/** A channel by its id, or a page that is no conversation. */
export default async function PlacePage({ params }: PageProps<"/chat/[place]">) {
  const { place } = await params;
  if (!isId(place) && !isView(place)) notFound();
  return <ChatPage path={`/chat/${place}`} />;
}
