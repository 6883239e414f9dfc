import { expect, it } from 'vitest';
import { remembered } from './remembered.ts';

function setUp() {
  const stored = new Map<string, string>();
  const reads: string[] = [];
  let time = 0;
  const memory = remembered({
    load: async (tenantId, id) => {
      reads.push(`${tenantId}/${id}`);
      return stored.get(`${tenantId}/${id}`);
    },
    now: () => time,
  });
  return {
    stored,
    reads,
    memory,
    pass(ms: number) {
      time += ms;
    },
  };
}

it('reads a thing once until it is told that it changed', async () => {
  const { stored, reads, memory } = setUp();
  stored.set('acme/ada', 'designer');
  await Promise.all([memory.get('acme', 'ada'), memory.get('acme', 'ada')]);
  stored.set('acme/ada', 'viewer');
  expect(await memory.get('acme', 'ada')).toBe('designer');
  memory.forget('acme', 'ada');
  expect(await memory.get('acme', 'ada')).toBe('viewer');
  expect(reads).toEqual(['acme/ada', 'acme/ada']);
});

it('forgets a tenant, or all, and nothing else', async () => {
  const { reads, memory } = setUp();
  const all = () => Promise.all([memory.get('acme', 'ada'), memory.get('globex', 'gil')]);
  await all();
  memory.forget('acme');
  await all();
  memory.forgetAll();
  await all();
  expect(reads).toEqual(['acme/ada', 'globex/gil', 'acme/ada', 'acme/ada', 'globex/gil']);
});

it('does not keep what was read before a change and came after it', async () => {
  let answer = (_: string) => {};
  const memory = remembered({
    load: () => new Promise<string>((resolve) => (answer = resolve)),
    now: () => 0,
  });
  const before = memory.get('acme', 'ada');
  const answerBefore = answer;
  memory.forget('acme', 'ada');
  answerBefore('designer');
  expect(await before).toBe('designer');
  const after = memory.get('acme', 'ada');
  answer('viewer');
  expect(await after).toBe('viewer');
});

it('reads again after a while though nothing was said, and after a failure', async () => {
  const { reads, memory, pass } = setUp();
  await memory.get('acme', 'ada');
  pass(10_000);
  await memory.get('acme', 'ada');
  expect(reads).toHaveLength(2);

  let attempts = 0;
  const failing = remembered({ load: async () => Promise.reject(new Error(`${++attempts}`)), now: () => 0 });
  await expect(failing.get('acme', 'ada')).rejects.toThrow('1');
  await expect(failing.get('acme', 'ada')).rejects.toThrow('2');
});
