import { readServiceConfig } from "../config";
import { startDynamoDb } from "./dynamodb";
import { runService } from "./ready";

const config = readServiceConfig();
runService("DynamoDB", () => startDynamoDb({ port: config.PORT, host: config.HOST, table: config.CONNECTIONS_TABLE }));
