/** Amazon's list prices in us-east-1, in US dollars, without free tiers or discounts; MongoDB's for Atlas on AWS. */
export const prices = {
  /** An hour of one virtual CPU, and of one GB of memory. */
  fargateCpu: 0.04048,
  fargateMemory: 0.004445,
  /** An hour, and a capacity unit (25 new connections or 1 GB) for an hour. */
  loadBalancer: 0.0225,
  loadBalancerUnit: 0.008,
  /** An hour, and a GB that passes through. */
  natGateway: 0.045,
  natTraffic: 0.045,
  /** An hour of a public IPv4 address. */
  publicAddress: 0.005,
  /** A month: the firewall, and each rule; and a million requests. */
  firewall: 5,
  firewallRule: 1,
  firewallRequests: 0.6,
  /** A million messages of up to 32 kB in either direction, and a million minutes of connection. */
  socketMessages: 1,
  socketMinutes: 0.25,
  /** A million calls, and a GB-second (arm64). */
  lambdaCalls: 0.2,
  lambdaTime: 0.0000133334,
  /** A million units, on demand. */
  tableWrites: 0.625,
  tableReads: 0.125,
  /** A GB for a month; a thousand uploads. */
  fileStorage: 0.023,
  fileUploads: 0.005,
  /** A GB to the internet. */
  traffic: 0.09,
  /** A thousand mails. */
  mail: 0.1,
  /** A month each. */
  secret: 0.4,
  /** For each metric that alarms look at, however many one formula takes; and for an alarm about alarms. */
  alarmMetric: 0.1,
  compositeAlarm: 0.5,
  metric: 0.3,
  dashboard: 3,
  key: 1,
  zone: 0.5,
  /** A GB of logs taken in. */
  logs: 0.5,
} as const;

/** A month of a replica set of three by its size, with backups. */
export const databases = { M10: 57, M20: 146, M60: 2847 } as const;
