/** Door `@baton/gateway`: the public door of the product. */
export {
  type Clock,
  type GatewayDependencies,
  GatewayRefused,
  type IssuerConfiguration,
  isLoopback,
  type McpServerAccess,
} from './dependencies.ts';
export { createGateway, type Gateway } from './gateway.ts';
export { type Network, readNetworks } from './outbound/networks.ts';
export { createOutbound, type Outbound } from './outbound/outbound.ts';
export { ofPeriods, type QuotaAmounts, type Quotas, type Reservation } from './quotas/ports.ts';
export { createQuotas, type QuotaOptions, type QuotaService } from './quotas/quotas.ts';
export type { Refusal } from './refusal.ts';
export type {
  AgentRunOutcome,
  AgentRunRequest,
  AgentRuns,
  OfferedModel,
} from './resources/agentRuns/agentRuns.ts';
export type { AgentRuntimes, AgentRuntimeView } from './resources/agentRuntimes/agentRuntimes.ts';
export type { AssignedInstances } from './resources/assignments/instances.ts';
export { decisionReferences } from './resources/decisions/decision.ts';
export { formReferences } from './resources/forms/form.ts';
export { createMcpCredentials, type OpenMcpCredentials } from './resources/mcpServers/credentials.ts';
export { savedMcpServers } from './resources/mcpServers/knownServer.ts';
export { readScenario } from './resources/providers/scenario.ts';
export type { ProviderConnection } from './resources/providers/service.ts';
export type { KnownEnd, Recordings } from './resources/recordings/recordings.ts';
export { agentReferences } from './resources/references/admission.ts';
export type { FoundTools, ToolSearch, ToolSearchRequest } from './resources/toolCatalog/ports.ts';
export type { ToolTrial } from './resources/tools/service.ts';
export { workflowReferences } from './resources/workflows/references.ts';
export {
  createSecrets,
  makeSecretKey,
  readSecretKeys,
  type SecretKey,
  type Secrets,
  secretKey,
} from './secrets/secrets.ts';
