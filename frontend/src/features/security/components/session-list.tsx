"use client";

import type { Session } from "@connectbest/contract";
import { Monitor, Smartphone } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ListSkeleton } from "@/components/ui/list-skeleton";
import { LoadError } from "@/components/ui/load-error";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { sentenceOf } from "@/lib/api/api-error";
import { agoOf, fullTimeOf } from "@/lib/format/dates";
import { useEndSessions, useSessions } from "../hooks/use-sessions";

export function SessionList() {
  const { data: sessions, error, refetch } = useSessions();
  const ending = useEndSessions();
  const hasOthers = (sessions?.length ?? 0) > 1;

  return (
    <Section
      title="Where you are signed in"
      description="End what you do not know, and change your password."
      action={
        hasOthers && (
          <Button size="sm" isBusy={ending.isPending && ending.variables === null} onClick={() => ending.mutate(null)}>
            Sign out everywhere else
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
        <ListSkeleton label="Loading your sessions" count={2} />
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
  const Icon = /iPhone|Android|iPad/i.test(session.device) ? Smartphone : Monitor;
  const facts = [session.ip, session.method === "google" ? "with Google" : null].filter(Boolean).join(" · ");
  return (
    <li className="flex items-center gap-3.5 py-3.5">
      <Icon size={20} strokeWidth={1.5} aria-hidden className="shrink-0 text-n10" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-sm font-medium">
          {session.device}
          {session.isCurrent && (
            <span className="rounded-full bg-accent-tint px-2 text-xs font-medium text-accent-text">this device</span>
          )}
        </p>
        <p className="text-frame break-words text-n10">
          {facts && `${facts} · `}
          <time dateTime={session.lastSeenAt} title={fullTimeOf(session.lastSeenAt)}>
            {session.isCurrent ? "active now" : `last seen ${agoOf(session.lastSeenAt)}`}
          </time>
        </p>
      </div>
      {!session.isCurrent && (
        <Button size="sm" isBusy={isEnding} aria-label={`Sign out ${session.device}`} onClick={onEnd}>
          Sign out
        </Button>
      )}
    </li>
  );
}
