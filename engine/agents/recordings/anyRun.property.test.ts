import dns from 'node:dns';
import net from 'node:net';
import type { ModelFailure, ModelProvider, ModelResponse } from '@baton/engine/llm';
import { type AgentRecording, failed, type JsonObject, ok } from '@baton/engine/protocol';
import type { ToolFailureCode } from '@baton/tools-registry/contract';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AgentDefinition } from '../definitions.ts';
import { blankAgent, orderLookup, says, scripted } from '../runTest.ts';
import { recorded } from './recordTest.ts';
import { replayRun } from './replayRun.ts';

/** The network is cut: whoever tries it fails. */
beforeEach(() => {
  const cut = () => {
    throw new Error('the network is cut');
  };
  vi.stubGlobal('fetch', cut);
  vi.spyOn(net.Socket.prototype, 'connect').mockImplementation(cut);
  vi.spyOn(dns, 'lookup').mockImplementation(cut as never);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

type Turn =
  | { kind: 'answer'; text: string }
  | { kind: 'tools'; tools: { name: string; orderId: string }[] }
  | { kind: 'fails'; code: ModelFailure['code'] };
type Outcome = { ok: true; value: JsonObject } | { ok: false; code: ToolFailureCode };

const turn: fc.Arbitrary<Turn> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      text: fc.constantFrom('{"mood":"calm"}', 'well', '{"mood":1}', 'späte Grüße 🙂'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('tools' as const),
      tools: fc.array(
        fc.record({
          name: fc.constantFrom('order-lookup', 'refund', 'no-such-tool'),
          orderId: fc.constantFrom('HP-1', 'HP-2', 'HP-3'),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('fails' as const),
      code: fc.constantFrom<ModelFailure['code']>(
        'MODEL_UNAVAILABLE',
        'MODEL_TIMEOUT',
        'MODEL_ANSWER_INVALID',
        'MODEL_REFUSED',
      ),
    }),
  },
);
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ ok: fc.constant(true as const), value: fc.record({ status: fc.string() }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ok: fc.constant(false as const),
      code: fc.constantFrom<ToolFailureCode>('TOOL_FAILED', 'TOOL_TIMEOUT', 'TOOL_QUARANTINED'),
    }),
  },
);
const anyRun = fc.record({
  turns: fc.array(turn, { minLength: 1, maxLength: 12 }),
  outcomes: fc.array(outcome, { minLength: 1, maxLength: 6 }),
  fallbacks: fc.integer({ min: 0, max: 2 }),
  /** The job is tried again after it failed, as often. */
  retries: fc.integer({ min: 0, max: 2 }),
  contract: fc.boolean(),
  maxModelCalls: fc.integer({ min: 1, max: 8 }),
  maxCost: fc.option(fc.constantFrom(0.000_1, 0.000_3), { nil: undefined }),
  maxTokens: fc.constantFrom(300, 10_000),
  memory: fc.boolean(),
});
type AnyRun = typeof anyRun extends fc.Arbitrary<infer R> ? R : never;

const mood = { type: 'object', properties: { mood: { type: 'string' } }, required: ['mood'] };

async function recordAny(given: AnyRun): Promise<{ recording: AgentRecording; asked(): number }> {
  const { maxModelCalls, maxCost, maxTokens } = given;
  const changes: Partial<AgentDefinition> = {
    tools: ['order-lookup', 'refund'],
    fallbacks: Array.from({ length: given.fallbacks }, (_, index) => ({
      provider: `other-${index}`,
      model: index === 0 ? 'm-1' : 'm-3',
    })),
    ...(given.contract && { response: mood }),
    ...(given.memory && { memory: { kind: 'conversation', keep: 'PT1H', messages: 4 } }),
    limits: { ...blankAgent.limits, maxModelCalls, maxTokens, ...(maxCost !== undefined && { maxCost }) },
  };
  const agent = scripted(changes);
  const turns = [...given.turns];
  let asked = 0;
  const provider = (name: string): ModelProvider => ({
    name,
    priceOf: () => ({ input: 1, output: 2 }),
    async generate() {
      asked += 1;
      const next = turns.shift() ?? { kind: 'answer', text: '{"mood":"tired"}' };
      if (next.kind === 'fails')
        return failed({
          code: next.code,
          message: `Expected an answer, but ${name} is away`,
          retryable: true,
        });
      if (next.kind === 'answer') return ok(says({ text: next.text }));
      const toolCalls: ModelResponse['toolCalls'] = next.tools.map(({ name: tool, orderId }, index) => ({
        // Some providers give every answer's calls the same ids.
        id: `call-${index}`,
        name: tool,
        arguments: { orderId },
      }));
      return ok(says({ finish: 'toolCalls', toolCalls }));
    },
  });
  const outcomes = [...given.outcomes];
  agent.dependencies.models.provider = async (_tenantId, name) => provider(name);
  agent.dependencies.tools = {
    catalog: {
      get: async (_tenantId, name) =>
        name === 'no-such-tool'
          ? undefined
          : { id: name, definition: { ...orderLookup, name }, version: 2, origin: { kind: 'saved' } },
      list: async () => [],
    },
    invoker: {
      async call({ name, version = 0 }) {
        asked += 1;
        const next = outcomes.shift() ?? { ok: true, value: { status: 'fine' } };
        if (next.ok) return { ...next, version, logs: [] };
        return {
          ok: false,
          version,
          failure: { code: next.code, message: `Expected ${name} to do it, but it did not` },
        };
      },
    },
  };
  const ask = given.memory ? { conversation: 'c-1' } : {};
  if (given.memory) {
    turns.unshift({ kind: 'answer', text: '{"mood":"calm"}' });
    await agent.run(ask);
    agent.calls.records.length = 0;
  }
  let ran = await agent.run(ask);
  for (let retry = 0; retry < given.retries && !ran.result.ok; retry += 1) {
    const begun = agent.calls.records.find(({ kind, sequence }) => kind === 'model' && sequence === 1);
    ran = await agent.run({ ...ask, begun });
  }
  return { recording: await recorded(agent, changes, ran), asked: () => asked };
}

it('any recorded run is done over alike: no model is asked, no tool called, no socket opened', async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, async (given) => {
      const { recording, asked } = await recordAny(given);
      const before = asked();
      expect(await replayRun(recording)).toMatchObject({ run: recording.run.id, difference: null });
      expect(asked()).toBe(before);
    }),
    { numRuns: 200 },
  );
});

it('a change of any answer, or of the prompt, is found at the first call it changes', async () => {
  await fc.assert(
    fc.asyncProperty(anyRun, fc.nat(), async (given, pick) => {
      // Nothing is left out for its length.
      const { recording } = await recordAny({ ...given, maxTokens: 10_000 });
      const prompted = { ...recording.agent.definition, systemPrompt: 'Be brief.' };
      expect(await replayRun(recording, { agent: prompted })).toMatchObject({
        calls: 0,
        difference: { sequence: 1, pointer: '/messages/0/text' },
      });
      const tools = recording.calls.filter(
        (call) =>
          call.kind === 'tool' &&
          call.error === null &&
          recording.calls.some((later) => later.kind === 'model' && later.sequence > call.sequence),
      );
      const planted = tools[pick % Math.max(1, tools.length)];
      if (!planted) return;
      const told = recording.calls.find(
        ({ kind, sequence }) => kind === 'model' && sequence > planted.sequence,
      );
      planted.response = { status: 'planted by nobody else' };
      const { difference } = await replayRun(recording);
      expect(difference).toMatchObject({ sequence: told!.sequence });
    }),
    { numRuns: 100 },
  );
});

it('1,000 recorded runs are done over alike with the network cut', async () => {
  const recordings: AgentRecording[] = [];
  for (const given of fc.sample(anyRun, { numRuns: 1_000, seed: 8 }))
    recordings.push((await recordAny(given)).recording);
  const reports = await Promise.all(recordings.map((recording) => replayRun(recording)));
  expect(reports.filter(({ difference }) => difference !== null)).toEqual([]);
  expect(reports).toHaveLength(1_000);
});
