import type { Message } from "@connectbest/contract";
import { navigate } from "@/lib/navigation/navigate";
import { withPanel } from "@/lib/navigation/panel";

/** Shows the thread of a message beside its channel; of a reply, the one that it stands in. */
export const openThread = ({ id, parentMessageId }: Pick<Message, "id" | "parentMessageId">): void =>
  navigate(withPanel({ kind: "thread", rootId: parentMessageId ?? id }));
