import { expect, test } from 'vitest';
import { type Recording, readDraft, recordedDraft } from './forkDraft.ts';
import { blankSteps } from './testSteps.ts';

const steps = blankSteps(['model', 'tool', 'model']);
const recording = {
  agent: { id: 'a1', name: 'triage', version: 2, definition: { systemPrompt: 'Be brief.', userPrompt: '' } },
  calls: steps.map((step) => ({
    ...step,
    ...(step.kind === 'tool' && { request: { callId: 'c1', arguments: {} }, response: { days: 6 } }),
    startedAt: 0,
  })),
} as unknown as Recording;

test('a fork begins with all as it was recorded', () => {
  const draft = recordedDraft(recording, 2);
  expect(draft).toEqual({
    from: 2,
    provider: 'cloud',
    model: 'large',
    systemPrompt: 'Be brief.',
    userPrompt: '',
    toolResults: { c1: '{\n  "days": 6\n}' },
  });
  expect(readDraft(recording, draft)).toEqual({ change: { from: 2 }, changed: [], unreadable: [] });
});

test('only what is otherwise is asked for', () => {
  const draft = { ...recordedDraft(recording, 2), model: 'small', toolResults: { c1: '{"days":0}' } };
  expect(readDraft(recording, draft)).toEqual({
    change: { from: 2, provider: 'cloud', model: 'small', toolResults: { c1: { days: 0 } } },
    changed: ['model', 'tool results'],
    unreadable: [],
  });
});

test('waits while a result cannot be read, or a prompt is empty', () => {
  const draft = recordedDraft(recording, 2);
  expect(readDraft(recording, { ...draft, toolResults: { c1: '{"days":' } })).toMatchObject({
    change: undefined,
    unreadable: ['c1'],
  });
  expect(readDraft(recording, { ...draft, systemPrompt: '' }).change).toBeUndefined();
});

test('the first loop begins with no results of tools', () => {
  expect(recordedDraft(recording, 1).toolResults).toEqual({});
});
