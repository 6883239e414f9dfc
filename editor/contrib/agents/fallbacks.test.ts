import { expect, it } from 'vitest';
import { chainOf, moved, nextChoice } from './fallbacks.ts';
import type { KnownProvider } from './knownResources.ts';

const provider = (name: string, models: string[], status: KnownProvider['status'] = 'connected') => ({
  name,
  type: 'mock' as const,
  status,
  models,
  prices: [],
});

it('moves a model up and down its chain', () => {
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
});

it('shows a chain that is still being written', () => {
  expect(chainOf([{ provider: 'gpu' }, 'mock', { provider: 'a', model: 7 }])).toEqual([
    { provider: 'gpu', model: '' },
    { provider: '', model: '' },
    { provider: 'a', model: '' },
  ]);
  expect(chainOf('none')).toEqual([]);
});

it('suggests another connected provider first, then another model', () => {
  const asked = [{ provider: 'cloud', model: 'large' }];
  const cloud = provider('cloud', ['large', 'small']);
  const gpu = provider('gpu', ['qwen']);
  const broken = provider('broken', ['x'], 'error');
  expect(nextChoice([broken, cloud, gpu], asked)).toEqual({ provider: 'gpu', model: 'qwen' });
  expect(nextChoice([broken, cloud], asked)).toEqual({ provider: 'cloud', model: 'small' });
  expect(nextChoice([broken], asked)).toEqual({ provider: 'broken', model: 'x' });
  expect(nextChoice([], asked)).toEqual({ provider: '', model: '' });
});
