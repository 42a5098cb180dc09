import * as z from "zod";
import { defineRoute } from "../route";
import { CurrentPassword, TwoFactorCode } from "./auth";

const BackupCodes = z.object({ backupCodes: z.array(z.string()).length(10) });

export const twoFactorStatus = defineRoute({
  method: "get",
  path: "/2fa/status",
  access: "user",
  scope: "session",
  duringSetup: true,
  tag: "Two-factor",
  summary: "Whether my sign-in asks for a second factor, and whether it must",
  response: z.object({
    enabled: z.boolean(),
    /** The workspace demands it of everybody. */
    required: z.boolean(),
    backupCodesLeft: z.int().min(0),
  }),
  status: 200,
});

export const setUpTwoFactor = defineRoute({
  method: "post",
  path: "/2fa/setup",
  access: "user",
  scope: "session",
  duringSetup: true,
  tag: "Two-factor",
  summary: "Begin: a secret for the authenticator app, as text, link and QR code (a data URL)",
  body: z.object({ password: CurrentPassword }),
  response: z.object({ secret: z.string(), otpauthUrl: z.string(), qrCode: z.string() }),
  status: 200,
  errors: ["forbidden", "conflict"],
});

export const verifyTwoFactorSetup = defineRoute({
  method: "post",
  path: "/2fa/verify-setup",
  access: "user",
  scope: "session",
  duringSetup: true,
  tag: "Two-factor",
  summary: "Finish with a code of the app; answers ten backup codes, shown this once. Other sessions end",
  body: z.object({ code: TwoFactorCode }),
  response: BackupCodes,
  status: 200,
  errors: ["invalid_two_factor_code", "conflict"],
});

export const disableTwoFactor = defineRoute({
  method: "post",
  path: "/2fa/disable",
  access: "user",
  scope: "session",
  tag: "Two-factor",
  summary: "Sign in without a second factor again",
  body: z.object({ password: CurrentPassword, code: TwoFactorCode.optional() }),
  response: null,
  status: 204,
  errors: ["forbidden", "invalid_two_factor_code", "conflict"],
});

export const regenerateBackupCodes = defineRoute({
  method: "post",
  path: "/2fa/regenerate-backup-codes",
  access: "user",
  scope: "session",
  tag: "Two-factor",
  summary: "Ten new backup codes; the old ones end",
  body: z.object({ code: TwoFactorCode }),
  response: BackupCodes,
  status: 200,
  errors: ["invalid_two_factor_code", "conflict"],
});
