"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { LoadError } from "@/components/ui/load-error";
import { SearchField } from "@/components/ui/search-field";
import { ShowMore } from "@/components/ui/show-more";
import { Skeleton } from "@/components/ui/skeleton";
import { sentenceOf } from "@/lib/api/api-error";
import { useSettled } from "@/lib/query/use-settled";
import { useText } from "@/lib/text/text-context";
import { useBrowse } from "../hooks/use-browse";
import { BrowseRow } from "./browse-row";

interface BrowseChannelsDialogProps {
  onClose(): void;
  onCreate(): void;
}

export function BrowseChannelsDialog({ onClose, onCreate }: BrowseChannelsDialogProps) {
  const t = useText();
  const [text, setText] = useState("");
  const query = useSettled(text.trim());
  const browse = useBrowse(query);
  const channels = browse.data?.pages.flatMap((page) => page.channels) ?? [];

  return (
    <Dialog title={t("browse.title")} description={t("browse.description")} onClose={onClose}>
      <div className="px-6 pb-3">
        <SearchField label={t("browse.search")} value={text} onChange={(event) => setText(event.target.value)} />
      </div>
      <div className="min-h-64 flex-1 overflow-y-auto border-t border-n5 px-3 py-2">
        {browse.isPending && <BrowseSkeleton />}
        {browse.isError && <LoadError sentence={sentenceOf(browse.error)} onRetry={() => void browse.refetch()} />}
        {browse.isSuccess && channels.length === 0 && (
          <div className="px-3 py-6 text-sm text-n10">
            <p className="mb-4">{query ? t("browse.noneCalled", { query }) : t("browse.none")}</p>
            <Button onClick={onCreate}>{t("create.title")}</Button>
          </div>
        )}
        <ul>
          {channels.map((channel) => (
            <BrowseRow key={channel.id} channel={channel} onOpened={onClose} />
          ))}
        </ul>
        <ShowMore query={browse} />
      </div>
    </Dialog>
  );
}

const BrowseSkeleton = () => (
  <div className="space-y-5 p-3" aria-hidden>
    {[1, 2, 3, 4].map((row) => (
      <div key={row} className="space-y-2">
        <Skeleton className="h-4 w-40" />
        <Skeleton className="h-3 w-64" />
      </div>
    ))}
  </div>
);
