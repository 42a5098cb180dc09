import mongoose, { Schema, type ClientSession, type Types } from "mongoose";

interface WorkspaceDocument {
  _id: string;
  /** The first account, which became the administrator. */
  ownerId: Types.ObjectId;
  requireTwoFactor: boolean;
  /** Raised by every change of who is an administrator, so that two such changes at once meet. */
  adminRev: number;
}

/** One document, `_id: "workspace"`: whoever inserts it is the first account, and so the administrator. */
export const WorkspaceModel = mongoose.model<WorkspaceDocument>(
  "Workspace",
  new Schema<WorkspaceDocument>({
    _id: { type: String, required: true },
    ownerId: { type: Schema.ObjectId, required: true },
    requireTwoFactor: { type: Boolean, default: false },
    adminRev: { type: Number, default: 0 },
  }),
  "workspace",
);

export interface WorkspaceRules {
  requireTwoFactor: boolean;
}

const theOne = { _id: "workspace" };

/** For how long a process may go by what it has read, in milliseconds: the rules are asked for before every call. */
const freshness = 1000;
let known: { rules: Promise<WorkspaceRules>; readAt: number } | undefined;

async function readRules(): Promise<WorkspaceRules> {
  const found = await WorkspaceModel.findOne(theOne, { requireTwoFactor: 1 }).lean();
  return { requireTwoFactor: found?.requireTwoFactor ?? false };
}

/** The workspace's rules as they were at most a second ago. */
export function workspaceRules(): Promise<WorkspaceRules> {
  if (!known || Date.now() - known.readAt > freshness) {
    const rules = readRules();
    rules.catch(() => (known = undefined));
    known = { rules, readAt: Date.now() };
  }
  return known.rules;
}

export async function changeRules(change: Partial<WorkspaceRules>): Promise<WorkspaceRules> {
  await WorkspaceModel.updateOne(theOne, { $set: change });
  known = undefined;
  return workspaceRules();
}

/** Within a transaction that changes who is an administrator: others of its kind must wait for it. */
export const lockAdministrators = async (session: ClientSession): Promise<void> =>
  void (await WorkspaceModel.updateOne(theOne, { $inc: { adminRev: 1 } }, { session }));
