import { readFileSync } from "node:fs";
import * as z from "zod";

const host = z.hostname().refine((name) => name.includes("."), "must be a full domain name, like chat.example.com");
const certificate = z.string().regex(/^arn:[\w-]+:acm:/, "must be the ARN of a certificate in ACM");

/** CloudWatch keeps logs for certain lengths only. */
const logRetentionDays = z.union([7, 14, 30, 60, 90, 180, 365].map((days) => z.literal(days)));

const Settings = z.strictObject({
  /** The address people open, without `https://`. */
  domainName: host,
  /** Where its DNS is kept, in this account. Absent: a certificate must be given, and the records are yours to make. */
  hostedZone: z
    .strictObject({
      id: z.string().regex(/^Z[A-Z0-9]+$/, "must be the id of a hosted zone, like Z0123456789"),
      name: host,
    })
    .optional(),
  /** A certificate of the same region. Absent: one is made, and validated through the hosted zone. */
  certificateArn: certificate.optional(),
  /** The sender of all mail; its domain is proven to SES. */
  mailFrom: z.string().regex(/^[^<>]*<[^<>@\s]+@[^<>@\s]+>$/, "must look like: Name <address@example.com>"),
  /** While the account is in SES's sandbox: there SES asks for the right to the identity of whoever is written to as well. */
  mailSandbox: z.boolean().default(false),
  /** The secret that you made (docs/deployment/README.md): its ARN from behind `secret:` to the end. */
  ownSecret: z
    .string()
    .regex(/^[\w/+=.@-]+-[A-Za-z0-9]{6}$/, "must end in a hyphen and the six characters that AWS added"),
  /** One is cheaper; two, one in each zone, go on when a zone is lost. */
  natGateways: z.number().int().min(1).max(2).default(1),
  task: z.strictObject({
    /** Units of which 1,024 are one virtual CPU, for both containers together. */
    cpu: z.literal([512, 1024, 2048, 4096]),
    memoryMb: z.number().int().multipleOf(1024).min(2048).max(30_720),
    min: z.number().int().min(1),
    max: z.number().int().max(100),
    /** What the images are built for. */
    architecture: z.enum(["x86_64", "arm64"]).default("x86_64"),
  }),
  /** `blue-green`: the new tasks are tested beside the old ones before any traffic is theirs; twice the tasks for that time. */
  deployment: z.enum(["rolling", "blue-green"]).default("rolling"),
  /** A CloudFront distribution for what never changes; its certificate is in us-east-1, where CloudFront looks for it. */
  assets: z.strictObject({ domainName: host, certificateArn: certificate }).optional(),
  /** Also keep repositories that everybody may pull from. They exist in us-east-1 only. */
  publicImages: z.boolean().default(false),
  /** Web push: where the operators of push services reach yours. The pair of keys is in the installation's own secret. */
  push: z
    .strictObject({
      subject: z.string().regex(/^(mailto:\S+@\S+|https:\/\/\S+)$/, "must be a mailto: or https: address"),
    })
    .optional(),
  /** Sign-in with Google. The client's id and secret are in the installation's own secret. */
  google: z.boolean().default(false),
  /** Accept tokens and decrypt data made with the secrets before the last change. See docs/deployment/secrets.md. */
  acceptPreviousSecrets: z.boolean().default(false),
  /** From where the pipeline deploys. */
  github: z
    .strictObject({
      /** As GitHub's tokens name it: repositories made or renamed since July 2026 carry the ids, `owner@123/name@456`. */
      repository: z
        .string()
        .regex(/^([\w.-]+\/[\w.-]+|[\w.-]+@\d+\/[\w.-]+@\d+)$/, "must look like owner/name or owner@123/name@456"),
      /** An account has one such provider; let the stage that is deployed first make it. */
      createProvider: z.boolean(),
    })
    .optional(),
  logRetentionDays,
  /** Keep data, files and secrets when the stack is deleted. */
  retainData: z.boolean().default(true),
  /** What all files may take together, in units of 1,048,576 bytes. */
  filesQuotaMb: z.number().int().min(1).default(10_240),
  /** What one person, or one network, may do. */
  limits: z
    .strictObject({
      messagesPerMinute: z.number().int().min(1).default(60),
      callsPer10Seconds: z.number().int().min(1).default(100),
      uploadsPerHour: z.number().int().min(1).default(20),
      strangersPerHour: z.number().int().min(1).default(1000),
      /** Calls in five minutes from one address, at the firewall: an office behind one address is one. */
      callsPerAddress: z.number().int().min(100).default(60_000),
    })
    .prefault({}),
  linkPreviews: z.enum(["on", "off"]).default("on"),
  logLevel: z.enum(["warn", "info", "debug"]).default("info"),
});

const Consistent = Settings.superRefine((settings, context) => {
  const { hostedZone, domainName, certificateArn, task } = settings;
  if (!hostedZone && !certificateArn)
    context.addIssue({ code: "custom", path: ["certificateArn"], message: "is needed where there is no hostedZone" });
  if (hostedZone && !`.${domainName}`.endsWith(`.${hostedZone.name}`))
    context.addIssue({
      code: "custom",
      path: ["domainName"],
      message: `must be in the hosted zone ${hostedZone.name}`,
    });
  if (task.min > task.max)
    context.addIssue({ code: "custom", path: ["task", "min"], message: "must not be more than task.max" });
  const [least, most] = [task.cpu * 2, task.cpu * 8];
  if (task.memoryMb < least || task.memoryMb > most)
    context.addIssue({
      code: "custom",
      path: ["task", "memoryMb"],
      message: `must be from ${least} to ${most} with ${task.cpu} units of CPU`,
    });
});

/** One installation: everything in which it differs from another. */
export type StageConfig = z.output<typeof Consistent> & { stage: string };

/** Something that whoever deploys can put right: its message is all that they need to read. */
export class SettingsProblem extends Error {}

const stageName = /^[a-z][a-z0-9]{1,15}$/;

/** @throws SettingsProblem with one line per wrong setting */
export function parseStage(stage: string, settings: unknown): StageConfig {
  if (!stageName.test(stage))
    throw new SettingsProblem(
      `A stage's name is 2 to 16 small letters and digits, beginning with a letter: not "${stage}".`,
    );
  const parsed = Consistent.safeParse(settings);
  if (parsed.success) return { ...parsed.data, stage };
  const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join(".") || "(the whole)"}: ${message}`);
  throw new SettingsProblem(`The stage "${stage}" cannot be deployed with these settings:\n${lines.join("\n")}`);
}

/** @throws SettingsProblem when the file is missing, not JSON, or not a stage's settings */
export function readStage(stage: string, file: string): StageConfig {
  let settings: unknown;
  try {
    settings = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new SettingsProblem(`The settings of the stage "${stage}" could not be read: ${String(error)}`, {
      cause: error,
    });
  }
  return parseStage(stage, settings);
}

/** What is between the brackets of {@link StageConfig.mailFrom}. */
export const senderOf = ({ mailFrom }: StageConfig): string => /<(.+)>$/.exec(mailFrom)?.[1] ?? mailFrom;

export const mailDomainOf = (config: StageConfig): string => senderOf(config).split("@")[1] ?? config.domainName;
