export { startGateway, type Gateway, type GatewayOptions, type LambdaHandler } from "./gateway/index";
export { apiGatewayLimits, type Limits } from "./gateway/limits";
export { startMongoServer } from "./mongo/index";
export { startDynamoDb, type DynamoDb } from "./services/dynamodb";
