"use client";

import type { Channel, ChannelMember } from "@connectbest/contract";
import { EllipsisVertical, MessageSquare, ShieldCheck, ShieldOff, UserMinus, UserRound } from "lucide-react";
import { useRef, useState } from "react";
import { AppLink } from "@/components/ui/app-link";
import { IconButton } from "@/components/ui/icon-button";
import { LoadError } from "@/components/ui/load-error";
import { MenuItem, MenuItems, MenuSeparator } from "@/components/ui/menu";
import { PeopleSkeleton } from "@/components/ui/people-skeleton";
import { PersonRow } from "@/components/ui/person-row";
import { Popover } from "@/components/ui/popover";
import { ShowMore } from "@/components/ui/show-more";
import { SidePanel } from "@/components/ui/side-panel";
import { mayManage } from "@/lib/chat/may-manage";
import { sentenceOf } from "@/lib/api/api-error";
import { useChat } from "@/lib/chat/chat-context";
import { navigate } from "@/lib/navigation/navigate";
import { withPanel } from "@/lib/navigation/panel";
import { directMessagePath } from "@/lib/navigation/place";
import { useText } from "@/lib/text/text-context";
import { useManageMember, useMembers } from "../hooks/use-members";
import { AddMember } from "./add-member";

interface MembersPanelProps {
  channel: Channel;
  onClose(): void;
}

/** Who is in a channel, and for its administrators the way to change that. */
export function MembersPanel({ channel, onClose }: MembersPanelProps) {
  const t = useText();
  const manages = useChat((state) => mayManage(state, channel)) && channel.archivedAt === null;
  const query = useMembers(channel.id, channel.memberCount);
  const members = query.data?.pages.flatMap((page) => page.members) ?? [];
  return (
    <SidePanel title={t("members.title")} note={channel.memberCount} onClose={onClose}>
      {channel.type !== "dm" && channel.archivedAt === null && <AddMember channelId={channel.id} members={members} />}
      <div className="min-h-0 flex-1 overflow-y-auto px-2 py-2">
        {query.isPending && <PeopleSkeleton />}
        {query.isError && <LoadError sentence={sentenceOf(query.error)} onRetry={() => void query.refetch()} />}
        <ul aria-label={t("members.title")}>
          {members.map((member) => (
            <MemberRow key={member.user.id} channelId={channel.id} member={member} manages={manages} />
          ))}
        </ul>
        <ShowMore query={query} />
      </div>
    </SidePanel>
  );
}

interface MemberRowProps {
  channelId: string;
  member: ChannelMember;
  manages: boolean;
}

function MemberRow({ channelId, member: { user, role }, manages }: MemberRowProps) {
  const t = useText();
  const meId = useChat((state) => state.me.id);
  const presence = useChat((state) => state.presence[user.id]);
  const isMe = user.id === meId;
  const note = [isMe && t("person.you"), role === "admin" && t("person.admin")].filter(Boolean).join(" · ");
  return (
    <li className="flex items-center rounded-sm pr-2 hover:bg-n3">
      <AppLink
        href={withPanel({ kind: "profile", userId: user.id })}
        className="flex min-w-0 flex-1 rounded-sm px-3 py-2"
      >
        <PersonRow person={user} presence={presence} note={note || undefined} />
      </AppLink>
      {!isMe && <MemberMenu channelId={channelId} member={{ user, role }} manages={manages} />}
    </li>
  );
}

function MemberMenu({
  channelId,
  member: { user, role },
  manages,
}: Omit<MemberRowProps, "member"> & { member: Pick<ChannelMember, "user" | "role"> }) {
  const t = useText();
  const { setRole, remove } = useManageMember(channelId);
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const isAdmin = role === "admin";
  return (
    <>
      <IconButton
        ref={button}
        label={t("members.more", { name: user.name })}
        icon={EllipsisVertical}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      />
      {isOpen && (
        <Popover
          anchor={button}
          placement="bottom-end"
          label={t("members.more", { name: user.name })}
          onClose={() => setOpen(false)}
        >
          <MenuItems label={t("members.more", { name: user.name })} onDone={() => setOpen(false)}>
            <MenuItem icon={MessageSquare} onSelect={() => navigate(directMessagePath(user.id))}>
              {t("profile.write")}
            </MenuItem>
            <MenuItem icon={UserRound} onSelect={() => navigate(withPanel({ kind: "profile", userId: user.id }))}>
              {t("profile.show")}
            </MenuItem>
            {manages && (
              <>
                <MenuSeparator />
                <MenuItem
                  icon={isAdmin ? ShieldOff : ShieldCheck}
                  onSelect={() => setRole(user.id, isAdmin ? "member" : "admin")}
                >
                  {isAdmin ? t("members.makeMember") : t("members.makeAdmin")}
                </MenuItem>
                <MenuItem icon={UserMinus} tone="danger" onSelect={() => remove(user.id)}>
                  {t("members.remove")}
                </MenuItem>
              </>
            )}
          </MenuItems>
        </Popover>
      )}
    </>
  );
}
