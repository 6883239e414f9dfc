import { apiKeyRoutes, type Permission, permissions } from '@baton/gateway/api';

/** A key as it is asked for. */
export interface ApiKeyDraft {
  name: string;
  scopes: readonly Permission[];
  /** Patterns of the tools it may call; those of who makes it without them. */
  tools: readonly string[] | undefined;
  /** Days it is good for; until it is revoked without them. */
  days: number | undefined;
}

export type ApiKeyProblems = { name?: string; scopes?: string; tools?: string };

export const blankKey: ApiKeyDraft = { name: '', scopes: [], tools: undefined, days: 90 };

/** What programs usually need; of it what who makes the key holds. */
export const presets: readonly { id: string; title: string; scopes: readonly Permission[] }[] = [
  {
    id: 'run',
    title: 'Run processes',
    scopes: ['workflows:read', 'deployments:read', 'instances:read', 'instances:start', 'instances:cancel'],
  },
  {
    id: 'deploy',
    title: 'Deploy from CI',
    scopes: ['workflows:read', 'workflows:write', 'deployments:read', 'deployments:create'],
  },
  { id: 'agents', title: 'Run agents', scopes: ['agents:read', 'agents:run', 'tasks:read'] },
  { id: 'mcp', title: 'Tools over MCP', scopes: ['tools:read', 'tools:run'] },
  {
    id: 'read',
    title: 'Read only',
    scopes: permissions.filter((each) =>
      /^(?!tenant|users|roles|apiKeys|quotas|audit|secrets|connections).*:read$/.test(each),
    ),
  },
];

export function keyProblems({ name, scopes, tools }: ApiKeyDraft): ApiKeyProblems {
  const shape = apiKeyRoutes.create.body.shape;
  const problems: ApiKeyProblems = {};
  if (!shape.name.safeParse(name).success)
    problems.name = 'Expected a name of 1 to 100 characters, but it is not.';
  if (scopes.length === 0) problems.scopes = 'Expected at least one scope, but there is none.';
  if (tools && scopes.includes('tools:run')) {
    if (tools.length === 0) problems.tools = 'Expected at least one tool, but there is none.';
    else if (!shape.tools.safeParse([...tools]).success)
      problems.tools = 'Expected names of tools, or beginnings with * at the end, but one is not so.';
  }
  return problems;
}

const day = 86_400_000;

/** What is sent: an instant in place of days, no tools where none are called. */
export function keyBody({ name, scopes, tools, days }: ApiKeyDraft, now: number) {
  return {
    name: name.trim(),
    scopes: [...scopes],
    ...(tools && scopes.includes('tools:run') && { tools: [...tools] }),
    ...(days !== undefined && { expiresAt: new Date(now + days * day).toISOString() }),
  };
}
