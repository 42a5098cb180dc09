import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";

/** What API Gateway does with a WebSocket route: call a function, read a status. */
export type LambdaHandler = (event: unknown, context: Context) => Promise<unknown>;

export interface LambdaResult {
  statusCode: number;
}

/** API Gateway's longest integration time, in milliseconds. */
const integrationTimeout = 29_000;

function contextFor(functionName: string): Context {
  const end = Date.now() + integrationTimeout;
  return {
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: "256",
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "local",
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => end - Date.now(),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}

const statusOf = (result: unknown): number =>
  result !== null && typeof result === "object" && "statusCode" in result && typeof result.statusCode === "number"
    ? result.statusCode
    : 200;

/** Calls a handler as Lambda would: with a copy of the event, a context and a time limit. @throws what it throws */
export async function invoke(functionName: string, handler: LambdaHandler, event: unknown): Promise<LambdaResult> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${functionName} timed out`)), integrationTimeout);
  });
  try {
    const result = await Promise.race([handler(structuredClone(event), contextFor(functionName)), timeout]);
    return { statusCode: statusOf(result) };
  } finally {
    clearTimeout(timer);
  }
}
