import { expect, it } from 'vitest';
import { readAgentHeader } from './agentHeader.ts';

it.each([
  ['triage', { name: 'triage', version: undefined }],
  [' triage ', { name: 'triage', version: undefined }],
  ['triage@production', { name: 'triage', version: { label: 'production' } }],
  ['triage@12', { name: 'triage', version: 12 }],
])('%j is an agent', (text, named) => expect(readAgentHeader(text)).toEqual(named));

it.each(['', '@production', 'triage@', 'triage@0', 'triage@Production', 'a@b@c'])('%j is none', (text) =>
  expect(readAgentHeader(text)).toBeUndefined(),
);
