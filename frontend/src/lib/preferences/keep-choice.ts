import type { Preferences } from "@connectbest/contract";
import { sentenceOf } from "@/lib/api/api-error";
import { api } from "@/lib/api/client";
import { notices } from "@/lib/notices/notices";

/** Keeps a choice for all my devices. @throws what it has said already */
export async function keepChoice(change: Partial<Preferences>): Promise<void> {
  try {
    await api.put("/users/me", { body: { preferences: change } });
  } catch (error) {
    notices.say(sentenceOf(error), { tone: "danger" });
    throw error;
  }
}
