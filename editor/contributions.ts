/** Features of the editor, one line each. Deleting a line and its folder leaves a working product. */
export { account } from './contrib/account/account.contribution.ts';
export { agents } from './contrib/agents/agents.contribution.ts';
export { designerContribution } from './contrib/designer/designer.contribution.ts';
export { explorer } from './contrib/explorer/explorer.contribution.ts';
export { inboxContribution } from './contrib/inbox/inbox.contribution.tsx';
export { mcpServers } from './contrib/mcpServers/mcpServers.contribution.ts';
export { output } from './contrib/output/output.contribution.ts';
export { problems } from './contrib/problems/problems.contribution.ts';
export { providers } from './contrib/providers/providers.contribution.ts';
export { runsContribution } from './contrib/runs/runs.contribution.tsx';
export { search } from './contrib/search/search.contribution.ts';
export { secrets } from './contrib/secrets/secrets.contribution.ts';
export { settings } from './contrib/settings/settings.contribution.ts';
export { tasks } from './contrib/tasks/tasks.contribution.ts';
export { tools } from './contrib/tools/tools.contribution.ts';
export { versions } from './contrib/versions/versions.contribution.ts';
export { welcome } from './contrib/welcome/welcome.contribution.ts';
