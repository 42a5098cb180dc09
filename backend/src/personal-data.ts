import { onAccountDeleted } from "./features/accounts/forgetting";
import { exportDrafts, exportReminders, exportScheduled, forgetLater } from "./features/later/personal-data";
import { exportSettings, forgetNotices } from "./features/notifications/personal-data";
import { addToExport } from "./features/profile/export-parts";

/** Names every feature that keeps something for one person alone, and that accounts and profiles may not know. Twice is once. */
export function nameWhatIsPersonal(): void {
  onAccountDeleted(forgetLater);
  onAccountDeleted(forgetNotices);
  addToExport("drafts.json", exportDrafts);
  addToExport("scheduled-messages.json", exportScheduled);
  addToExport("reminders.json", exportReminders);
  addToExport("notification-settings.json", exportSettings);
}
