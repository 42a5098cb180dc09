import type { databases } from "./prices";

/** What one person who uses it on a working day does. */
export const person = {
  workingDays: 22,
  /** Messages sent a day. */
  messages: 40,
  /** Devices that hear a message as it comes: members who are there, and their second devices. */
  listeners: 12,
  /** What else is told over the socket for each message (typing, reactions, reads, presence), and to how many devices. */
  otherEvents: 3,
  otherListeners: 6,
  /** Frames that a page sends for each message beside the message itself (typing, presence, pings). */
  frames: 4,
  /** Hours a day that a page is open, on 1.3 devices. */
  hours: 8 * 1.3,
  /** Calls of the API and pages a day, and kB answered to each. */
  requests: 600,
  kilobytes: 6,
  /** Files uploaded a day, their size in MB, and how often each is opened. */
  files: 0.5,
  fileMegabytes: 1,
  fileReads: 3,
  /** Mails a month. */
  mails: 6,
  /** Kilobytes of logs for each request and frame. */
  logKilobytes: 0.4,
} as const;

export interface Size {
  users: number;
  task: { cpu: number; memoryGb: number };
  /** Tasks when nobody is there. */
  minTasks: number;
  natGateways: number;
  database: keyof typeof databases;
}

/** Part of the people who are active in the busiest hour, and how many of them a task serves (docs/performance.md). */
export const peak = { part: 0.3, usersPerTask: 500, /** Of a day's hours. */ hours: 8 / 24 };

export const sizes: Size[] = [
  { users: 10, task: { cpu: 0.5, memoryGb: 2 }, minTasks: 1, natGateways: 1, database: "M10" },
  { users: 500, task: { cpu: 2, memoryGb: 4 }, minTasks: 2, natGateways: 2, database: "M20" },
  { users: 50_000, task: { cpu: 2, memoryGb: 4 }, minTasks: 2, natGateways: 2, database: "M60" },
];
