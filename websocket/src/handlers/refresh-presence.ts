import { ApiRefusal } from "../api-client";
import type { Runtime } from "../runtime";

/** Lets the API tell of somebody's coming, going or falling idle. Never a reason for anything else to fail. */
export async function refreshPresence(userId: string, { api }: Runtime): Promise<void> {
  try {
    await api.refreshPresence({ userId });
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
  }
}
