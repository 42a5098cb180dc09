import type { Route } from "../route";
import * as admin from "./admin";
import * as auth from "./auth";
import * as channels from "./channels";
import * as directMessages from "./direct-messages";
import * as files from "./files";
import * as later from "./later";
import * as live from "./live";
import * as messages from "./messages";
import * as notifications from "./notifications";
import * as ops from "./ops";
import * as search from "./search";
import * as sessions from "./sessions";
import * as twoFactor from "./two-factor";
import * as users from "./users";
import * as webhooks from "./webhooks";

const { ChannelSync: _, ...liveRoutes } = live;
const { MessagePage: _page, PageQuery: _query, ...messageRoutes } = messages;
const { TwoFactorCode: __, CurrentPassword: ___, ...authRoutes } = auth;

/** The whole wire. A route that is not here does not exist. */
export const routes = {
  ...authRoutes,
  ...sessions,
  ...twoFactor,
  ...users,
  ...channels,
  ...files,
  ...messageRoutes,
  ...later,
  ...notifications,
  ...webhooks,
  ...search,
  ...directMessages,
  ...liveRoutes,
  ...admin,
  ...ops,
} as const satisfies Record<string, Route>;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
