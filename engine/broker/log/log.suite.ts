import type { AnyRecord } from '@baton/engine/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Log } from './log.ts';

/** A batch of message records from `position` on. */
export function batch(position: number, count = 1, text = 'hello'): AnyRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    position: position + index,
    sourcePosition: index === 0 ? -1 : position,
    key: 2 ** 51 + 1 + position + index,
    timestamp: 1_700_000_000_000,
    recordType: index === 0 ? 'COMMAND' : 'EVENT',
    valueType: 'MESSAGE',
    intent: index === 0 ? 'PUBLISH' : 'PUBLISHED',
    value: {
      name: text,
      correlationKey: '',
      timeToLive: 0,
      messageId: '',
      variables: { text },
      deadline: -1,
    },
    tenantId: 'acme',
    version: 1,
  }));
}

/** What every log does, whatever it is made of. `open` gives an empty one. */
export function logSuite(name: string, open: () => Log): void {
  describe(name, () => {
    it('is empty at first', () => {
      const log = open();
      expect([log.lastPosition, log.firstPosition, [...log.read(0)]]).toEqual([-1, 0, []]);
    });

    it('gives back what was appended, in order, from any position on', async () => {
      const log = open();
      const appended = [batch(0, 3), batch(3, 1), batch(4, 2)].map((records) => log.append(records));
      await Promise.all(appended.map(({ durable }) => durable));

      expect(log.lastPosition).toBe(5);
      expect([...log.read(0)].map(({ records }) => records)).toEqual([batch(0, 3), batch(3, 1), batch(4, 2)]);
      expect([...log.read(5)].map(({ records }) => records)).toEqual([batch(4, 2).slice(1)]);
      expect([...log.read(6)]).toEqual([]);
    });

    it('finds a batch by its address', async () => {
      const log = open();
      log.append(batch(0, 2));
      const { address, durable } = log.append(batch(2, 3, 'second'));
      await durable;

      expect(log.at(address)).toEqual(batch(2, 3, 'second'));
      expect([...log.read(2)][0]!.address).toEqual(address);
    });

    it('keeps variables named like the parts of an object', async () => {
      const log = open();
      const variables = JSON.parse('{"__proto__":{"a":[{"__proto__":1}]},"constructor":"x","toString":null}');
      const [record] = batch(0);
      const written = { ...record, value: { ...record!.value, variables } } as AnyRecord;
      const { address, durable } = log.append([written]);
      await durable;
      expect(JSON.stringify(log.at(address))).toBe(JSON.stringify([written]));
    });

    it('keeps every value that JSON can say', async () => {
      const log = open();
      let position = 0;
      await fc.assert(
        fc.asyncProperty(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), async (given) => {
          const variables = JSON.parse(JSON.stringify(given));
          const [record] = batch(position++);
          const written = { ...record, value: { ...record!.value, variables } } as AnyRecord;
          const { address, durable } = log.append([written]);
          await durable;
          expect(log.at(address)).toEqual([written]);
        }),
        { numRuns: 300 },
      );
    });
  });
}
