import express, { Router, type Express } from "express";
import helmet from "helmet";
import type { Logger } from "pino";
import type { Config } from "./config";
import { isDatabasePrepared } from "./db/connect";
import { accountsRoutes } from "./features/accounts/accounts.routes";
import { adminRoutes } from "./features/admin/admin.routes";
import { channelManagementRoutes } from "./features/channel-management/channel-management.routes";
import { channelsRoutes } from "./features/channels/channels.routes";
import { directMessagesRoutes } from "./features/direct-messages/direct-messages.routes";
import { filesRoutes } from "./features/files/files.routes";
import { laterRoutes } from "./features/later/later.routes";
import { messagesRoutes } from "./features/messages/messages.routes";
import { notificationsRoutes } from "./features/notifications/notifications.routes";
import { opsRoutes } from "./features/ops/ops.routes";
import { presenceRoutes } from "./features/presence/presence.routes";
import { profileRoutes } from "./features/profile/profile.routes";
import { realtimeRoutes } from "./features/realtime/realtime.routes";
import { searchRoutes } from "./features/search/search.routes";
import { authenticate } from "./features/sessions/authenticate";
import { sessionsRoutes } from "./features/sessions/sessions.routes";
import { signInRoutes } from "./features/sign-in/sign-in.routes";
import { syncRoutes } from "./features/sync/sync.routes";
import { twoFactorRoutes } from "./features/two-factor/two-factor.routes";
import { usersRoutes } from "./features/users/users.routes";
import { createFileStorage, incomingFiles } from "./files-storage/create-file-storage";
import { webhooksRoutes } from "./features/webhooks/webhooks.routes";
import { errorHandler, noSuchRoute } from "./http/error-handler";
import { unavailable } from "./http/errors";
import { requestLog } from "./http/request-log";
import { findVisitor } from "./http/visitor";
import { openApiRoutes } from "./openapi/openapi.routes";
import { nameWhatIsPersonal } from "./personal-data";

/** The whole API as an Express application, without a port: what `server.ts` listens with and tests call. */
export function createApp(config: Config, logger: Logger): Express {
  nameWhatIsPersonal();
  const app = express();
  app.set("query parser", "simple");
  // Answers are JSON for programs: an ETag would cost a hash of each and save nothing.
  app.set("etag", false);
  app.disable("x-powered-by");
  app.set("trust proxy", config.TRUSTED_PROXIES);
  app.use(requestLog(logger));
  app.use(helmet());
  app.use(findVisitor(config));

  const api = Router();
  opsRoutes(api, config);
  openApiRoutes(app, config);
  api.use((_request, _response, next) => {
    if (!isDatabasePrepared()) throw unavailable();
    next();
  });
  api.use(authenticate(config));
  api.use(express.json({ limit: "1mb" }));
  signInRoutes(api, config);
  sessionsRoutes(api);
  twoFactorRoutes(api, config);
  accountsRoutes(api, config);
  // Before the routes of people: `/users/presence` is no id.
  presenceRoutes(api);
  usersRoutes(api);
  profileRoutes(api, config);
  channelsRoutes(api);
  filesRoutes(api, { storage: createFileStorage(config, logger), incoming: incomingFiles(config), config });
  messagesRoutes(api, config);
  channelManagementRoutes(api);
  laterRoutes(api, config);
  notificationsRoutes(api, config);
  webhooksRoutes(api, config);
  searchRoutes(api);
  directMessagesRoutes(api, config);
  syncRoutes(api);
  realtimeRoutes(api, config);
  adminRoutes(api);

  app.use("/api", api);
  app.use(noSuchRoute);
  app.use(errorHandler);
  return app;
}
