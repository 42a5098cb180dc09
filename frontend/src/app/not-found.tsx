import { SearchX } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { homePath } from "@/lib/navigation/place";

export default function NotFound() {
  return (
    <main className="flex min-h-dvh bg-n2">
      <title>Not found · ConnectBest Chat</title>
      <EmptyState
        icon={SearchX}
        title="There is nothing at this address"
        actions={
          <a
            href={homePath}
            className="inline-flex h-9 items-center rounded-sm bg-accent px-3.5 text-sm font-medium text-on-accent hover:bg-accent-strong"
          >
            Back to the chat
          </a>
        }
      >
        <p>The link may be old, or mistyped.</p>
      </EmptyState>
    </main>
  );
}
