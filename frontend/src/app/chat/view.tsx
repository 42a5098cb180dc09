"use client";

import { ActivityView } from "@/features/activity/components/activity-view";
import { DraftsView } from "@/features/drafts/components/drafts-view";
import { ThreadsView } from "@/features/messages/components/threads-view";
import { PeopleView } from "@/features/people/components/people-view";
import { ProfilePanel } from "@/features/people/components/profile-panel";
import { SavedView } from "@/features/saved/components/saved-view";
import { SearchView } from "@/features/search/components/search-view";
import { navigate } from "@/lib/navigation/navigate";
import { withPanel } from "@/lib/navigation/panel";
import type { View } from "@/lib/navigation/place";
import { usePanel } from "@/lib/navigation/use-address";
import { QueryProvider } from "@/lib/query/query-provider";

const views = {
  search: SearchView,
  activity: ActivityView,
  threads: ThreadsView,
  saved: SavedView,
  drafts: DraftsView,
  people: PeopleView,
};

/** A page of the chat that is no conversation; a person may stand beside it. */
export function ChatView({ view }: { view: View }) {
  const Content = views[view];
  const panel = usePanel();
  return (
    <QueryProvider>
      <div className="relative flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          <Content />
        </div>
        {panel?.kind === "profile" && (
          <ProfilePanel key={panel.userId} userId={panel.userId} onClose={() => navigate(withPanel(null))} />
        )}
      </div>
    </QueryProvider>
  );
}
