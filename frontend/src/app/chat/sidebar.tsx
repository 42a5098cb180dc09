"use client";

import { Compass, FilePen, MessagesSquare, Plus, SquarePen } from "lucide-react";
import { useMemo } from "react";
import type { ReactNode } from "react";
import { classes } from "@/components/ui/classes";
import { IconButton } from "@/components/ui/icon-button";
import { onDemand } from "@/components/ui/on-demand";
import { ConversationItems } from "@/features/channels/components/conversation-items";
import { SidebarLink } from "@/features/channels/components/sidebar-link";
import { SidebarSkeleton } from "@/features/channels/components/sidebar-skeleton";
import { ConnectionStatus } from "@/features/connection/components/connection-status";
import { useChat } from "@/lib/chat/chat-context";
import { isEmptyDraft } from "@/lib/chat/drafts";
import { sidebarOf } from "@/lib/chat/sidebar";
import { useDialogs } from "@/lib/navigation/dialogs-context";
import { viewPath } from "@/lib/navigation/place";
import type { Place } from "@/lib/navigation/place";
import { useText } from "@/lib/text/text-context";
import { useOpenChannelId } from "./use-open-channel";

const Tour = onDemand(() => import("@/features/help/components/tour").then((part) => part.Tour));

interface SidebarProps {
  place: Place;
  isTouring: boolean;
  onTourEnd(): void;
}

/** Everything that I am in, as I sorted it: favourites, my sections, channels, direct messages. */
export function Sidebar({ place, isTouring, onTourEnd }: SidebarProps) {
  const t = useText();
  const { open } = useDialogs();
  const channels = useChat((state) => state.channels);
  const sections = useChat((state) => state.sections);
  const sorted = useMemo(() => sidebarOf(channels, sections), [channels, sections]);
  const currentId = useOpenChannelId();
  const isLoaded = channels !== null;
  return (
    <div
      className={classes(
        "flex w-[264px] shrink-0 flex-col border-r border-n5 bg-n2 narrow:min-h-0 narrow:w-full narrow:flex-1 narrow:border-r-0",
        place.kind !== "home" && "narrow:hidden",
      )}
    >
      <header className="flex h-14 shrink-0 items-center border-b border-n5 pr-2.5 pl-4">
        <span className="flex-1 truncate text-heading font-semibold tracking-[-0.01em]">ConnectBest</span>
        <IconButton
          label={t("sidebar.newMessage")}
          icon={SquarePen}
          size={20}
          onClick={() => open({ name: "people" })}
          className="size-8"
        />
      </header>
      <nav aria-label={t("sidebar.label")} className="min-h-0 flex-1 overflow-y-auto px-2 pt-3 pb-4">
        <Shortcuts place={place} />
        {sorted.favourites.length > 0 && (
          <Section title={t("sidebar.favourites")}>
            <ConversationItems items={sorted.favourites} currentId={currentId} />
          </Section>
        )}
        {sorted.sections.map(({ section, items }) => (
          <Section key={section.id} title={section.name}>
            <ConversationItems items={items} currentId={currentId} />
          </Section>
        ))}
        <Section
          title={t("sidebar.channels")}
          actions={
            <>
              <IconButton label={t("sidebar.browse")} icon={Compass} onClick={() => open({ name: "browse" })} />
              <IconButton label={t("sidebar.create")} icon={Plus} onClick={() => open({ name: "create" })} />
            </>
          }
        >
          {isLoaded ? <ConversationItems items={sorted.channels} currentId={currentId} /> : <SidebarSkeleton />}
        </Section>
        <Section title={t("sidebar.directMessages")}>
          <ConversationItems items={sorted.conversations} currentId={currentId} />
          {isLoaded && sorted.conversations.length === 0 && (
            <p className="px-2.5 py-1 text-frame text-n10">{t("sidebar.noDirectMessages")}</p>
          )}
        </Section>
      </nav>
      {isTouring && <Tour onClose={onTourEnd} />}
      <div className="border-t border-n5">
        <ConnectionStatus />
      </div>
    </div>
  );
}

function Shortcuts({ place }: { place: Place }) {
  const t = useText();
  const threads = useChat((state) => state.threadCounts);
  const drafts = useChat((state) => Object.values(state.drafts).filter((draft) => !isEmptyDraft(draft)).length);
  const isAt = (view: string) => place.kind === "view" && place.view === view;
  return (
    <ul className="mb-4 space-y-px">
      <li>
        <SidebarLink
          href={viewPath("threads")}
          name={t("view.threads")}
          icon={<MessagesSquare size={16} strokeWidth={1.5} aria-hidden />}
          unreadCount={threads.unreadCount}
          mentionCount={threads.unreadCount}
          isCurrent={isAt("threads")}
        />
      </li>
      <li>
        <SidebarLink
          href={viewPath("drafts")}
          name={t("view.drafts")}
          icon={<FilePen size={16} strokeWidth={1.5} aria-hidden />}
          unreadCount={0}
          mentionCount={0}
          isCurrent={isAt("drafts")}
          note={drafts > 0 ? String(drafts) : null}
        />
      </li>
    </ul>
  );
}

function Section({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className="mb-5">
      <div className="mb-1 flex h-7 items-center pl-2.5">
        <h2 dir="auto" className="flex-1 truncate text-xs font-semibold text-n10">
          {title}
        </h2>
        {actions}
      </div>
      {children}
    </section>
  );
}
