import type { CallLog, ConversationStore, GrantStore, QuestionStore } from '@baton/engine/protocol';
import type { AgentRunStore } from './agentRuns.ts';
import type { AgentStopStore } from './agentStops.ts';
import type { ApiKeyStore } from './apiKeys.ts';
import type { AssignmentStore } from './assignments.ts';
import type { AuditStore } from './audit.ts';
import type { ClaimStore } from './claims.ts';
import type { ConnectionStore } from './connections.ts';
import type { DeploymentStore } from './deployments.ts';
import type { ExpiringStore } from './expiring.ts';
import type { InvitationStore } from './invitations.ts';
import type { LedgerStore } from './ledger.ts';
import type { LimitStore } from './limits.ts';
import type { McpCredentialStore } from './mcpCredentials.ts';
import type { McpLockStore } from './mcpLocks.ts';
import type { McpServerStore } from './mcpServers.ts';
import type { MemberStore } from './members.ts';
import type { PreferenceStore } from './preferences.ts';
import type { ProviderStore } from './providers.ts';
import type { RenamingStore } from './renamings.ts';
import type { ReplyStore } from './replies.ts';
import type { ResourceStore } from './resources.ts';
import type { RoleStore } from './roles.ts';
import type { SecretStore } from './secrets.ts';
import type { SessionStore } from './sessions.ts';
import type { SettingStore } from './settings.ts';
import type { TenantDataStore } from './tenantData.ts';
import type { TenantStore } from './tenants.ts';
import type { TextVectorStore } from './textVectors.ts';
import type { ToolGrantStore } from './toolGrants.ts';
import type { ToolValueStore } from './toolValues.ts';
import type { IdentityStore } from './users.ts';

export interface DocumentStore {
  resources: ResourceStore;
  deployments: DeploymentStore;
  tenants: TenantStore;
  mcpCredentials: McpCredentialStore;
  mcpLocks: McpLockStore;
  mcpServers: McpServerStore;
  members: MemberStore;
  roles: RoleStore;
  limits: LimitStore;
  ledger: LedgerStore;
  preferences: PreferenceStore;
  providers: ProviderStore;
  identity: IdentityStore;
  sessions: SessionStore;
  invitations: InvitationStore;
  expiring: ExpiringStore;
  settings: SettingStore;
  secrets: SecretStore;
  connections: ConnectionStore;
  textVectors: TextVectorStore;
  toolGrants: ToolGrantStore;
  toolValues: ToolValueStore;
  calls: CallLog;
  audit: AuditStore;
  apiKeys: ApiKeyStore;
  renamings: RenamingStore;
  replies: ReplyStore;
  agentRuns: AgentRunStore;
  agentStops: AgentStopStore;
  conversations: ConversationStore;
  questions: QuestionStore;
  /** Of budgets of runs, beyond their agents' limits. */
  grants: GrantStore;
  assignments: AssignmentStore;
  claims: ClaimStore;
  tenantData: TenantDataStore;
  /** Where the data lies, for people: a folder or a server without its password. */
  readonly place: string;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface DocumentStoreOptions {
  /** Real server; `undefined` = embedded. */
  uri: string | undefined;
  /** Folder of the embedded store. */
  dataDirectory: string;
  now(): Date;
}
