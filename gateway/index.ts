/** Door `@baton/gateway`: the public door of the product. */
export {
  type Clock,
  type GatewayDependencies,
  GatewayRefused,
  type IssuerConfiguration,
} from './dependencies.ts';
export { createGateway, type Gateway } from './gateway.ts';
export { ofPeriods, type QuotaAmounts, type Quotas, type Reservation } from './quotas/ports.ts';
export type { ToolTrial } from './resources/tools/service.ts';
export type {
  AgentRunOutcome,
  AgentRunRequest,
  AgentRuns,
  OfferedModel,
} from './resources/v1/agentRuns.ts';
