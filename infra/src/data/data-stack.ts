import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import type { StageConfig } from "../stage/stage-config";
import { StageStack } from "../stage/stage-stack";
import { ConnectionsTable } from "./connections-table";
import { FilesBucket } from "./files-bucket";
import { MailIdentity } from "./mail-identity";
import { Secrets } from "./secrets";

/** What outlives every deployment: files, live connections, secrets, the right to send mail. Messages are in MongoDB. */
export class DataStack extends StageStack {
  readonly connections: ConnectionsTable;
  readonly files: FilesBucket;
  readonly secrets: Secrets;
  readonly mail: MailIdentity;

  constructor(scope: Construct, config: StageConfig, logs: IBucket) {
    super(scope, "Data", config, "files, connections, secrets, mail");
    this.connections = new ConnectionsTable(this, "Connections");
    this.files = new FilesBucket(this, "Files", logs);
    this.secrets = new Secrets(this, "Secrets");
    this.mail = new MailIdentity(this, "Mail");
  }
}
