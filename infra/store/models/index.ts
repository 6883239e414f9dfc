import type { Connection } from 'mongoose';
import { agentRunModel } from './agentRun.ts';
import { agentStopModel } from './agentStop.ts';
import { apiKeyModel } from './apiKey.ts';
import { assignmentModel } from './assignment.ts';
import { auditEntryModel } from './auditEntry.ts';
import { auditIntentModel } from './auditIntent.ts';
import { callModel } from './call.ts';
import { claimModel } from './claim.ts';
import { conversationModel } from './conversation.ts';
import { deploymentModel } from './deployment.ts';
import { expiringModel } from './expiring.ts';
import { grantModel } from './grant.ts';
import { invitationModel } from './invitation.ts';
import { ledgerModel } from './ledger.ts';
import { limitModel } from './limit.ts';
import { mcpCredentialModel } from './mcpCredential.ts';
import { mcpLockModel } from './mcpLock.ts';
import { mcpServerModel } from './mcpServer.ts';
import { memberModel } from './member.ts';
import { preferenceModel } from './preference.ts';
import { providerModel } from './provider.ts';
import { questionModel, sleeperModel } from './question.ts';
import { renamingModel } from './renaming.ts';
import { replyModel } from './reply.ts';
import { resourceModel } from './resource.ts';
import { resourceVersionModel } from './resourceVersion.ts';
import { roleModel } from './role.ts';
import { secretModel } from './secret.ts';
import { sessionEndModel } from './sessionEnd.ts';
import { settingModel } from './setting.ts';
import { tenantModel } from './tenant.ts';
import { textVectorModel } from './textVector.ts';
import { toolConnectionModel } from './toolConnection.ts';
import { toolGrantModel } from './toolGrant.ts';
import { toolValueModel } from './toolValue.ts';
import { userModel } from './user.ts';

/** Everything stored outside the broker. */
export const models = (connection: Connection) => ({
  agentRuns: agentRunModel(connection),
  agentStops: agentStopModel(connection),
  apiKeys: apiKeyModel(connection),
  assignments: assignmentModel(connection),
  auditEntries: auditEntryModel(connection),
  auditIntents: auditIntentModel(connection),
  calls: callModel(connection),
  claims: claimModel(connection),
  conversations: conversationModel(connection),
  deployments: deploymentModel(connection),
  expiring: expiringModel(connection),
  grants: grantModel(connection),
  ledgers: ledgerModel(connection),
  limits: limitModel(connection),
  invitations: invitationModel(connection),
  mcpCredentials: mcpCredentialModel(connection),
  mcpLocks: mcpLockModel(connection),
  mcpServers: mcpServerModel(connection),
  members: memberModel(connection),
  preferences: preferenceModel(connection),
  providers: providerModel(connection),
  questions: questionModel(connection),
  renamings: renamingModel(connection),
  replies: replyModel(connection),
  resources: resourceModel(connection),
  resourceVersions: resourceVersionModel(connection),
  roles: roleModel(connection),
  secrets: secretModel(connection),
  sessionEnds: sessionEndModel(connection),
  settings: settingModel(connection),
  sleepers: sleeperModel(connection),
  tenants: tenantModel(connection),
  toolConnections: toolConnectionModel(connection),
  textVectors: textVectorModel(connection),
  toolGrants: toolGrantModel(connection),
  toolValues: toolValueModel(connection),
  users: userModel(connection),
});
export type Models = ReturnType<typeof models>;
