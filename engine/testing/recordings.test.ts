import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentRecording } from '@baton/engine/protocol';
import { afterAll, expect, it } from 'vitest';
import { assertReplays, readRecording, recordingsIn } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'recordings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const limits = {
  maxModelCalls: 4,
  maxToolCalls: 100,
  maxRepeats: 5,
  maxIdleLoops: 3,
  maxTokens: 10_000,
  timeout: 1_000,
  maxDuration: 10_000,
};
const request = {
  model: 'm-1',
  messages: [
    { role: 'system', text: 'You greet.' },
    { role: 'user', text: 'Hello' },
  ],
};

/** As small as a recording can be; its request is not the one that is made now. */
const greeting: AgentRecording = {
  format: 'baton-recording/1',
  run: {
    id: 'r-1',
    processInstanceKey: 'r-1',
    elementId: '',
    status: 'completed',
    result: { text: 'Hi' },
    error: null,
  },
  agent: {
    id: 'a-1',
    name: 'greeter',
    version: 1,
    definition: {
      name: 'greeter',
      provider: 'mock',
      model: 'm-1',
      fallbacks: [],
      systemPrompt: 'You greet {{> tone}}.',
      userPrompt: '{{message}}',
      parameters: { temperature: 0, stop: [] },
      tools: [],
      memory: { kind: 'none', keep: 'PT1H', messages: 2 },
      context: { overflow: 'trim' },
      limits,
    },
  },
  task: null,
  policy: null,
  prompts: [{ name: 'tone', label: null, version: 2, text: 'kindly' }],
  began: { variables: { message: 'Hello' }, said: [] },
  grants: [],
  calls: [
    {
      id: 'c-1',
      tenantId: 'masked',
      kind: 'model',
      name: 'greeter',
      version: 1,
      model: 'mock/m-1',
      processInstanceKey: 'r-1',
      elementInstanceKey: 'r-1',
      elementId: '',
      jobKey: '',
      sequence: 1,
      requestHash: 'as-it-was',
      request,
      response: { text: 'Hi', toolCalls: [], finish: 'stop', inputTokens: 1, outputTokens: 1 },
      error: null,
      usage: { inputTokens: 1, outputTokens: 1, cost: 0 },
      startedAt: 1,
      duration: 1,
    },
  ],
};

it('a recording that is not done over alike fails with the message that differs', async () => {
  await expect(assertReplays(greeting)).rejects.toThrow(
    [
      'Expected run r-1 to be done over alike, but call 1 differs at /messages/0/text',
      '  recorded: "You greet."',
      '  now:      "You greet kindly."',
    ].join('\n'),
  );
});

it('recordings of a folder come by name; what is none says so', () => {
  writeFileSync(join(folder, 'b.json'), JSON.stringify(greeting));
  writeFileSync(join(folder, 'a.json'), JSON.stringify(greeting));
  writeFileSync(join(folder, 'notes.txt'), 'none');
  expect(recordingsIn(folder).map(({ name }) => name)).toEqual(['a.json', 'b.json']);
  writeFileSync(join(folder, 'c.json'), '{"format":"other"}');
  expect(() => readRecording(join(folder, 'c.json'))).toThrow('but it is something else');
  writeFileSync(join(folder, 'c.json'), '{');
  expect(() => readRecording(join(folder, 'c.json'))).toThrow('but it cannot be read');
});
