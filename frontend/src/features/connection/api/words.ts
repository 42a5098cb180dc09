import type { ConnectionStatus } from "@/lib/chat/state";

export const connectionWords: Record<ConnectionStatus, string> = {
  connected: "Connected",
  connecting: "Connecting…",
  reconnecting: "Reconnecting…",
  offline: "Offline",
};
