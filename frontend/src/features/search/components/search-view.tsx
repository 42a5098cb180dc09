"use client";

import type { SearchResult } from "@connectbest/contract";
import { SearchX } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { MessageCard } from "@/components/message/message-card";
import { EmptyState } from "@/components/ui/empty-state";
import { PagedList } from "@/components/ui/paged-list";
import { SearchField } from "@/components/ui/search-field";
import { ViewFrame } from "@/components/ui/view-frame";
import { api } from "@/lib/api/client";
import { navigate } from "@/lib/navigation/navigate";
import { viewPath } from "@/lib/navigation/place";
import { useAddressParameter } from "@/lib/navigation/use-address";
import { usePages } from "@/lib/query/use-pages";
import { useSettled } from "@/lib/query/use-settled";
import { useText } from "@/lib/text/text-context";
import { operators, withOperator } from "../api/operators";
import { Highlighted } from "./highlighted";

const addressOf = (query: string): string =>
  query ? `${viewPath("search")}?q=${encodeURIComponent(query)}` : viewPath("search");

/** Everything that I may read, by words and by operators. The address has the query. */
export function SearchView() {
  const t = useText();
  const asked = useAddressParameter("q") ?? "";
  const [text, setText] = useState(asked);
  const [taken, setTaken] = useState(asked);
  const field = useRef<HTMLInputElement>(null);
  const settled = useSettled(text.trim(), 300);
  // Back and forward change the address beneath the field.
  if (asked !== taken) {
    setTaken(asked);
    if (asked !== text.trim()) setText(asked);
  }

  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (location.pathname === viewPath("search")) navigate(addressOf(settled), { replace: true });
  }, [settled]);

  function add(insert: string) {
    const next = withOperator(text, insert);
    // At once: what is typed right after the click belongs behind what it added.
    flushSync(() => setText(next.text));
    field.current?.focus();
    field.current?.setSelectionRange(next.caret, next.caret);
  }

  return (
    <ViewFrame
      title={t("view.search")}
      head={
        <div className="mx-auto w-full max-w-[760px] px-5 pt-4 narrow:px-3">
          <SearchField
            ref={field}
            label={t("search.label")}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      }
    >
      {settled ? <Results key={settled} query={settled} /> : <Operators onAdd={add} />}
    </ViewFrame>
  );
}

function Operators({ onAdd }: { onAdd(insert: string): void }) {
  const t = useText();
  return (
    <>
      <h2 className="text-xs font-semibold text-n10">{t("search.operators")}</h2>
      <ul className="grid grid-cols-2 gap-x-3 gap-y-0.5 narrow:grid-cols-1">
        {operators.map(({ insert, hint }) => (
          <li key={insert}>
            <button
              type="button"
              onClick={() => onAdd(insert)}
              className="flex w-full items-baseline gap-3 rounded-sm px-2 py-1.5 text-left text-sm hover:bg-n3"
            >
              <code className="min-w-20 shrink-0 font-mono text-[13px] text-accent-text">{insert}</code>
              <span className="text-n10">{t(hint)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Results({ query }: { query: string }) {
  const t = useText();
  const pages = usePages(["search", query], (cursor, signal) =>
    api.get("/chat/search", { query: { q: query, cursor }, signal }),
  );
  const results = pages.data?.pages.flatMap((page) => page.results);
  return (
    <>
      <p role="status" className="text-frame text-n10">
        {results && t("search.count", { count: results.length, more: pages.hasNextPage ? "yes" : "no" })}
      </p>
      <PagedList
        query={pages}
        items={results}
        empty={
          <EmptyState icon={SearchX} title={t("search.nothing")}>
            <p>{t("search.nothingHint")}</p>
          </EmptyState>
        }
      >
        {(result) => <Result key={result.message.id} result={result} />}
      </PagedList>
    </>
  );
}

function Result({ result: { message, highlights } }: { result: SearchResult }) {
  return (
    <MessageCard
      message={message}
      text={message.content && <Highlighted content={message.content} highlights={highlights} />}
    />
  );
}
