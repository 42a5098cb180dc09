import { scheduleDays } from "@connectbest/contract";
import { invalidRequest } from "../../http/errors";

/** @param field the part of the body it came from. @throws invalid_request unless it is within the next 120 days */
export function parseMoment(text: string, field: string): Date {
  const moment = new Date(text);
  const ahead = moment.getTime() - Date.now();
  if (ahead > 0 && ahead <= scheduleDays * 24 * 3600 * 1000) return moment;
  throw invalidRequest(`Choose a time between now and ${scheduleDays} days ahead.`, [
    { path: `body.${field}`, message: `Must be between now and ${scheduleDays} days ahead.` },
  ]);
}
