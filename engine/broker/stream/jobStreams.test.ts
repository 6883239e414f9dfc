import { describe, expect, it } from 'vitest';
import type { JobStream } from '../broker.ts';
import type { ActivatedJob } from '../processing/types.ts';
import { JobStreams } from './jobStreams.ts';

const job = { key: 1, type: 'pay' } as ActivatedJob;

function client(name: string, seen: string[], form: Partial<JobStream> = {}) {
  const state = { slow: false };
  const stream: JobStream = {
    type: 'pay',
    worker: 'till',
    timeout: 1000,
    fetchVariables: [],
    tenantIds: ['<default>'],
    push() {
      if (state.slow) return false;
      seen.push(name);
      return true;
    },
    ...form,
  };
  return { stream, state };
}

function deliver(streams: JobStreams, times: number): (boolean | undefined)[] {
  return Array.from({ length: times }, () => {
    const choice = streams.pick('pay', '<default>');
    return choice && streams.push(choice.streamId, job);
  });
}

describe('jobs are pushed to the clients that wait for their type', () => {
  it('in turns, among those that want the same', () => {
    const streams = new JobStreams();
    const seen: string[] = [];
    for (const name of ['a', 'b', 'c']) streams.open(client(name, seen).stream);
    deliver(streams, 6);
    expect(seen).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
  });

  it('in turns, among groups that want them differently', () => {
    const streams = new JobStreams();
    const seen: string[] = [];
    streams.open(client('a1', seen).stream);
    streams.open(client('b', seen, { fetchVariables: ['amount'] }).stream);
    streams.open(client('a2', seen).stream);
    deliver(streams, 4);
    expect(seen).toEqual(['a1', 'b', 'a2', 'b']);
  });

  it('to another client of the same group when one does not keep up, to none when all do not', () => {
    const streams = new JobStreams();
    const seen: string[] = [];
    const [a, b] = [client('a', seen), client('b', seen)];
    streams.open(a.stream);
    streams.open(b.stream);
    a.state.slow = true;
    expect(deliver(streams, 2)).toEqual([true, true]);
    expect(seen).toEqual(['b', 'b']);
    b.state.slow = true;
    expect(deliver(streams, 1)).toEqual([false]);
  });

  it('only for their tenants, and no longer once they are gone', () => {
    const streams = new JobStreams();
    const seen: string[] = [];
    const close = streams.open(client('a', seen, { tenantIds: ['acme'] }).stream);
    expect(streams.pick('pay', '<default>')).toBeUndefined();
    const choice = streams.pick('pay', 'acme');
    expect(choice).toMatchObject({ worker: 'till', timeout: 1000 });
    close();
    close();
    expect(streams.push(choice!.streamId, job)).toBe(false);
    expect(streams.pick('pay', 'acme')).toBeUndefined();
  });
});
