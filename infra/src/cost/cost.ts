import { databases, prices } from "./prices";
import { peak, person, type Size } from "./usage";

/** Hours of a month. */
const month = 730;
const million = 1e6;
/** kB of a GB. */
const gigabyte = 1e6;
/** What the alarms of a stage look at (observability/alarms.ts), counted as it is paid for: each metric of each formula. */
export const alarmMetrics = 22;

/** Tasks that run on the average of all hours. */
export function averageTasks({ users, minTasks }: Size): number {
  const atPeak = Math.max(minTasks, Math.ceil((users * peak.part) / peak.usersPerTask));
  const busy = (person.workingDays / 30) * peak.hours;
  return atPeak * busy + minTasks * (1 - busy);
}

/** US dollars a month, by what they are paid for. */
export function costOf(size: Size): Record<string, number> {
  const days = size.users * person.workingDays;
  const messages = days * person.messages;
  const frames = messages * (1 + person.frames);
  const posts = messages * (person.listeners + person.otherEvents * person.otherListeners);
  const requests = days * person.requests;
  const fileGb = (days * person.files * person.fileMegabytes) / 1000;
  // Each frame is one call of a handler, which calls the API for every message and looks at the table.
  const calls = frames + days * 2 * person.hours;
  const outGb = (requests * person.kilobytes) / gigabyte + fileGb * person.fileReads;
  const tasks = averageTasks(size);
  const { cpu, memoryGb } = size.task;

  return {
    Fargate: tasks * month * (cpu * prices.fargateCpu + memoryGb * prices.fargateMemory),
    "Load balancer, firewall":
      month * prices.loadBalancer +
      (requests / person.workingDays / 8 / 3600 / 25) * 8 * person.workingDays * prices.loadBalancerUnit +
      prices.firewall +
      2 * prices.firewallRule +
      ((requests + calls) / million) * prices.firewallRequests,
    "NAT, addresses":
      month * (size.natGateways * prices.natGateway + (size.natGateways + 2) * prices.publicAddress) +
      // To MongoDB and out: about as much again as goes to browsers, and the posts to API Gateway.
      (outGb + (posts * 0.8) / gigabyte) * prices.natTraffic,
    "WebSocket (API Gateway)":
      ((frames + posts) / million) * prices.socketMessages +
      ((days * person.hours * 60) / million) * prices.socketMinutes,
    // 512 MB for 60 ms.
    Lambda: (calls / million) * prices.lambdaCalls + calls * 0.5 * 0.06 * prices.lambdaTime,
    DynamoDB:
      // A connection writes some twenty rows of a kilobyte with their index; each look-up of listeners reads their rows.
      ((days * 1.3 * 2 * 20 * 2) / million) * prices.tableWrites +
      ((messages * (1 + person.otherEvents) * person.listeners * 0.06 + frames) / million) * prices.tableReads,
    // Kept for a year.
    "Files (S3)": fileGb * 12 * prices.fileStorage + ((days * person.files * 2) / 1000) * prices.fileUploads,
    "Traffic out": outGb * prices.traffic,
    "Mail (SES)": ((size.users * person.mails) / 1000) * prices.mail,
    "Logs, alarms, metrics":
      (((requests + frames) * person.logKilobytes) / gigabyte) * prices.logs +
      alarmMetrics * prices.alarmMetric +
      prices.compositeAlarm +
      // Ours, and those of Container Insights for one service.
      (4 + 15) * prices.metric +
      prices.dashboard,
    "Secrets, keys, DNS": 6 * prices.secret + prices.key + prices.zone,
    "MongoDB Atlas": databases[size.database],
  };
}
