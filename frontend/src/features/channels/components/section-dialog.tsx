"use client";

import type { Section } from "@connectbest/contract";
import { ArrowUp, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { useChat, useChatStore } from "@/lib/chat/chat-context";
import { useText } from "@/lib/text/text-context";
import { useMembership } from "../hooks/use-membership";

/** In which section of my sidebar a channel stands; sections are made, ordered and removed here too. */
export function SectionDialog({ channelId, onClose }: { channelId: string; onClose(): void }) {
  const t = useText();
  const store = useChatStore();
  const sections = useChat((state) => state.sections);
  const { membership, setPlace } = useMembership(channelId);
  const [name, setName] = useState("");
  const [error, setError] = useState<string | null>(null);

  async function keep(next: readonly (Pick<Section, "name"> & Partial<Section>)[]): Promise<readonly Section[]> {
    setError(null);
    try {
      const answer = await api.put("/chat/sections", { body: { sections: [...next] } });
      store.update((state) => ({ ...state, sections: answer.sections }));
      return answer.sections;
    } catch (thrown) {
      setError(sentenceOf(thrown));
      return sections;
    }
  }

  async function add() {
    const before = new Set(sections.map(({ id }) => id));
    const added = (await keep([...sections, { name: name.trim() }])).find(({ id }) => !before.has(id));
    if (!added) return;
    setName("");
    setPlace({ sectionId: added.id });
  }

  const swap = (index: number) => {
    const next = [...sections];
    const [moved] = next.splice(index, 1);
    if (moved) next.splice(index - 1, 0, moved);
    void keep(next);
  };

  return (
    <Dialog title={t("section.title")} description={t("section.description")} onClose={onClose}>
      <div className="space-y-4 overflow-y-auto px-6 pb-5">
        {error && <Notice tone="danger">{error}</Notice>}
        <fieldset className="space-y-1">
          <legend className="sr-only">{t("section.title")}</legend>
          <Choice
            name={t("section.none")}
            isChosen={!membership?.sectionId}
            onChoose={() => setPlace({ sectionId: null })}
          />
          {sections.map((section, index) => (
            <div key={section.id} className="flex items-center gap-1">
              <Choice
                name={section.name}
                isChosen={membership?.sectionId === section.id}
                onChoose={() => setPlace({ sectionId: section.id })}
              />
              {index > 0 && (
                <IconButton
                  label={t("section.up", { name: section.name })}
                  icon={ArrowUp}
                  onClick={() => swap(index)}
                />
              )}
              <IconButton
                label={t("section.remove", { name: section.name })}
                icon={Trash2}
                onClick={() => void keep(sections.filter(({ id }) => id !== section.id))}
              />
            </div>
          ))}
        </fieldset>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
          className="flex items-end gap-2"
        >
          <div className="flex-1">
            <TextField
              label={t("section.new")}
              autoComplete="off"
              maxLength={50}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </div>
          <Button type="submit" disabled={name.trim() === ""} className="h-10">
            {t("section.add")}
          </Button>
        </form>
      </div>
    </Dialog>
  );
}

function Choice({ name, isChosen, onChoose }: { name: string; isChosen: boolean; onChoose(): void }) {
  return (
    <label className="flex h-9 flex-1 cursor-pointer items-center gap-2.5 rounded-sm px-2 text-sm hover:bg-n3">
      <input type="radio" name="section" checked={isChosen} onChange={onChoose} className="accent-accent" />
      <span dir="auto" className="truncate">
        {name}
      </span>
    </label>
  );
}
