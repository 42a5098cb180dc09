export { createRealtime } from "./realtime";
export { ApiGatewaySender } from "./senders/api-gateway-sender";
export { GatewaySender } from "./senders/gateway-sender";
export { frameOf, takeFrame, type Sender } from "./senders/sender";
export { tableDefinition } from "./table";
export { algorithm, audience, Claims, issueServiceToken, readTicket, verifyToken } from "./tokens";
