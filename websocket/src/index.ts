export { createMetrics, type Metrics } from "./metrics";
export { createRealtime, type LiveUser } from "./realtime";
export { ApiGatewaySender } from "./senders/api-gateway-sender";
export { GatewaySender } from "./senders/gateway-sender";
export { secret } from "./secret";
export { frameOf, takeFrame, type Sender } from "./senders/sender";
export { tableDefinition } from "./table";
export {
  algorithm,
  audience,
  Claims,
  issueServiceToken,
  keyOf,
  readTicket,
  verifyOwnToken,
  verifyToken,
  type SigningKeys,
} from "./tokens";
