import type { Channel } from "@connectbest/contract";
import type { ChatState } from "./state";

/** Whether I may rename, describe and archive a channel: as the server decides it. */
export const mayManage = ({ channels, me }: ChatState, { id, type }: Channel): boolean =>
  type !== "dm" && (channels?.[id]?.standing.membership.role === "admin" || (me.isAdmin && type === "public"));
