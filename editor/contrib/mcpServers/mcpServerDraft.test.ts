import type { McpServer } from '@baton/gateway/api';
import { expect, it } from 'vitest';
import { bodyOf, draftOf, type McpServerDraft, problemsOf } from './mcpServerDraft.ts';

const saved: McpServer = {
  id: 'm1',
  name: 'tracker',
  description: 'Tickets',
  transport: { kind: 'http', url: 'https://mcp.example.com/mcp' },
  auth: { kind: 'header', name: 'Authorization', hasValue: true },
  timeout: 60_000,
  enabled: true,
  status: { state: 'connected', message: '', checkedAt: null },
  commandHash: null,
  approval: null,
  tools: { locked: 2, quarantined: 0, new: 0, gone: 0 },
  hasMyToken: false,
  usedBy: 0,
  hash: 'h1',
  createdAt: '2026-01-02T03:04:05Z',
  updatedAt: '2026-01-02T03:04:05Z',
  updatedBy: 'ada',
};
const problems = (changes: Partial<McpServerDraft>, of: McpServer | undefined = saved) =>
  problemsOf({ ...draftOf(of), ...changes }, of);
const fields = (changes: Partial<McpServerDraft>, of: McpServer | undefined = saved) =>
  Object.keys(problems(changes, of));

it('is saved as it was read, and the value that nobody typed stays', () => {
  expect(fields({})).toEqual([]);
  expect(bodyOf(draftOf(saved))).toEqual({
    name: 'tracker',
    description: 'Tickets',
    transport: { kind: 'http', url: 'https://mcp.example.com/mcp' },
    auth: { kind: 'header', name: 'Authorization' },
    timeout: 60_000,
    enabled: true,
  });
});

it('asks for what its way of being reached needs', () => {
  const fresh = (changes: Partial<McpServerDraft>) =>
    Object.keys(problemsOf({ ...draftOf(undefined), name: 'x', ...changes }, undefined));
  expect(fresh({})).toEqual(['url']);
  expect(fresh({ url: 'ftp://host' })).toEqual(['url']);
  expect(fresh({ url: 'https://host/mcp' })).toEqual([]);
  expect(fresh({ url: 'https://host/mcp', auth: 'header' })).toEqual(['headerValue']);
  expect(fresh({ url: 'https://host/mcp', auth: 'user', header: 'Content-Type' })).toEqual(['header']);
  expect(fresh({ transport: 'stdio' })).toEqual(['command']);
  expect(fresh({ transport: 'stdio', command: 'npx' })).toEqual([]);
});

it('says of each field in the author’s words what was expected', () => {
  expect(problems({ name: '' }).name).toBe('Expected a name, but it is empty.');
  expect(problems({ name: 'http' }).name).toMatch(/^Expected a name that no built-in tool begins with, but /);
  expect(problems({ timeout: 'soon' }).timeout).toBe('Expected 0.1 to 3600 seconds, but got soon.');
});

it('gives a program its arguments line by line, and secrets by their names', () => {
  const draft: McpServerDraft = {
    ...draftOf(undefined),
    name: 'disk',
    transport: 'stdio',
    command: 'npx',
    args: '-y\nserver-files',
    env: [
      { name: 'ROOT', kind: 'value', text: '/srv' },
      { name: 'TOKEN', kind: 'secret', text: 'FILES_TOKEN' },
    ],
    auth: 'header',
  };
  expect(bodyOf(draft)).toMatchObject({
    transport: {
      kind: 'stdio',
      command: 'npx',
      args: ['-y', 'server-files'],
      env: { ROOT: { value: '/srv' }, TOKEN: { secret: 'FILES_TOKEN' } },
    },
    auth: { kind: 'none' },
  });
  const twice = [draft.env[0]!, draft.env[0]!];
  expect(Object.keys(problemsOf({ ...draft, env: twice }, undefined))).toEqual(['env.1']);
});

it('asks for the value again before it would go to another server', () => {
  expect(fields({ url: 'https://elsewhere.example/mcp' })).toEqual(['headerValue']);
  expect(fields({ header: 'X-Key' })).toEqual(['headerValue']);
  expect(fields({ url: 'https://mcp.example.com/v2' })).toEqual([]);
  expect(fields({ url: 'https://elsewhere.example/mcp', headerValue: 'Bearer new' })).toEqual([]);
});
