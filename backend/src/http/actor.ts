import type { TokenScope, WorkspaceRole } from "@connectbest/contract";
import type { Types } from "mongoose";
import type { ApiError } from "./errors";

/** Who is calling, as the database says now (never as the token said when it was issued). */
export interface Actor {
  userId: Types.ObjectId;
  sessionId: Types.ObjectId;
  name: string;
  avatarUrl: string | null;
  role: WorkspaceRole;
  /** What a personal access token was given; `null` for somebody who signed in. */
  scopes: readonly TokenScope[] | null;
  /** The workspace demands two-factor sign-in and this account has not set it up yet. */
  mustSetUpTwoFactor: boolean;
  /** When they signed in. */
  signedInAt: Date;
  /** The address they call from. */
  ip: string | null;
}

declare module "express-serve-static-core" {
  interface Locals {
    /** The visitor's address: our own frontend's word for it, or the connection's. */
    address?: string | null;
    /** Set by the authentication middleware when the bearer is good. */
    actor?: Actor;
    /** Why a known bearer is refused; absent where nothing is known of it. */
    refusal?: ApiError;
    /** Set when the caller proved to be one of our own Lambdas. */
    isService?: boolean;
  }
}
