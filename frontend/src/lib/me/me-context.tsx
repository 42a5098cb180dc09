"use client";

import type { Me } from "@connectbest/contract";
import { createContext, useContext, useMemo, useState } from "react";
import type { ReactNode } from "react";

interface MyAccount {
  readonly me: Me;
  /** Takes what the API answered to a change. */
  setMe(me: Me): void;
  /** A deed that takes the account's password; without one, having signed in recently is enough. */
  readonly hasPassword: boolean;
}

const MeContext = createContext<MyAccount | null>(null);

/** My own account, for the pages that change it. */
export function MeProvider({ initial, children }: { initial: Me; children: ReactNode }) {
  const [me, setMe] = useState(initial);
  const value = useMemo(() => ({ me, setMe, hasPassword: me.authProviders.includes("password") }), [me]);
  return <MeContext value={value}>{children}</MeContext>;
}

export function useMe(): MyAccount {
  const account = useContext(MeContext);
  if (!account) throw new Error("useMe needs a MeProvider above it.");
  return account;
}
