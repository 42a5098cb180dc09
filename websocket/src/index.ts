export { Connections, topicIndex, type Identity, type Subscription } from "./connections";
export { Delivery } from "./deliver";
export { createRealtime, LiveRealtime, sessionRevokedCode, type RealtimeConfig } from "./realtime";
export { ApiGatewaySender } from "./senders/api-gateway-sender";
export { GatewaySender } from "./senders/gateway-sender";
export { frameOf, messageLimit, takeFrame, type Sender } from "./senders/sender";
export { tableDefinition } from "./table";
export { algorithm, audience, Claims, issueServiceToken, readTicket, verifyToken, type TicketClaims } from "./tokens";
