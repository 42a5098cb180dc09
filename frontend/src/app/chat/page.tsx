import { homePath } from "@/lib/navigation/place";
import { ChatPage } from "./chat-page";

export default function HomePage() {
  return <ChatPage path={homePath} />;
}
