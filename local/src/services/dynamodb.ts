import type { AddressInfo } from "node:net";
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  ResourceInUseException,
  ResourceNotFoundException,
} from "@aws-sdk/client-dynamodb";
import { tableDefinition } from "@connectbest/websocket";
import dynalite from "dynalite";

export interface DynamoDb {
  port: number;
  endpoint: string;
  close(): Promise<void>;
}

const clientFor = (endpoint: string) =>
  new DynamoDBClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });

/** Connections do not outlive the machine they were made on: every start begins with an empty table. */
async function freshTable(endpoint: string, table: string): Promise<void> {
  const client = clientFor(endpoint);
  await client.send(new DeleteTableCommand({ TableName: table })).catch((error: unknown) => {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  });
  await client.send(new CreateTableCommand(tableDefinition(table))).catch((error: unknown) => {
    if (!(error instanceof ResourceInUseException)) throw error;
  });
  client.destroy();
}

/** DynamoDB's protocol on this machine (dynalite), with the table of connections ready, kept in memory. */
export async function startDynamoDb(options: { port: number; host?: string; table: string }): Promise<DynamoDb> {
  const { host = "127.0.0.1" } = options;
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://${host}:${port}`;
  await freshTable(endpoint, options.table);
  return {
    port,
    endpoint,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
