import { workspaceTopic } from "@connectbest/contract";
import { publish } from "../../realtime/publish";
import { presentUser, type VisibleUser } from "./users.presenter";

/** Tells everybody that somebody's name, picture or role is another now. */
export const publishUser = (user: VisibleUser): void =>
  publish(workspaceTopic, { type: "user.updated", user: presentUser(user) });
