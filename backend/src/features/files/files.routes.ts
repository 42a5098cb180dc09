import { routes } from "@connectbest/contract";
import type { Router } from "express";
import { handle } from "../../http/handle";
import type { FilesContext } from "./files-context";
import * as files from "./files.service";
import { receiveUpload, uploadFile } from "./upload-file";

export function filesRoutes(router: Router, context: FilesContext): void {
  handle(router, routes.uploadFile, ({ actor, file }) => uploadFile(actor, file, context), receiveUpload(context));
  handle(router, routes.getFile, ({ actor, params }) => files.locate(actor, params.id, "original", context));
  handle(router, routes.getThumbnail, ({ actor, params }) => files.locate(actor, params.id, "thumbnail", context));
  handle(router, routes.fileContent, ({ params, query }) => files.content(params.id, query, context));
  handle(router, routes.deleteFile, ({ actor, params }) => files.remove(actor, params.id));
  handle(router, routes.listChannelFiles, ({ actor, params, query }) => files.listOfChannel(actor, params.id, query));
}
