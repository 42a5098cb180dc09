import type mongoose from "mongoose";

type Db = NonNullable<mongoose.Connection["db"]>;

/** People and sessions from before there were statuses, preferences, suspension and access tokens. */
export async function accounts(db: Db): Promise<void> {
  await db.collection("users").updateMany(
    { preferences: { $exists: false } },
    {
      $set: {
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
      },
    },
  );
  await db
    .collection("sessions")
    .updateMany({ kind: { $exists: false } }, { $set: { kind: "session", method: "password", lastSeenAt: null } });
}
