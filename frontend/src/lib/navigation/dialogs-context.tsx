"use client";

import type { Channel, Message } from "@connectbest/contract";
import { createContext, useContext } from "react";

/** Everything that opens over the page. */
export type DialogRequest =
  | { readonly name: "create" | "browse" | "people" | "switcher" | "shortcuts" | "status" | "tour" }
  | { readonly name: "forward" | "remind" | "history"; readonly message: Message }
  | { readonly name: "leave" | "archive"; readonly channel: Channel }
  | { readonly name: "section"; readonly channelId: string };

interface Dialogs {
  open(request: DialogRequest): void;
}

const DialogsContext = createContext<Dialogs | null>(null);

export const DialogsProvider = DialogsContext.Provider;

export function useDialogs(): Dialogs {
  const dialogs = useContext(DialogsContext);
  if (!dialogs) throw new Error("useDialogs needs a DialogsProvider above it.");
  return dialogs;
}
