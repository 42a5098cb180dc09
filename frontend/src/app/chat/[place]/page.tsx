import { notFound } from "next/navigation";
import { isId, isView } from "@/lib/navigation/place";
import { ChatPage } from "../chat-page";

/** A channel by its id, or a page that is no conversation. */
export default async function PlacePage({ params, searchParams }: PageProps<"/chat/[place]">) {
  const [{ place }, query] = [await params, await searchParams];
  if (!isId(place) && !isView(place)) notFound();
  const isPlain = isId(place) && !query["message"] && !query["date"];
  return <ChatPage path={`/chat/${place}`} {...(isPlain && { place: { kind: "channel", channelId: place } })} />;
}
