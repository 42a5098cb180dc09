import { Types, type Model, type QueryFilter } from "mongoose";
import { dateOf, decodeCursor, encodeCursor } from "../http/cursor";

interface Order<T> {
  /** The moment it goes by. */
  by: keyof T & string;
  /** 1: the earliest first; -1: the latest. */
  direction: 1 | -1;
}

/**
 * One page of what `filter` finds, by a moment and, where that is the same, by id.
 * @throws invalid_request when the cursor is not one of ours
 */
export async function findDatePage<T extends { _id: Types.ObjectId }>(
  model: Model<T>,
  filter: QueryFilter<T>,
  { by, direction }: Order<T>,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ found: T[]; nextCursor: string | null }> {
  const place = decodeCursor(page.cursor);
  const moment = place && dateOf(place);
  const [beyond, from] = direction === 1 ? ["$gt", "$gte"] : ["$lt", "$lte"];
  const rest = place && {
    [by]: { [from]: moment },
    $or: [{ [by]: { [beyond]: moment } }, { _id: { [beyond]: new Types.ObjectId(place.id) } }],
  };
  const rows = (await model
    .find({ ...filter, ...rest } as QueryFilter<T>)
    .sort({ [by]: direction, _id: direction })
    .limit(page.limit + 1)
    .lean()) as T[];
  const found = rows.slice(0, page.limit);
  const last = found.at(-1);
  const at = last?.[by];
  return {
    found,
    nextCursor:
      rows.length > found.length && last && at instanceof Date
        ? encodeCursor({ key: at.toISOString(), id: last._id.toHexString() })
        : null,
  };
}
