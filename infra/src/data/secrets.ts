import { ArnFormat } from "aws-cdk-lib";
import { Secret, type ISecret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { StageStack } from "../stage/stage-stack";

/** Characters of a generated secret: letters and digits, so 5.95 bits each. */
const length = 64;

/**
 * What nobody but the programs may know. Those that are randomness are made by the first deployment and never leave Secrets
 * Manager; what only a person can know is in one secret that exists before ({@link Secrets.own}).
 */
export class Secrets extends Construct {
  readonly jwt: ISecret;
  readonly service: ISecret;
  readonly frontend: ISecret;
  readonly nextAuth: ISecret;
  readonly encryption: ISecret;
  /** A JSON object: MONGODB_URI, and where they are used GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY. */
  readonly own: ISecret;

  constructor(stack: StageStack, id: string) {
    super(stack, id);
    const random = (name: string, description: string) =>
      new Secret(this, name, {
        secretName: stack.named(name),
        description,
        generateSecretString: { passwordLength: length, excludePunctuation: true },
        removalPolicy: stack.removal,
      });
    this.jwt = random("jwt", "Signs bearers and socket tickets.");
    this.service = random("service", "By which the WebSocket handlers prove to the API who they are.");
    this.frontend = random("frontend", "By which the frontend proves to the API who it is.");
    this.nextAuth = random("next-auth", "Encrypts the session cookie.");
    this.encryption = random("encryption", "Encrypts the seeds of authenticator apps in the database.");
    // A task definition wants the whole ARN: a name, or an ARN without the six characters at its end, is not found.
    const arn = stack.formatArn({
      service: "secretsmanager",
      resource: "secret",
      resourceName: stack.config.ownSecret,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    this.own = Secret.fromSecretCompleteArn(this, "own", arn);
  }
}
