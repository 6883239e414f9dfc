import { expect, test } from 'vitest';
import { inBatches } from './inBatches.ts';

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

test('what comes while a write is under way goes with the next one, no more than fit', async () => {
  const { open, opened } = gate();
  const written: number[][] = [];
  const add = inBatches(async (items: number[]) => {
    written.push(items);
    await opened;
  }, 2);
  const first = add(1);
  await Promise.resolve();
  const others = [2, 3, 4].map(add);
  await Promise.resolve();
  expect(written).toEqual([[1]]);
  open();
  await Promise.all([first, ...others]);
  expect(written).toEqual([[1], [2, 3], [4]]);
});

test('who was in a batch that failed is told; the next one is written', async () => {
  const add = inBatches(async (items: string[]) => {
    if (items.includes('bad')) throw new Error('no space');
  });

  await add('good');
  await expect(add('bad')).rejects.toThrow('no space');
  await expect(add('later')).resolves.toBeUndefined();
});
