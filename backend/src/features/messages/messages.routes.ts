import { routes } from "@connectbest/contract";
import type { Router } from "express";
import type { Config } from "../../config";
import { handle } from "../../http/handle";
import * as bookmarks from "./bookmarks.service";
import { deleteMessage } from "./delete-message";
import { edit, history } from "./edit-message";
import * as messages from "./messages.service";
import * as pins from "./pins.service";
import * as reactions from "./reactions.service";
import * as readMarks from "./read-marks.service";
import * as threads from "./threads.service";

export function messagesRoutes(router: Router, config: Config): void {
  handle(router, routes.listMessages, ({ actor, params, query }) => messages.page(actor, params.id, query));
  handle(router, routes.postMessage, ({ actor, params, body }) => messages.post(actor, params.id, body, config));
  handle(router, routes.getMessage, ({ actor, params }) => messages.get(actor, params.id));
  handle(router, routes.editMessage, ({ actor, params, body }) => edit(actor, params.id, body.content));
  handle(router, routes.deleteMessage, ({ actor, params }) => deleteMessage(actor, params.id));
  handle(router, routes.messageHistory, ({ actor, params }) => history(actor, params.id));
  handle(router, routes.forwardMessage, ({ actor, params, body }) => messages.forward(actor, params.id, body, config));
  handle(router, routes.markRead, ({ actor, params, body }) => readMarks.markRead(actor, params.id, body.seq));
  handle(router, routes.markUnread, ({ actor, params }) => readMarks.markUnread(actor, params.id));

  handle(router, routes.listThreads, ({ actor, query }) => threads.list(actor, query));
  handle(router, routes.listReplies, ({ actor, params, query }) => threads.replies(actor, params.id, query));
  handle(router, routes.postReply, ({ actor, params, body }) => messages.reply(actor, params.id, body, config));
  handle(router, routes.readThread, ({ actor, params, body }) => threads.read(actor, params.id, body.seq));
  handle(router, routes.followThread, ({ actor, params }) => threads.follow(actor, params.id));
  handle(router, routes.unfollowThread, ({ actor, params }) => threads.unfollow(actor, params.id));

  handle(router, routes.addReaction, ({ actor, params }) => reactions.add(actor, params.id, params.emoji));
  handle(router, routes.removeReaction, ({ actor, params }) => reactions.remove(actor, params.id, params.emoji));
  handle(router, routes.pinMessage, ({ actor, params }) => pins.pin(actor, params.id));
  handle(router, routes.unpinMessage, ({ actor, params }) => pins.unpin(actor, params.id));
  handle(router, routes.listPins, ({ actor, params }) => pins.list(actor, params.id));
  handle(router, routes.addBookmark, ({ actor, params }) => bookmarks.add(actor, params.id));
  handle(router, routes.removeBookmark, ({ actor, params }) => bookmarks.remove(actor, params.id));
  handle(router, routes.listBookmarks, ({ actor, query }) => bookmarks.list(actor, query));
}
