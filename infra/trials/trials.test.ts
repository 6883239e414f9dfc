import { afterEach, expect, it } from 'vitest';
import { createTrials, type Trials } from './trials.ts';

/** Answers each expression with itself; a few do what no expression should. */
const script = new URL(
  `data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ expression }) => {
      if (expression === 'for ever') for (;;);
      if (expression === 'crash') throw new Error('gone');
      if (expression === 'too much') for (const all = []; ; ) all.push(new Array(100_000).fill(all.length));
      parentPort.postMessage('{"ok":true,"value":{"value":' + expression + ',"warnings":[]}}');
    });`)}`,
);

let trials: Trials;
/** What is to happen later, by its ms. */
const later = new Map<number, () => void>();
function open() {
  trials = createTrials({
    script,
    schedule(ms, callback) {
      later.set(ms, callback);
      return () => later.delete(ms);
    },
  });
  return async (expression: string) => {
    const answer = await trials.feel(expression, {});
    return answer.ok ? answer.value.value : answer.failure.message;
  };
}
afterEach(() => trials.close());

it('answers each question with its own answer, integers of 64 bits too', async () => {
  const ask = open();
  const asked = ['1', '"two"', '9007199254740993', '[4]'];
  expect(await Promise.all(asked.map(ask))).toEqual([1, 'two', 9007199254740993n, [4]]);
});

it('one that never ends is ended, and those behind it are answered', async () => {
  const ask = open();
  const answers = [ask('1'), ask('for ever'), ask('3')];
  await answers[0];
  later.get(10_000)!();
  expect(await Promise.all(answers)).toEqual([
    1,
    'Expected a value, but the evaluation takes longer than 10 s',
    3,
  ]);
});

it('one that crashes or takes all memory fails by itself', async () => {
  const ask = open();
  expect(await Promise.all(['crash', '2', 'too much', '4'].map(ask))).toEqual([
    'Expected a value, but the evaluation ended: gone',
    2,
    'Expected a value, but the evaluation takes more than 512 MB of memory',
    4,
  ]);
});

it('gives the thread up when nobody asks, and starts again', async () => {
  const ask = open();
  expect(await ask('1')).toBe(1);
  later.get(300_000)!();
  expect(await ask('2')).toBe(2);
});

it('says so to who waits when it is closed', async () => {
  const ask = open();
  const answers = [ask('for ever'), ask('2')];
  await trials.close();
  const stopping = 'Expected a value, but the product is stopping';
  expect(await Promise.all(answers)).toEqual([stopping, stopping]);
});
