"use client";

import { Trash2, Upload } from "lucide-react";
import { useRef, useState } from "react";
import type { ChangeEvent } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { useMe } from "@/lib/me/me-context";
import { useText } from "@/lib/text/text-context";

const biggest = 5 * 1024 * 1024;

export function PictureSection() {
  const t = useText();
  const { me, setMe } = useMe();
  const chooser = useRef<HTMLInputElement>(null);
  const [preview, setPreview] = useState<string | null>(null);
  const [doing, setDoing] = useState<"upload" | "remove" | null>(null);
  const [sentence, setSentence] = useState<string | null>(null);

  async function change(what: "upload" | "remove", act: () => Promise<{ user: typeof me }>) {
    setDoing(what);
    setSentence(null);
    await act().then(
      ({ user }) => setMe(user),
      (error: unknown) => setSentence(sentenceOf(error)),
    );
    setDoing(null);
  }

  async function upload(event: ChangeEvent<HTMLInputElement>) {
    const [file] = event.target.files ?? [];
    event.target.value = "";
    if (!file) return;
    if (file.size > biggest) return setSentence(t("picture.tooLarge"));
    const url = URL.createObjectURL(file);
    setPreview(url);
    await change("upload", () => api.post("/users/me/avatar", { file }));
    setPreview(null);
    URL.revokeObjectURL(url);
  }

  return (
    <Section title={t("picture.title")} description={t("picture.description")}>
      <div className="flex flex-wrap items-center gap-5">
        <Avatar id={me.id} name={me.name} url={preview ?? me.avatarUrl} size={64} />
        <div className="flex flex-wrap gap-2">
          <input
            ref={chooser}
            type="file"
            accept="image/jpeg,image/png,image/webp,image/gif,image/avif"
            aria-label={t("picture.choose")}
            className="sr-only"
            tabIndex={-1}
            onChange={(event) => void upload(event)}
          />
          <Button isBusy={doing === "upload"} onClick={() => chooser.current?.click()}>
            {doing !== "upload" && <Upload size={16} strokeWidth={1.5} aria-hidden />}
            {me.avatarUrl ? t("picture.change") : t("picture.upload")}
          </Button>
          {me.avatarUrl && (
            <Button
              tone="quiet"
              isBusy={doing === "remove"}
              onClick={() => void change("remove", () => api.delete("/users/me/avatar"))}
            >
              {doing !== "remove" && <Trash2 size={16} strokeWidth={1.5} aria-hidden />}
              {t("picture.remove")}
            </Button>
          )}
          <p className="w-full text-frame text-n10">{t("picture.kinds")}</p>
        </div>
      </div>
      {sentence && (
        <div className="mt-4">
          <Notice tone="danger">{sentence}</Notice>
        </div>
      )}
    </Section>
  );
}
