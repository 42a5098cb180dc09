import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb";
import { topicIndex } from "./connections";

/** The table of connections, as local DynamoDB is told to create it and as the CDK stack must declare it. */
export const tableDefinition = (TableName: string): CreateTableCommandInput => ({
  TableName,
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [
    { AttributeName: "connectionId", AttributeType: "S" },
    { AttributeName: "channelId", AttributeType: "S" },
  ],
  KeySchema: [
    { AttributeName: "connectionId", KeyType: "HASH" },
    { AttributeName: "channelId", KeyType: "RANGE" },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: topicIndex,
      KeySchema: [
        { AttributeName: "channelId", KeyType: "HASH" },
        { AttributeName: "connectionId", KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "ALL" },
    },
  ],
});
