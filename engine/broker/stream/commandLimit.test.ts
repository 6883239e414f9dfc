import { describe, expect, it } from 'vitest';
import { commands } from '../commands.ts';
import { CommandLimit } from './commandLimit.ts';

const creation = commands.createInstance(
  { bpmnProcessId: 'order', version: -1, processDefinitionKey: -1, variables: {} },
  '<default>',
);
const completion = commands.completeJob(2 ** 51 + 1, {});

function limited(most: number) {
  const world = { time: 0, delay: 0 };
  const limit = new CommandLimit({ now: () => world.time, eventLoopDelay: () => world.delay }, most);
  const admitted = (count: number, command = creation as Parameters<CommandLimit['admit']>[0]) =>
    Array.from({ length: count }, () => limit.admit(command)).filter(Boolean).length;
  /** One full round: as many as may come in, each answered after `ms`. */
  const round = (ms: number) => {
    const count = admitted(most);
    const since = world.time;
    world.time += ms;
    for (let i = 0; i < count; i++) limit.answered(since);
    return count;
  };
  return { world, limit, admitted, round };
}

describe('the broker takes no more commands than it can answer in time', () => {
  it('takes up to its limit while answers are in time', () => {
    const { admitted, round } = limited(100);
    expect([round(5), round(5), admitted(101)]).toEqual([100, 100, 100]);
  });

  it('takes a tenth less each time answers are late, and never less than ten', () => {
    const { round } = limited(100);
    expect([round(300), round(300), round(300), round(300)]).toEqual([100, 90, 81, 72]);
    for (let i = 0; i < 50; i++) round(300);
    expect(round(300)).toBe(10);
  });

  it('takes more again, one with each answer in time', () => {
    const { round, limit } = limited(100);
    for (let i = 0; i < 50; i++) round(300);
    expect(limit.current).toBe(10);
    round(5);
    expect(limit.current).toBeGreaterThan(10);
    for (let i = 0; i < 20; i++) round(5);
    expect(limit.current).toBe(100);
  });

  it('does not raise a limit that nobody needs', () => {
    const { limit, round, world } = limited(100);
    for (let i = 0; i < 5; i++) round(300);
    const { current } = limit;
    for (let i = 0; i < 100; i++) {
      limit.admit(creation);
      limit.answered(world.time);
    }
    expect(limit.current).toBe(current);
  });

  it('takes finished jobs beyond the limit, because they empty the broker', () => {
    const { admitted } = limited(100);
    expect(admitted(150)).toBe(100);
    expect(admitted(150, completion)).toBe(100);
    expect(admitted(1, completion)).toBe(0);
  });

  it('takes nothing new while its thread runs late, and finished jobs until it is twice as late', () => {
    const { admitted, world } = limited(100);
    world.delay = 250;
    expect([admitted(1), admitted(1, completion)]).toEqual([0, 1]);
    world.delay = 450;
    expect([admitted(1), admitted(1, completion)]).toEqual([0, 0]);
    world.delay = 10;
    expect([admitted(1), admitted(1, completion)]).toEqual([1, 1]);
  });
});
