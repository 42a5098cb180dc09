import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";

/** A secret as Secrets Manager keeps it: the present value, and after a change the one before. */
interface StoredSecret {
  current: string;
  previous?: string | undefined;
}

export type SecretReader = (arn: string) => Promise<StoredSecret>;

/** Reads through AWS's client, once made. @throws what the client throws, but for a previous value that there is not */
export function secretsManager(region: string): SecretReader {
  const client = new SecretsManagerClient({
    region,
    maxAttempts: 3,
    // Without `throw…` a call that is not answered is only warned of, and holds the event that waits for it.
    requestHandler: { connectionTimeout: 2000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });
  const read = async (SecretId: string, VersionStage: string) =>
    (await client.send(new GetSecretValueCommand({ SecretId, VersionStage }))).SecretString;
  return async (arn) => {
    const [current, previous] = await Promise.all([
      read(arn, "AWSCURRENT"),
      read(arn, "AWSPREVIOUS").catch((error: unknown) => {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }),
    ]);
    return { current: current ?? "", previous };
  };
}

type Environment = Record<string, string | undefined>;

/** The variables whose values are secrets, each beside the one that says where its value is kept. */
const stored = ["JWT_SECRET", "SERVICE_SECRET"] as const;

/**
 * The environment with the secrets in it: a Lambda is told only where they are (`JWT_SECRET_ARN`), so that whoever may look at its
 * settings does not see them. What is set outright stays.
 */
export async function withStoredSecrets(environment: Environment, reader: SecretReader): Promise<Environment> {
  const found = await Promise.all(
    stored.map(async (name): Promise<Environment> => {
      const arn = environment[`${name}_ARN`];
      if (!arn) return {};
      const { current, previous } = await reader(arn);
      return { [name]: current, [`${name}_PREVIOUS`]: previous };
    }),
  );
  return Object.assign({}, environment, ...found) as Environment;
}
