import type { User } from "@connectbest/contract";
import { useChat } from "./chat-context";

/** The words beside somebody's name: as last heard of them, else as they came with the person. */
export const useStatusMessage = (person: Pick<User, "id" | "statusMessage"> | undefined): string | null =>
  useChat(({ statusMessages }) => {
    const heard = person && statusMessages[person.id];
    return heard === undefined ? (person?.statusMessage ?? null) : heard;
  });
