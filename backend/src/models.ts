/**
 * Every collection there is. A model exists once its file has been read: whoever prepares, describes, compares or moves
 * the database reads this file first, and so knows them all, whatever else it needs. A test finds what is missing here.
 */
import mongoose from "mongoose";
import "./db/shared-limit";
import "./features/accounts/mailed-links";
import "./features/accounts/registrations.model";
import "./features/audit/audit.model";
import "./features/channel-management/listening-jobs.model";
import "./features/channel-management/sections.model";
import "./features/channels/channels.model";
import "./features/channels/members.model";
import "./features/files/files.model";
import "./features/files/quota";
import "./features/later/drafts.model";
import "./features/later/reminders.model";
import "./features/later/scheduled-messages.model";
import "./features/link-previews/preview-jobs.model";
import "./features/messages/bookmarks.model";
import "./features/messages/channel-cursors.model";
import "./features/messages/messages.model";
import "./features/messages/pins.model";
import "./features/messages/thread-follows.model";
import "./features/messages/versions.model";
import "./features/notifications/notification-settings.model";
import "./features/notifications/notifications.model";
import "./features/notifications/push-subscriptions.model";
import "./features/notifications/pushes.model";
import "./features/notifications/unread-mails.model";
import "./features/search/indexing/lease";
import "./features/search/indexing/manifest";
import "./features/search/segments/segments.model";
import "./features/sessions/once.model";
import "./features/sessions/sessions.model";
import "./features/two-factor/two-factor.model";
import "./features/users/avatars.model";
import "./features/users/users.model";
import "./features/users/workspace";
import "./features/webhooks/deliveries.model";
import "./features/webhooks/incoming-webhooks.model";
import "./features/webhooks/outgoing-webhooks.model";
import "./mail/outgoing-mail.model";

type AnyModel = (typeof mongoose.models)[string];

/** In the order of their collections' names. */
export const allModels = (): AnyModel[] =>
  Object.values(mongoose.models).sort((one, other) =>
    one.collection.collectionName < other.collection.collectionName ? -1 : 1,
  );
