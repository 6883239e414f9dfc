// A process with agents' runs at work, until it is killed. It says on its output what it does, in the moment it does it.
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { type CallRecord, type JsonValue, ok } from '@baton/engine/protocol';
import { openDocumentStore } from '@baton/infra/store';
import { openAgentUnderTest, TENANT } from './agentUnderTest.ts';

/** Loops of a run before it answers. */
const LOOPS = 4;

const [dataDirectory = '', ...runs] = process.argv.slice(2);
/** Said when it returns: whoever listens has it, though the process is killed the moment after. */
function say(what: string, of: string): void {
  for (;;) {
    try {
      writeSync(1, `${what} ${of}\n`);
      return;
    } catch (error) {
      // The pipe is full until the listener has read.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

const aWhile = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 4));

const keyOf = (asked: unknown) => createHash('sha256').update(JSON.stringify(asked)).digest('hex');
/** By what is really asked and called; no two calls of all runs are alike. */
function keyOfRecord({ kind, request }: CallRecord): string {
  const { messages, tool, arguments: given } = request as { [name: string]: JsonValue };
  return kind === 'model' ? keyOf(messages) : keyOf([tool, given]);
}

const opened = await openDocumentStore({ uri: undefined, dataDirectory, now: () => new Date() });
const recorded = new Map<string, CallRecord[]>();
for (const run of runs) recorded.set(run, await opened.calls.list(TENANT, run));
const before = new Set([...recorded.values()].flat().map(keyOfRecord));
for (const key of before) say('known', key);

const store: typeof opened = {
  ...opened,
  calls: {
    ...opened.calls,
    async append(record) {
      await opened.calls.append(record);
      say('recorded', `${keyOfRecord(record)} ${record.elementInstanceKey}`);
    },
  },
};
const make = (key: string) => say(before.has(key) ? 'repeated' : 'made', key);

const agent = await openAgentUnderTest(store, {
  provider: {
    name: 'mock',
    priceOf: () => ({ input: 1, output: 4 }),
    async generate({ messages }) {
      make(keyOf(messages));
      await aWhile();
      const run = /run-\d+/.exec(messages[1]?.text ?? '')?.[0] ?? '';
      const loop = messages.filter(({ role }) => role === 'assistant').length;
      const calls = Array.from({ length: (loop % 3) + 1 }, (_, n) => ({
        id: `${loop}-${n}`,
        name: n === 0 ? 'order-lookup' : 'refund',
        arguments: { orderId: `${run}/${loop}/${n}` },
      }));
      const over = loop === LOOPS;
      return ok({
        text: over ? `${run} is done` : '',
        toolCalls: over ? [] : calls,
        finish: over ? 'stop' : 'toolCalls',
        inputTokens: 100,
        outputTokens: 10,
      });
    },
  },
  async call(tool, given) {
    make(keyOf([tool, given]));
    await aWhile();
    return { of: given };
  },
});

say('ready', '');
await Promise.all(
  runs.map(async (run) => {
    const begun = recorded.get(run)?.find(({ kind, sequence }) => kind === 'model' && sequence === 1);
    say('begun', run);
    const { result } = await agent.run(run, `Where is my order? (${run})`, begun);
    const right = result.ok && JSON.stringify(result.value) === JSON.stringify({ text: `${run} is done` });
    say(right ? 'done' : 'wrong', run);
  }),
);
await store.close();
