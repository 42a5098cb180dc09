/**
 * API Gateway's quotas for WebSocket APIs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
export interface Limits {
  /** Bytes of one message. */
  message: number;
  /** Bytes of one frame of a message. */
  frame: number;
  /** Milliseconds without a message either way. */
  idle: number;
  /** Milliseconds that a connection may live. */
  lifetime: number;
  /** Bytes that may wait for a client that does not read. Ours: API Gateway publishes no figure. */
  buffered: number;
}

export const apiGatewayLimits: Limits = {
  message: 128 * 1024,
  frame: 32 * 1024,
  idle: 10 * 60_000,
  lifetime: 2 * 3_600_000,
  buffered: 1024 * 1024,
};
