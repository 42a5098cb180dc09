import { Stack } from "aws-cdk-lib";
import { tableDefinition } from "@connectbest/websocket";
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement, type IGrantable } from "aws-cdk-lib/aws-iam";
import type { StageStack } from "../stage/stage-stack";

const definition = tableDefinition("");
/** By which everybody who listens to a topic is found: most of what is asked of the table is asked of it. */
export const topicIndexName = definition.GlobalSecondaryIndexes?.[0]?.IndexName ?? "";

/** A key as the handlers declare it, in the order partition, sort. */
function keysOf(schema: { AttributeName: string | undefined }[] = []) {
  const [partition, sort] = schema.map(({ AttributeName = "" }) => ({
    name: AttributeName,
    type: AttributeType.STRING,
  }));
  if (!partition || !sort) throw new Error("The table of connections is declared with a partition and a sort key.");
  return { partitionKey: partition, sortKey: sort };
}

/** Who listens to what: one row a connection and topic, by the handlers' own definition of the table. */
export class ConnectionsTable extends Table {
  constructor(scope: StageStack, id: string) {
    super(scope, id, {
      ...keysOf(definition.KeySchema),
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: "ttl",
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: scope.config.retainData,
      removalPolicy: scope.removal,
    });
    for (const { IndexName = "", KeySchema } of definition.GlobalSecondaryIndexes ?? [])
      this.addGlobalSecondaryIndex({ indexName: IndexName, ...keysOf(KeySchema), projectionType: ProjectionType.ALL });
  }

  /** What the handlers and the API do with it: see websocket/src/connections.ts. */
  grantUse(grantee: IGrantable): void {
    const { grantPrincipal } = grantee;
    grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ["BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"].map(
          (action) => `dynamodb:${action}`,
        ),
        resources: [this.tableArn],
      }),
    );
    const index = Stack.of(this).formatArn({
      service: "dynamodb",
      resource: "table",
      resourceName: `${this.tableName}/index/${topicIndexName}`,
    });
    grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions: ["dynamodb:Query"], resources: [index] }));
  }
}
