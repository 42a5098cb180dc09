"use client";

import type { Session } from "@connectbest/contract";
import { Monitor, Smartphone } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ListSkeleton } from "@/components/ui/list-skeleton";
import { LoadError } from "@/components/ui/load-error";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { sentenceOf } from "@/lib/api/api-error";
import { useFormats } from "@/lib/format/formats-context";
import { useText } from "@/lib/text/text-context";
import { useEndSessions, useSessions } from "../hooks/use-sessions";

export function SessionList() {
  const t = useText();
  const { data: sessions, error, refetch } = useSessions();
  const ending = useEndSessions();
  const hasOthers = (sessions?.length ?? 0) > 1;

  return (
    <Section
      title={t("sessions.title")}
      description={t("sessions.description")}
      action={
        hasOthers && (
          <Button size="sm" isBusy={ending.isPending && ending.variables === null} onClick={() => ending.mutate(null)}>
            {t("sessions.endOthers")}
          </Button>
        )
      }
    >
      {ending.error && (
        <div className="mb-5">
          <Notice tone="danger">{sentenceOf(ending.error)}</Notice>
        </div>
      )}
      {sessions ? (
        <ul className="-my-3.5 divide-y divide-n5">
          {sessions.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              isEnding={ending.isPending && ending.variables === session.id}
              onEnd={() => ending.mutate(session.id)}
            />
          ))}
        </ul>
      ) : error ? (
        <LoadError sentence={sentenceOf(error)} onRetry={() => void refetch()} />
      ) : (
        <ListSkeleton label={t("sessions.loading")} count={2} />
      )}
    </Section>
  );
}

interface SessionRowProps {
  session: Session;
  isEnding: boolean;
  onEnd(): void;
}

function SessionRow({ session, isEnding, onEnd }: SessionRowProps) {
  const t = useText();
  const formats = useFormats();
  const Icon = /iPhone|Android|iPad/i.test(session.device) ? Smartphone : Monitor;
  const facts = [session.ip, session.method === "google" ? t("sessions.google") : null].filter(Boolean).join(" · ");
  return (
    <li className="flex items-center gap-3.5 py-3.5">
      <Icon size={20} strokeWidth={1.5} aria-hidden className="shrink-0 text-n10" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-sm font-medium">
          {session.device}
          {session.isCurrent && (
            <span className="rounded-full bg-accent-tint px-2 text-xs font-medium text-accent-text">
              {t("sessions.current")}
            </span>
          )}
        </p>
        <p className="text-frame break-words text-n10">
          {facts && `${facts} · `}
          <time dateTime={session.lastSeenAt} title={formats.full(session.lastSeenAt)}>
            {session.isCurrent
              ? t("sessions.active")
              : t("sessions.lastSeen", { when: formats.ago(session.lastSeenAt) })}
          </time>
        </p>
      </div>
      {!session.isCurrent && (
        <Button
          size="sm"
          isBusy={isEnding}
          aria-label={t("sessions.endNamed", { device: session.device })}
          onClick={onEnd}
        >
          {t("sessions.end")}
        </Button>
      )}
    </li>
  );
}
