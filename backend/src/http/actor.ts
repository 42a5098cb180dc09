import type { WorkspaceRole } from "@connectbest/contract";
import type { Types } from "mongoose";

/** Who is calling, as the database says now (never as the token said when it was issued). */
export interface Actor {
  userId: Types.ObjectId;
  sessionId: Types.ObjectId;
  name: string;
  avatarUrl: string | null;
  role: WorkspaceRole;
}

declare module "express-serve-static-core" {
  interface Locals {
    /** Set by the authentication middleware when the bearer is good. */
    actor?: Actor;
    /** Set when the caller proved to be one of our own Lambdas. */
    isService?: boolean;
  }
}
