"use client";

import type { ChannelMember } from "@connectbest/contract";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { PersonRow } from "@/components/ui/person-row";
import { SearchField } from "@/components/ui/search-field";
import { sentenceOf } from "@/lib/api/api-error";
import { usePeople } from "@/lib/query/use-people";
import { useSettled } from "@/lib/query/use-settled";
import { useText } from "@/lib/text/text-context";
import { useAddMember } from "../hooks/use-members";

interface AddMemberProps {
  channelId: string;
  members: readonly ChannelMember[];
}

export function AddMember({ channelId, members }: AddMemberProps) {
  const t = useText();
  const [text, setText] = useState("");
  return (
    <div className="border-b border-n5 px-5 py-4">
      <SearchField
        label={t("members.add")}
        placeholder={t("members.addHint")}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {text.trim() && <Candidates channelId={channelId} members={members} text={text.trim()} />}
    </div>
  );
}

function Candidates({ channelId, members, text }: AddMemberProps & { text: string }) {
  const t = useText();
  const query = useSettled(text);
  const people = usePeople(query);
  const add = useAddMember(channelId);
  const memberIds = new Set(members.map(({ user }) => user.id));
  const failure = people.error ?? add.error;
  return (
    <div className="-mx-2 mt-2 max-h-72 overflow-y-auto">
      {failure && (
        <p role="alert" className="px-2 py-1 text-frame text-danger">
          {sentenceOf(failure)}
        </p>
      )}
      {people.data?.length === 0 && <p className="px-2 py-2 text-frame text-n10">{t("people.none")}</p>}
      <ul aria-label={t("members.toAdd")}>
        {people.data?.slice(0, 8).map((person) => (
          <li key={person.id} className="flex rounded-sm px-2 py-1.5">
            <PersonRow
              person={person}
              action={
                memberIds.has(person.id) ? (
                  <span className="text-frame text-n10">{t("members.isMember")}</span>
                ) : (
                  <Button
                    size="sm"
                    aria-label={t("members.addNamed", { name: person.name })}
                    isBusy={add.isPending && add.variables === person.id}
                    onClick={() => add.mutate(person.id)}
                  >
                    {t("members.addAction")}
                  </Button>
                )
              }
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
