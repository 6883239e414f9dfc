import { expect, it } from 'vitest';
import { createRegistry, inOrder } from './registry.ts';

interface Thing {
  id: string;
  order?: number;
}

it('shows what is registered until it is disposed', () => {
  const things = createRegistry<Thing>('thing', (thing) => thing.id);
  let changes = 0;
  things.subscribe(() => changes++);

  const first = things.register({ id: 'a' });
  things.register({ id: 'b' });
  first.dispose();
  first.dispose();

  expect(things.getState()).toEqual([{ id: 'b' }]);
  expect(things.get('a')).toBeUndefined();
  expect(changes).toBe(3);
});

it('refuses a second registration of an id', () => {
  const things = createRegistry<Thing>('thing', (thing) => thing.id);
  things.register({ id: 'a' });

  expect(() => things.register({ id: 'a' })).toThrow(
    'Expected one thing with id "a", but it is registered twice',
  );
});

it('sorts by order and keeps the order of registration among equals', () => {
  const sorted = inOrder<Thing>([{ id: 'last', order: 9 }, { id: 'first' }, { id: 'second' }]);

  expect(sorted.map((thing) => thing.id)).toEqual(['first', 'second', 'last']);
});
