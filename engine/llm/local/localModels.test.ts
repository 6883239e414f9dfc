import { ok } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import {
  createLocalModels,
  createLocalProvider,
  type LocalModelsOptions,
  type LocalProgramEvents,
  type ModelRequest,
  type ToLocalProgram,
} from '../index.ts';

const files = [
  { name: 'small', path: '/models/small.gguf', size: 1 },
  { name: 'large', path: '/models/large.gguf', size: 2 },
];
const { signal: never } = new AbortController();
const request = (text: string, model = 'small'): ModelRequest => ({
  model,
  messages: [{ role: 'user', text }],
  tools: [],
  responseSchema: undefined,
  temperature: 0,
  maxOutputTokens: 10,
});
const answer = (text: string) =>
  ok({ text, toolCalls: [], finish: 'stop' as const, inputTokens: 3, outputTokens: 2 });

/** Local models whose program is played by the test. */
function machine(over: Partial<LocalModelsOptions> = {}) {
  const launched: { events: LocalProgramEvents; told: ToLocalProgram[]; ended: boolean }[] = [];
  const timers: { ms: number; run(): void }[] = [];
  const models = createLocalModels({
    inventory: async () => ok(files),
    launch(events) {
      const program = { events, told: [] as ToLocalProgram[], ended: false };
      launched.push(program);
      return {
        tell: (message) => void program.told.push(message),
        end() {
          program.ended = true;
          events.ended('ended with SIGKILL');
        },
      };
    },
    schedule(ms, run) {
      const timer = { ms, run };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), timers.includes(timer) ? 1 : 0);
    },
    idleAfter: 1_000,
    patience: 50,
    longestQueue: 2,
    ...over,
  });
  const provider = createLocalProvider('here', 'acme', models);
  const passing = () => new Promise<void>((resolve) => setImmediate(resolve));
  const questions = () => launched.at(-1)?.told.filter((message) => message.kind === 'ask') ?? [];
  return { models, provider, launched, timers, passing, questions };
}

it('is asked one question after the other by one program, which is heard and ends when nobody asks', async () => {
  const { provider, launched, timers, passing, questions } = machine();
  expect(launched).toEqual([]);
  const heard: string[] = [];
  const first = provider.generate(request('one'), never, ({ text }) => heard.push(text));
  const second = provider.generate(request('two', 'large'), never);
  await passing();
  expect(questions()).toMatchObject([{ id: 1, owner: 'acme', file: files[0], heard: true }]);

  const events = launched[0]?.events;
  events?.told({ kind: 'heard', id: 1, text: 'Hel' });
  events?.told({ kind: 'heard', id: 7, text: 'of another' });
  events?.told({ kind: 'answered', id: 1, result: answer('Hello') });
  expect([await first, heard]).toEqual([answer('Hello'), ['Hel']]);
  expect(questions().slice(1)).toMatchObject([{ id: 2, file: files[1], heard: false }]);
  events?.told({ kind: 'answered', id: 2, result: answer('Bye') });
  expect(await second).toEqual(answer('Bye'));

  expect(timers).toMatchObject([{ ms: 1_000 }]);
  timers[0]?.run();
  expect(launched.map(({ ended }) => ended)).toEqual([true]);
});

it('whose program crashes fails the question at work only, and the next one has a new program', async () => {
  const { provider, launched, passing, questions } = machine();
  const first = provider.generate(request('one'), never);
  const second = provider.generate(request('two'), never);
  await passing();
  launched[0]?.events.ended('ended with SIGSEGV');
  expect(await first).toEqual({
    ok: false,
    failure: {
      code: 'MODEL_UNAVAILABLE',
      message:
        'Expected an answer of a model on this machine, but the program that runs it ended with SIGSEGV',
      retryable: true,
    },
  });
  expect(launched).toHaveLength(2);
  launched[0]?.events.told({ kind: 'answered', id: 2, result: answer('of the dead') });
  expect(questions()).toMatchObject([{ id: 2 }]);
  launched[1]?.events.told({ kind: 'answered', id: 2, result: answer('Here') });
  expect(await second).toEqual(answer('Here'));
});

it('that nobody waits for is told so, and ended when it does not leave off', async () => {
  const { provider, launched, timers, passing, questions } = machine();
  const leaving = new AbortController();
  const waitingToo = new AbortController();
  const first = provider.generate(request('one'), leaving.signal);
  const second = provider.generate(request('two'), waitingToo.signal);
  const third = provider.generate(request('three'), never);
  await passing();
  waitingToo.abort();
  leaving.abort();
  for (const left of [first, second])
    expect(await left).toMatchObject({ ok: false, failure: { code: 'MODEL_TIMEOUT' } });
  expect(launched[0]?.told.at(-1)).toEqual({ kind: 'abort', id: 1 });

  timers.find(({ ms }) => ms === 50)?.run();
  expect(launched.map(({ ended }) => ended)).toEqual([true, false]);
  expect(questions()).toMatchObject([{ id: 3 }]);
  launched[1]?.events.told({ kind: 'answered', id: 3, result: answer('Here') });
  expect(await third).toEqual(answer('Here'));
});

it('says which models there are when it is asked for another, and when too many wait', async () => {
  const { provider, passing } = machine();
  expect(await provider.generate(request('?', '../secret'), never)).toMatchObject({
    failure: {
      code: 'MODEL_REFUSED',
      message: "Expected a model of this machine ('small', 'large'), but there is no '../secret'",
    },
  });
  const asked = ['1', '2', '3'].map((text) => provider.generate(request(text), never));
  await passing();
  expect(await provider.generate(request('4'), never)).toMatchObject({
    failure: { code: 'MODEL_UNAVAILABLE', retryable: true },
  });
  expect(asked).toHaveLength(3);
});

it('is stopped with all who wait', async () => {
  const { models, provider, launched, passing } = machine();
  const asked = ['1', '2'].map((text) => provider.generate(request(text), never));
  await passing();
  models.close();
  expect((await Promise.all(asked)).map((each) => each.ok)).toEqual([false, false]);
  expect(launched.map(({ ended }) => ended)).toEqual([true]);
  expect((await provider.generate(request('late'), never)).ok).toBe(false);
});
