import { createMetrics, type Metrics } from "@connectbest/websocket";
import type { Logger } from "pino";
import type { Config } from "./config";
import { composeLetter } from "./features/accounts/letters";
import { listeningWorker, settleListeners } from "./features/channel-management/listening";
import { filesCleanUp } from "./features/files/clean-up";
import { createFileStorage, incomingFiles } from "./files-storage/create-file-storage";
import { reminderWorker } from "./features/later/reminders.service";
import { scheduledWorker } from "./features/later/send-scheduled";
import { enqueuePreviews, previewWorker } from "./features/link-previews/link-previews";
import { ChannelFeed } from "./features/messages/channel-feed";
import { ClearOnRead } from "./features/notifications/clear-on-read";
import { unreadMailWorker } from "./features/notifications/mail-unread";
import { notify } from "./features/notifications/notify";
import { pushWorker } from "./features/notifications/push";
import { vapidOf } from "./features/notifications/push-message";
import { remind } from "./features/notifications/remind";
import { composeUnread } from "./features/notifications/unread-letter";
import { MetricsReport } from "./features/ops/report-metrics";
import { SearchIndexer } from "./features/search/indexing/search-indexer";
import { deliveryWorker } from "./features/webhooks/deliver";
import { enqueueDeliveries } from "./features/webhooks/enqueue-deliveries";
import { createMailer } from "./mail/create-mailer";
import { OutboxWorker } from "./mail/outbox";
import { createGuardedFetch } from "./outgoing/create-guarded-fetch";

/** Something that goes on beside the requests, in every process. */
interface Background {
  start(): void;
  /** Takes nothing further; resolves when what is under way is done. */
  stop(): Promise<void>;
}

function backgroundOf(config: Config, logger: Logger, metrics: Metrics): Background[] {
  const guarded = createGuardedFetch(config);
  const vapid = vapidOf(config);
  const isPreviewing = config.LINK_PREVIEWS === "on";
  const consumers = [settleListeners, notify, enqueueDeliveries, ...(isPreviewing ? [enqueuePreviews] : [])];
  return [
    deliveryWorker(config, guarded, logger),
    ...(isPreviewing ? [previewWorker(guarded, logger)] : []),
    new OutboxWorker(createMailer(config), composeLetter(config, { unread: composeUnread(config) }), logger),
    filesCleanUp(createFileStorage(config, logger), incomingFiles(config), logger),
    new SearchIndexer(logger),
    new ChannelFeed(consumers, logger),
    listeningWorker(logger),
    scheduledWorker(config, logger),
    reminderWorker(remind, logger),
    unreadMailWorker(logger),
    ...(vapid ? [pushWorker(vapid, guarded, logger)] : []),
    new ClearOnRead(logger),
    ...(config.METRICS_NAMESPACE ? [new MetricsReport(metrics, logger)] : []),
  ];
}

/** Everything that goes on beside the requests. */
export function createBackground(
  config: Config,
  logger: Logger,
  metrics: Metrics = createMetrics(undefined),
): Background {
  const all = backgroundOf(config, logger, metrics);
  return {
    start: () => all.forEach((one) => one.start()),
    stop: async () => void (await Promise.all(all.map((one) => one.stop()))),
  };
}
