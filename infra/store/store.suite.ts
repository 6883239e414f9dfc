import { afterAll, beforeAll, describe } from 'vitest';
import { agentRunsSuite } from './suites/agentRuns.suite.ts';
import { agentStopsSuite } from './suites/agentStops.suite.ts';
import { apiKeysSuite } from './suites/apiKeys.suite.ts';
import { assignmentsSuite } from './suites/assignments.suite.ts';
import { auditSuite } from './suites/audit.suite.ts';
import { callsSuite } from './suites/calls.suite.ts';
import { claimsSuite } from './suites/claims.suite.ts';
import { conversationsSuite } from './suites/conversations.suite.ts';
import { deploymentsSuite } from './suites/deployments.suite.ts';
import { documentStoreSuite } from './suites/documentStore.suite.ts';
import { draftsSuite } from './suites/drafts.suite.ts';
import { expiringSuite } from './suites/expiring.suite.ts';
import { grantsSuite } from './suites/grants.suite.ts';
import { invitationsSuite } from './suites/invitations.suite.ts';
import { labelsSuite } from './suites/labels.suite.ts';
import { ledgerSuite } from './suites/ledger.suite.ts';
import { limitsSuite } from './suites/limits.suite.ts';
import { mcpServersSuite } from './suites/mcpServers.suite.ts';
import { membersSuite } from './suites/members.suite.ts';
import { preferencesSuite } from './suites/preferences.suite.ts';
import { providersSuite } from './suites/providers.suite.ts';
import { questionsSuite } from './suites/questions.suite.ts';
import { renamingsSuite } from './suites/renamings.suite.ts';
import { repliesSuite } from './suites/replies.suite.ts';
import { resourcesSuite } from './suites/resources.suite.ts';
import { rolesSuite } from './suites/roles.suite.ts';
import { sessionsSuite } from './suites/sessions.suite.ts';
import { settingsSuite } from './suites/settings.suite.ts';
import { tenantsSuite } from './suites/tenants.suite.ts';
import { toolsSuite } from './suites/tools.suite.ts';
import type { StoreUnderTest } from './suites/underTest.ts';
import { usersSuite } from './suites/users.suite.ts';

/** What every form of the document store must do, port by port. */
const suites = [
  // These list all there is in the installation, and so come first.
  tenantsSuite,
  usersSuite,
  agentRunsSuite,
  agentStopsSuite,
  apiKeysSuite,
  assignmentsSuite,
  auditSuite,
  callsSuite,
  claimsSuite,
  conversationsSuite,
  deploymentsSuite,
  documentStoreSuite,
  draftsSuite,
  expiringSuite,
  grantsSuite,
  invitationsSuite,
  labelsSuite,
  ledgerSuite,
  limitsSuite,
  mcpServersSuite,
  membersSuite,
  preferencesSuite,
  providersSuite,
  questionsSuite,
  renamingsSuite,
  repliesSuite,
  resourcesSuite,
  rolesSuite,
  sessionsSuite,
  settingsSuite,
  toolsSuite,
];

export function storeSuite(form: string, open: () => Promise<StoreUnderTest>): void {
  describe(`document store, ${form}`, () => {
    let opened: StoreUnderTest;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());
    for (const suite of suites) suite(() => opened);
  });
}
