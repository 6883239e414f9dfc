import mongoose from 'mongoose';
import { models } from './models/index.ts';
import type { DocumentStore } from './ports.ts';
import { agentRunStore } from './stores/agentRuns.ts';
import { agentStopStore } from './stores/agentStops.ts';
import { apiKeyStore } from './stores/apiKeys.ts';
import { assignmentStore } from './stores/assignments.ts';
import { auditStore } from './stores/audit.ts';
import { callLog } from './stores/calls.ts';
import { claimStore } from './stores/claims.ts';
import { connectionStore } from './stores/connections.ts';
import { conversationStore } from './stores/conversations.ts';
import { deploymentStore } from './stores/deployments.ts';
import { expiringStore } from './stores/expiring.ts';
import { grantStore } from './stores/grants.ts';
import { identityStore } from './stores/identity.ts';
import { invitationStore } from './stores/invitations.ts';
import { ledgerStore } from './stores/ledger.ts';
import { limitStore } from './stores/limits.ts';
import { mcpCredentialStore } from './stores/mcpCredentials.ts';
import { mcpLockStore } from './stores/mcpLocks.ts';
import { mcpServerStore } from './stores/mcpServers.ts';
import { memberStore } from './stores/members.ts';
import { preferenceStore } from './stores/preferences.ts';
import { providerStore } from './stores/providers.ts';
import { questionStore } from './stores/questions.ts';
import { renamingStore } from './stores/renamings.ts';
import { replyStore } from './stores/replies.ts';
import { resourceStore } from './stores/resources.ts';
import { roleStore } from './stores/roles.ts';
import { secretStore } from './stores/secrets.ts';
import { sessionStore } from './stores/sessions.ts';
import { settingStore } from './stores/settings.ts';
import { tenantDataStore } from './stores/tenantData.ts';
import { tenantStore } from './stores/tenants.ts';
import { textVectorStore } from './stores/textVectors.ts';
import { toolGrantStore } from './stores/toolGrants.ts';
import { toolValueStore } from './stores/toolValues.ts';

/** The stores over any server of MongoDB's wire protocol; `uri` names the database too, `baton` without one. */
export async function openMongooseStore(uri: string, now: () => Date): Promise<Omit<DocumentStore, 'place'>> {
  const connection = mongoose.createConnection(uri, {
    dbName: databaseIn(uri) ?? 'baton',
    appName: 'baton',
    autoCreate: false,
    maxPoolSize: 10,
    serverSelectionTimeoutMS: 10_000,
    heartbeatFrequencyMS: 60_000,
  });
  try {
    await connection.asPromise();
    const all = models(connection);
    await Promise.all(Object.values(all).map((model) => model.init()));
    return {
      resources: resourceStore(all, now),
      deployments: deploymentStore(all),
      tenants: tenantStore(all),
      tenantData: tenantDataStore(all),
      mcpCredentials: mcpCredentialStore(all),
      mcpLocks: mcpLockStore(all),
      mcpServers: mcpServerStore(all),
      members: memberStore(all),
      roles: roleStore(all),
      limits: limitStore(all),
      grants: grantStore(all),
      ledger: ledgerStore(all, now),
      preferences: preferenceStore(all),
      providers: providerStore(all),
      identity: identityStore(all),
      sessions: sessionStore(all),
      invitations: invitationStore(all),
      expiring: expiringStore(all, now),
      settings: settingStore(all),
      secrets: secretStore(all),
      connections: connectionStore(all),
      textVectors: textVectorStore(all),
      toolGrants: toolGrantStore(all),
      toolValues: toolValueStore(all),
      calls: callLog(all),
      audit: auditStore(all),
      apiKeys: apiKeyStore(all),
      renamings: renamingStore(all),
      replies: replyStore(all, now),
      agentRuns: agentRunStore(all),
      agentStops: agentStopStore(all),
      conversations: conversationStore(all),
      questions: questionStore(all),
      assignments: assignmentStore(all),
      claims: claimStore(all, now),
      async ping() {
        await connection.db?.admin().ping();
      },
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function databaseIn(uri: string): string | undefined {
  return /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]+)/.exec(uri)?.[1];
}
