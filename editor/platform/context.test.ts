import { expect, it } from 'vitest';
import { createContextKeys } from './context.ts';

it('tells of several keys once, and of what stays as it is never', () => {
  const context = createContextKeys();
  const heard: unknown[] = [];
  context.subscribe(() => heard.push({ ...context.getState() }));

  context.setAll({ documentKind: 'agent', documentDirty: false });
  context.setAll({ documentKind: 'agent', documentDirty: false });
  context.set('documentDirty', false);
  context.setAll({ documentKind: undefined });

  expect(heard).toEqual([
    { documentKind: 'agent', documentDirty: false },
    { documentKind: undefined, documentDirty: false },
  ]);
  expect(context.get('documentDirty')).toBe(false);
});
