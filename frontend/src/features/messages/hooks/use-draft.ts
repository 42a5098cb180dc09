"use client";

import { useState } from "react";

/** What was being written in a channel, kept while one looks elsewhere and over a reload. */
export function useDraft(userId: string, channelId: string): [string, (text: string) => void] {
  const key = `connectbest:draft:${userId}:${channelId}`;
  const [text, setText] = useState(() => localStorage.getItem(key) ?? "");
  function change(next: string) {
    setText(next);
    try {
      if (next) localStorage.setItem(key, next);
      else localStorage.removeItem(key);
    } catch {
      // Storage is full or forbidden: the draft lives as long as the page.
    }
  }
  return [text, change];
}
