"use client";

import type { Preferences } from "@connectbest/contract";
import { useState } from "react";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { useMe } from "@/lib/me/me-context";

/** My preferences: each choice holds at once and is kept for every device; what cannot be kept is undone and said. */
export function useChoice() {
  const { me, setMe } = useMe();
  const [sentence, setSentence] = useState<string | null>(null);

  /** Answers whether it is kept. */
  async function choose(change: Partial<Preferences>): Promise<boolean> {
    setSentence(null);
    setMe({ ...me, preferences: { ...me.preferences, ...change } });
    try {
      setMe((await api.put("/users/me", { body: { preferences: change } })).user);
      return true;
    } catch (error) {
      setMe(me);
      setSentence(sentenceOf(error));
      return false;
    }
  }

  return { preferences: me.preferences, sentence, choose };
}
