import { fill, type Migration } from "./migration";

/** People and sessions from before there were statuses, preferences, suspension and access tokens. */
export const accounts: Migration = {
  name: "0001-accounts",
  steps: [
    fill("users", "preferences", {
      status: "online",
      statusMessage: null,
      statusExpiresAt: null,
      preferences: { notifications: "all", soundEnabled: true, timezone: "UTC", theme: "system" },
      pendingEmail: null,
      twoFactorEnabled: false,
      accessRev: 0,
      suspendedAt: null,
      suspendedReason: null,
      deletedAt: null,
    }),
    fill("sessions", "kind", { kind: "session", method: "password", lastSeenAt: null }),
  ],
};
