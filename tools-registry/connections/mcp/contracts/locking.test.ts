import { describe, expect, it } from 'vitest';
import type { McpToolContract } from '../../../contract/index.ts';
import type { McpLock } from '../ports.ts';
import { contractDrift } from './contractDrift.ts';
import { contractHash } from './contractHash.ts';
import { afterAcceptance, afterListing, emptyLock, type Listing, stateOf } from './locking.ts';

const add: McpToolContract = {
  tool: 'add',
  description: 'Adds.',
  input: { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] },
  output: {},
  annotations: { readOnlyHint: true },
};
const echo: McpToolContract = { ...add, tool: 'echo', description: 'Says it again.' };
const changed: McpToolContract = { ...add, description: 'Adds, and keeps it.' };

function listing(contracts: McpToolContract[], changes: Partial<Listing> = {}): Listing {
  return { contracts, at: 10, savedBy: 'ada', suspicious: () => false, partial: false, ...changes };
}

const states = (lock: McpLock | undefined) =>
  Object.fromEntries((lock?.tools ?? []).map((tool) => [tool.tool, stateOf(tool)]));
const stored = (lock: McpLock | undefined): McpLock => ({
  ...(lock ?? emptyLock),
  revision: (lock?.revision ?? 0) + 1,
});
const locked = stored(afterListing(emptyLock, listing([add, echo])));

describe('the contract lock', () => {
  it('takes what a server lists first, but for what is suspicious', () => {
    const lock = afterListing(emptyLock, listing([add, echo], { suspicious: ({ tool }) => tool === 'echo' }));

    expect(states(lock)).toEqual({ add: 'locked', echo: 'new' });
    expect(lock?.tools[0]?.accepted).toEqual({
      contract: add,
      hash: contractHash(add),
      version: 1,
      by: 'ada',
      at: 10,
    });
  });

  it('takes what comes right after that, too, but nothing that differs', () => {
    const lock = afterListing(
      stored(afterListing(emptyLock, listing([add]))),
      listing([changed, echo], { settling: true }),
    );

    expect(states(lock)).toEqual({ add: 'quarantined', echo: 'locked' });
  });

  it('is not written again while nothing changes', () => {
    expect(afterListing(locked, listing([echo, add], { at: 20 }))).toBeUndefined();
  });

  it('quarantines what differs, remembers since when, and lets it go when it is as it was', () => {
    const drifted = afterListing(locked, listing([changed, echo], { at: 20 }));
    expect(states(drifted)).toEqual({ add: 'quarantined', echo: 'locked' });
    expect(afterListing(stored(drifted), listing([changed, echo], { at: 30 }))).toBeUndefined();
    expect(states(afterListing(stored(drifted), listing([add, echo])))).toEqual({
      add: 'locked',
      echo: 'locked',
    });
  });

  it('has new tools wait once a server is locked, and knows which are gone', () => {
    const { tool: _, ...rest } = echo;
    const lock = afterListing(locked, listing([add, { tool: 'shout', ...rest }], { at: 20 }));

    expect(states(lock)).toEqual({ add: 'locked', echo: 'gone', shout: 'new' });
    expect(states(afterListing(stored(lock), listing([add])))).toEqual({ add: 'locked', echo: 'gone' });
  });

  it('holds for an empty list, too: what comes after it is new', () => {
    const empty = afterListing(emptyLock, listing([]));

    expect(states(afterListing(stored(empty), listing([add])))).toEqual({ add: 'new' });
  });

  it('does not take for gone what one person may not see', () => {
    expect(afterListing(locked, listing([add], { partial: true }))).toBeUndefined();
  });

  it('takes what an admin saw, as a new version; nothing when one of the tools is not as it was seen', () => {
    const drifted = stored(afterListing(locked, listing([changed], { at: 20 })));
    const taken = [
      { tool: 'add', hash: contractHash(changed) },
      { tool: 'echo', hash: contractHash(echo) },
    ];

    const after = afterAcceptance(drifted, taken, 'grace', 30, '2.0.0');
    expect(after).toMatchObject({
      ok: true,
      lock: {
        tools: [
          { tool: 'add', accepted: { contract: changed, version: 2, by: 'grace', serverVersion: '2.0.0' } },
        ],
      },
    });
    expect(
      afterAcceptance(drifted, [...taken, { tool: 'add', hash: 'another' }], 'grace', 30, undefined),
    ).toEqual({
      ok: false,
      changed: 'add',
    });
  });

  it('is over all that is promised, in whatever order it is written', () => {
    const reordered = {
      ...add,
      input: { required: ['a'], properties: { a: { type: 'number' } }, type: 'object' },
    };
    expect(contractHash(reordered)).toBe(contractHash(add));

    const others: McpToolContract[] = [
      changed,
      { ...add, tool: 'plus' },
      { ...add, title: 'Add' },
      { ...add, output: { type: 'number' } },
      { ...add, annotations: {} },
      { ...add, input: { ...add.input, required: [] } },
    ];
    expect(new Set([add, ...others].map(contractHash)).size).toBe(others.length + 1);
  });

  it('says what differs, place by place', () => {
    const seen = {
      ...changed,
      input: { type: 'object', properties: { a: { type: 'string' }, bcc: { type: 'string' } } },
    };

    expect(contractDrift(add, seen).text.split('\n')).toEqual([
      'description: "Adds." → "Adds, and keeps it."',
      'input/properties/a/type: "number" → "string"',
      'input/properties/bcc: new {"type":"string"}',
      'input/required: gone, was ["a"]',
    ]);
  });
});
