import { accessRoutes } from './resources/access.ts';
import { agentRunRoutes } from './resources/agentRuns.ts';
import { agentRuntimeRoutes } from './resources/agentRuntimes.ts';
import { agentRoutes } from './resources/agents.ts';
import { apiKeyRoutes } from './resources/apiKeys.ts';
import { assignmentRoutes } from './resources/assignments.ts';
import { auditRoutes } from './resources/audit.ts';
import { budgetRoutes } from './resources/budgets.ts';
import { connectionRoutes } from './resources/connections.ts';
import { decisionRoutes } from './resources/decisions.ts';
import { decisionTrialRoutes } from './resources/decisionTrials.ts';
import { deploymentRoutes } from './resources/deployments.ts';
import { documentRoutes } from './resources/documents.ts';
import { feelRoutes } from './resources/feel.ts';
import { formRoutes } from './resources/forms.ts';
import { instanceRoutes } from './resources/instances.ts';
import { invitationRoutes } from './resources/invitations.ts';
import { grantRoutes, limitRoutes } from './resources/limits.ts';
import { mcpServerRoutes } from './resources/mcpServers.ts';
import { memberRoutes } from './resources/members.ts';
import { messageRoutes } from './resources/messages.ts';
import { noteRoutes } from './resources/notes.ts';
import { policyRoutes } from './resources/policies.ts';
import { preferenceRoutes } from './resources/preferences.ts';
import { promptRoutes } from './resources/prompts.ts';
import { providerRoutes } from './resources/providers.ts';
import { quotaRoutes } from './resources/quotas.ts';
import { recordingRoutes } from './resources/recordings.ts';
import { registrationRoutes } from './resources/registrations.ts';
import { registryRoutes } from './resources/registry.ts';
import { renamingRoutes } from './resources/renaming.ts';
import { roleRoutes } from './resources/roles.ts';
import { secretRoutes } from './resources/secrets.ts';
import { sessionRoutes } from './resources/session.ts';
import { taskRoutes } from './resources/tasks.ts';
import { templateRoutes } from './resources/templates.ts';
import { tenantRoutes, tenantsRoutes } from './resources/tenants.ts';
import { toolCatalogRoutes } from './resources/toolCatalog.ts';
import { toolRoutes } from './resources/tools.ts';
import { userRoutes } from './resources/users.ts';
import { userTaskRoutes } from './resources/userTasks.ts';
import { v1AgentRoutes, v1HistoryRoutes, v1ToolRoutes } from './resources/v1.ts';
import { workflowRoutes } from './resources/workflows.ts';

/** THE TABLE: every route of `/api`, by resource. */
export const table = {
  session: sessionRoutes,
  preferences: preferenceRoutes,
  users: userRoutes,
  invitations: invitationRoutes,
  registrations: registrationRoutes,
  workflows: workflowRoutes,
  deployments: deploymentRoutes,
  instances: instanceRoutes,
  messages: messageRoutes,
  budgets: budgetRoutes,
  userTasks: userTaskRoutes,
  agents: agentRoutes,
  agentRuns: agentRunRoutes,
  recordings: recordingRoutes,
  agentRuntimes: agentRuntimeRoutes,
  /** Before `tools`: `/tools/catalog` is no tool's id. */
  toolCatalog: toolCatalogRoutes,
  tools: toolRoutes,
  registry: registryRoutes,
  secrets: secretRoutes,
  connections: connectionRoutes,
  mcpServers: mcpServerRoutes,
  tasks: taskRoutes,
  assignments: assignmentRoutes,
  prompts: promptRoutes,
  policies: policyRoutes,
  templates: templateRoutes,
  forms: formRoutes,
  decisions: decisionRoutes,
  notes: noteRoutes,
  documents: documentRoutes,
  renaming: renamingRoutes,
  providers: providerRoutes,
  apiKeys: apiKeyRoutes,
  audit: auditRoutes,
  v1Tools: v1ToolRoutes,
  v1Agents: v1AgentRoutes,
  v1History: v1HistoryRoutes,
  limits: limitRoutes,
  grants: grantRoutes,
  quotas: quotaRoutes,
  tenants: tenantsRoutes,
  tenant: tenantRoutes,
  members: memberRoutes,
  roles: roleRoutes,
  access: accessRoutes,
  feel: feelRoutes,
  decisionTrials: decisionTrialRoutes,
};
export type Table = typeof table;
