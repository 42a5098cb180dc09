"use client";

import type { User } from "@connectbest/contract";
import { useQuery } from "@tanstack/react-query";
import { Clock, Mail, MessageSquare, Settings, Smile, UserX } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadError } from "@/components/ui/load-error";
import { PeopleSkeleton } from "@/components/ui/people-skeleton";
import { PresenceDot } from "@/components/ui/presence-dot";
import { SidePanel } from "@/components/ui/side-panel";
import { ApiError, sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { useChat } from "@/lib/chat/chat-context";
import { useStatusMessage } from "@/lib/chat/use-status-message";
import { useFormats } from "@/lib/format/formats-context";
import { useDialogs } from "@/lib/navigation/dialogs-context";
import { navigate } from "@/lib/navigation/navigate";
import { directMessagePath } from "@/lib/navigation/place";
import { useText } from "@/lib/text/text-context";

/** One person: who they are, whether they are here, and the way to write to them. */
export function ProfilePanel({ userId, onClose }: { userId: string; onClose(): void }) {
  const t = useText();
  const { data, error, refetch } = useQuery({
    queryKey: ["user", userId],
    queryFn: async ({ signal }) => (await api.get("/users/:id", { params: { id: userId }, signal })).user,
  });
  const isNobody = error instanceof ApiError && error.status === 404;
  return (
    <SidePanel title={t("profile.title")} onClose={onClose}>
      <div className="min-h-0 flex-1 overflow-y-auto p-5">
        {data && <Profile person={data} />}
        {!data && !error && <PeopleSkeleton />}
        {isNobody && (
          <EmptyState icon={UserX} title={t("people.nobody")}>
            <p>{t("people.nobodyHint")}</p>
          </EmptyState>
        )}
        {error && !isNobody && !data && <LoadError sentence={sentenceOf(error)} onRetry={() => void refetch()} />}
      </div>
    </SidePanel>
  );
}

function Profile({ person }: { person: User }) {
  const t = useText();
  const formats = useFormats();
  const { open } = useDialogs();
  const meId = useChat((state) => state.me.id);
  const presence = useChat((state) => state.presence[person.id]) ?? "offline";
  const words = useStatusMessage(person);
  const isMe = person.id === meId;
  return (
    <>
      <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={128} />
      <h3 dir="auto" className="mt-4 text-title font-semibold tracking-[-0.01em] [overflow-wrap:anywhere]">
        {person.name}
      </h3>
      <p className="text-sm text-n10">
        @{person.username}
        {person.role === "admin" && ` · ${t("person.admin")}`}
        {isMe && ` · ${t("person.you")}`}
      </p>
      <dl className="mt-5 space-y-3 text-sm">
        <Fact icon={Smile} name={t("profile.status")}>
          <span className="flex items-center gap-2">
            <PresenceDot presence={presence} />
            {t(`presence.${presence}`)}
          </span>
          {words && <span dir="auto">{words}</span>}
        </Fact>
        <Fact icon={Mail} name={t("profile.email")}>
          <a href={`mailto:${person.email}`} className="text-accent-text hover:underline">
            {person.email}
          </a>
        </Fact>
        <Fact icon={Clock} name={t("profile.since")}>
          {formats.date(person.createdAt)}
        </Fact>
      </dl>
      <div className="mt-6 flex flex-wrap gap-2">
        <Button tone={isMe ? "neutral" : "primary"} onClick={() => navigate(directMessagePath(person.id))}>
          <MessageSquare size={16} strokeWidth={1.5} aria-hidden />
          {isMe ? t("profile.writeToMyself") : t("profile.write")}
        </Button>
        {isMe && (
          <>
            <Button onClick={() => open({ name: "status" })}>
              <Smile size={16} strokeWidth={1.5} aria-hidden />
              {t("status.set")}
            </Button>
            <Button onClick={() => location.assign("/settings/profile")}>
              <Settings size={16} strokeWidth={1.5} aria-hidden />
              {t("profile.edit")}
            </Button>
          </>
        )}
      </div>
    </>
  );
}

function Fact({ icon: Icon, name, children }: { icon: LucideIcon; name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[16px_1fr] gap-x-3">
      <dt className="col-span-2 grid grid-cols-subgrid items-center text-xs text-n10">
        <Icon size={16} strokeWidth={1.5} aria-hidden />
        {name}
      </dt>
      <dd className="col-start-2 flex flex-col [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
