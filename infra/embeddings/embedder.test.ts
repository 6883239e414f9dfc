import { expect, it } from 'vitest';
import { createEmbedder } from './embedder.ts';

/** A thread that answers each text with its length. */
function thread(lines: string): URL {
  const script = `import { parentPort } from 'node:worker_threads';
    parentPort.on('message', (texts) => { ${lines} });`;
  return new URL(`data:text/javascript,${encodeURIComponent(script)}`);
}
const lengths = 'parentPort.postMessage({ ok: true, vectors: texts.map((t) => Float32Array.of(t.length)) });';

function embedderOf(lines: string) {
  const told: string[] = [];
  const model = new URL('file:///nowhere/');
  return { told, ...createEmbedder({ script: thread(lines), model, unavailable: (why) => told.push(why) }) };
}

it('answers each text in its place, in however many batches', async () => {
  const { embed, close } = embedderOf(lengths);
  const texts = Array.from({ length: 30 }, (_, index) => 'x'.repeat(index));
  expect((await embed(texts))!.map(([length]) => length)).toEqual(texts.map(({ length }) => length));
  expect(await embed([])).toEqual([]);
  await close();
});

it('lets somebody who waits go before what is computed in advance', async () => {
  const { embed, close } = embedderOf(lengths);
  const ended: string[] = [];
  const patient = embed(Array.from({ length: 100 }, () => 'tool')).then(() => ended.push('patient'));
  const soon = embed(['question'], { soon: true }).then(() => ended.push('soon'));
  await Promise.all([patient, soon]);
  expect(ended).toEqual(['soon', 'patient']);
  await close();
});

it('says once that the model cannot be run, and answers nothing from then on', async () => {
  const { embed, told, close } = embedderOf("parentPort.postMessage({ ok: false, why: 'no such library' });");
  expect(await Promise.all([embed(['a']), embed(['b'])])).toEqual([undefined, undefined]);
  expect(await embed(['c'])).toBeUndefined();
  expect(told).toEqual(['no such library']);
  await close();
});

it('answers nothing to who still waits when it is closed, or when its thread dies', async () => {
  const silent = embedderOf('');
  const asked = silent.embed(['a']);
  await silent.close();
  expect(await asked).toBeUndefined();

  const dying = embedderOf("throw new Error('out of memory');");
  expect(await dying.embed(['a'])).toBeUndefined();
  expect(dying.told).toEqual(['out of memory']);
});
