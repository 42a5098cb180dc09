"use client";

import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import { useSubmit } from "@/lib/forms/use-submit";
import { useText } from "@/lib/text/text-context";
import { keywordsIn } from "../api/keywords";

interface KeywordsFormProps {
  keywords: readonly string[];
  onKeep(keywords: string[]): Promise<void>;
}

export function KeywordsForm({ keywords, onKeep }: KeywordsFormProps) {
  const t = useText();
  const form = useSubmit((field) => onKeep(keywordsIn(field("keywords"))));
  const kept = keywords.join(", ");
  // The API names the word that it refuses by its number.
  const error = Object.entries(form.fields).find(([path]) => path.startsWith("keywords"))?.[1];
  return (
    <form onSubmit={form.submit} className="space-y-5">
      {form.sentence && <Notice tone="danger">{form.sentence}</Notice>}
      <TextField
        key={kept}
        label={t("notify.keywords")}
        name="keywords"
        defaultValue={kept}
        autoComplete="off"
        hint={t("notify.keywordsHint")}
        error={error}
      />
      <FormActions
        label={t("notify.keywordsSet")}
        isBusy={form.isBusy}
        done={form.isDone && t("notify.keywordsDone")}
      />
    </form>
  );
}
