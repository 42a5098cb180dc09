import type { MessageDocument } from "../messages/messages.model";
import type { SearchPosition } from "./position";
import { matches, type Criteria } from "./query/criteria";
import { comparePlaces, type Place } from "./segments/documents";

/** How long one answer may take to look through messages, in milliseconds: then it is given as far as it goes. */
const patience = 250;

/** Some of the messages that match. */
export interface Found {
  messages: MessageDocument[];
  /** Where to go on; `null` at the end. */
  next: SearchPosition | null;
}

export const placeOf = ({ createdAt, _id }: MessageDocument): Place => ({
  time: createdAt.getTime(),
  id: _id.toHexString(),
});
export const newestFirst = (a: MessageDocument, b: MessageDocument): number => comparePlaces(placeOf(a), placeOf(b));

/** Whether a message stands after a place in the order of answers; everything does when there is none. */
export const standsAfter = (message: MessageDocument, place: Place | undefined): boolean =>
  !place || comparePlaces(placeOf(message), place) > 0;

/** No more than `limit` of some messages in their order; `next` is where to go on when these are all. */
export function firstOf(messages: MessageDocument[], limit: number, next: SearchPosition | null): Found {
  const last = messages[limit - 1];
  if (messages.length <= limit || !last) return { messages, next };
  return { messages: messages.slice(0, limit), next: { place: placeOf(last) } };
}

/** One answer being made: what is looked for, how many messages it takes, and until when. */
export class Answer {
  readonly #deadline = performance.now() + patience;

  constructor(
    readonly criteria: Criteria,
    readonly limit: number,
  ) {}

  get isOver(): boolean {
    return performance.now() > this.#deadline;
  }

  matching(messages: MessageDocument[]): MessageDocument[] {
    return messages.filter((message) => matches(message, this.criteria));
  }
}
