import { expect, it } from 'vitest';
import { blankKey, keyBody, keyProblems, presets } from './apiKeyDraft.ts';

const ci = { ...blankKey, name: ' ci ', scopes: ['tools:run' as const] };

it('asks for a name and what the key may do', () => {
  expect(Object.keys(keyProblems(blankKey))).toEqual(['name', 'scopes']);
  expect(keyProblems(ci)).toEqual({});
  expect(keyProblems({ ...ci, tools: [] }).tools).toContain('at least one tool');
  expect(keyProblems({ ...ci, tools: ['git*hub'] }).tools).toContain('beginnings with *');
  expect(keyProblems({ ...ci, scopes: ['agents:read'], tools: [] })).toEqual({});
});

it('sends when it ends, and tools only where some are called', () => {
  expect(keyBody({ ...ci, days: 1, tools: ['github.*'] }, 0)).toEqual({
    name: 'ci',
    scopes: ['tools:run'],
    tools: ['github.*'],
    expiresAt: '1970-01-02T00:00:00.000Z',
  });
  expect(keyBody({ ...ci, scopes: ['agents:read'], days: undefined, tools: ['x'] }, 0)).toEqual({
    name: 'ci',
    scopes: ['agents:read'],
  });
});

it('offers to read without what concerns running the tenant', () => {
  const read = presets.find(({ id }) => id === 'read')!.scopes;
  expect(read).toContain('workflows:read');
  expect(read).not.toContain('audit:read');
  expect(read).not.toContain('tenants:read');
});
