import type { Agent, AgentRuntime } from '@baton/gateway/api';
import { expect, it } from 'vitest';
import { agentRows, noFilter } from './agentRows.ts';
import { blankAgent } from './blankAgent.ts';

function agent(name: string, more: Partial<Agent> = {}, content: Partial<Agent['content']> = {}): Agent {
  return {
    id: name,
    name,
    version: 1,
    updatedAt: '2026-01-01T00:00:00Z',
    draft: null,
    content: { ...blankAgent, ...content },
    ...more,
  } as Agent;
}

const agents = [
  agent('triage', { updatedAt: '2026-03-01T00:00:00Z' }, { provider: 'office', tools: ['mail.send'] }),
  agent('writer', { draft: { updatedBy: 'ada' } } as never, { description: 'Answers customers' }),
  agent('auditor', { updatedAt: '2026-02-01T00:00:00Z' }),
];
const known = {
  runtimes: new Map([['auditor', { state: 'stopped' } as AgentRuntime]]),
  providers: new Map([
    ['mock', 'connected' as const],
    ['office', 'error' as const],
  ]),
};
const byName = { by: 'name', descending: false } as const;
const names = (filter: Partial<typeof noFilter>, sort: Parameters<typeof agentRows>[2] = byName) =>
  agentRows(agents, { ...noFilter, ...filter }, sort, known).map(({ name }) => name);

it('finds agents by what they are called, do, ask and call', () => {
  expect([names({ text: 'CUSTOMERS' }), names({ text: 'mail' }), names({ text: 'office' })]).toEqual([
    ['writer'],
    ['triage'],
    ['triage'],
  ]);
});

it('narrows to a provider and to a state', () => {
  expect(names({ provider: 'mock' })).toEqual(['auditor', 'writer']);
  expect([names({ state: 'stopped' }), names({ state: 'draft' }), names({ state: 'unreachable' })]).toEqual([
    ['auditor'],
    ['writer'],
    ['triage'],
  ]);
});

it('sorts by name, provider and time, both ways', () => {
  expect(names({})).toEqual(['auditor', 'triage', 'writer']);
  expect(names({}, { by: 'updated', descending: true })).toEqual(['triage', 'auditor', 'writer']);
  expect(names({}, { by: 'provider', descending: true })).toEqual(['triage', 'writer', 'auditor']);
});
