import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Coordination, EventStream } from './ports.ts';

export interface EventsUnderTest {
  /** One process's view of the same service. */
  open(): Promise<Coordination>;
  /** Whether several processes share it. */
  shared: boolean;
  dispose(): Promise<void>;
}

/** What a follower is told, in order. */
export type Told = ['begun' | 'lost', number] | [id: number, data: string];

/** Follows and writes down. */
export function witness({ events }: Coordination, stream: EventStream, after?: number) {
  const told: Told[] = [];
  const end = events.follow(stream, after, {
    begun: (id) => told.push(['begun', id]),
    lost: (id) => told.push(['lost', id]),
    heard: ({ id, data }) => told.push([id, data]),
  });
  return {
    told,
    end,
    heard: () => told.filter(([first]) => typeof first === 'number').map(([, data]) => data),
    last: () =>
      Math.max(...told.map(([first, second]) => (typeof first === 'number' ? first : Number(second)))),
    begun: () => expect.poll(() => told[0]?.[0], { timeout: 10_000 }).toMatch(/begun|lost/),
  };
}

let streams = 0;
export const newStream = (): EventStream => ({ name: `acme/topic-${streams++}-${process.pid}` });

export function eventsSuite(name: string, start: () => Promise<EventsUnderTest>): void {
  describe(name, () => {
    let service: EventsUnderTest;
    let opened: Coordination[] = [];
    /** Two processes, where there can be two. */
    const open = async () => {
      const one = await service.open();
      opened.push(one);
      if (!service.shared) return [one, one] as const;
      const two = await service.open();
      opened.push(two);
      return [one, two] as const;
    };

    beforeAll(async () => {
      service = await start();
    });
    afterEach(async () => {
      for (const coordination of opened) await coordination.close();
      opened = [];
    });
    afterAll(() => service.dispose());

    it('tells everybody everywhere the same events under the same ids, in one order', async () => {
      const [here, there] = await open();
      const stream = newStream();
      const followers = [witness(here, stream), witness(there, stream), witness(there, stream)];
      for (const follower of followers) await follower.begun();
      for (let n = 0; n < 50; n++) (n % 2 ? here : there).events.publish(stream, `${n}`);
      for (const { heard } of followers) await expect.poll(heard).toHaveLength(50);

      const [first, ...others] = followers.map(({ told }) => told.slice(1));
      for (const told of others) expect(told).toEqual(first);
      const ids = first!.map(([id]) => id as number);
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
      expect(first!.map(([, data]) => Number(data)).sort((a, b) => Number(a) - Number(b))).toEqual(
        Array.from({ length: 50 }, (_, n) => n),
      );
    });

    it('goes on behind the last event seen, in another process too', async () => {
      const [here, there] = await open();
      const stream = newStream();
      const before = witness(here, stream);
      await before.begun();
      here.events.publish(stream, 'seen');
      await expect.poll(before.heard).toEqual(['seen']);
      before.end();
      here.events.publish(stream, 'missed 1');
      here.events.publish(stream, 'missed 2');

      const after = witness(there, stream, before.last());
      await expect.poll(after.heard).toEqual(['missed 1', 'missed 2']);
      there.events.publish(stream, 'new');
      await expect.poll(after.heard).toEqual(['missed 1', 'missed 2', 'new']);
      expect(after.told[0]).toEqual(['begun', before.last()]);
    });

    it('says lost to whoever comes from a place that is not known, and goes on from there', async () => {
      const [here] = await open();
      const stream = newStream();
      const follower = witness(here, stream, 12);
      await follower.begun();
      here.events.publish(stream, 'new');
      await expect.poll(follower.heard).toEqual(['new']);

      expect(follower.told[0]![0]).toBe('lost');
    });

    it('keeps the newest thousand events', async () => {
      const [here, there] = await open();
      const stream = newStream();
      const first = witness(here, stream);
      await first.begun();
      const beginning = first.last();
      for (let n = 0; n < 1_001; n++) here.events.publish(stream, `${n}`);
      await expect.poll(() => first.heard().length).toBe(1_001);
      const second = first.told[1]![0] as number;

      const tooLate = witness(there, stream, beginning);
      const inTime = witness(there, stream, second);
      await expect.poll(() => inTime.heard().length).toBe(1_000);
      expect([tooLate.told[0]![0], inTime.told[0], inTime.told[1]![1]]).toEqual([
        'lost',
        ['begun', second],
        '1',
      ]);
    });

    it('keeps four megabytes, and hands on what is larger to those who are there', async () => {
      const [here, there] = await open();
      const stream = newStream();
      const first = witness(here, stream);
      await first.begun();
      const large = 'x'.repeat(1_500_000);
      for (let n = 0; n < 4; n++) here.events.publish(stream, `${n}${large}`);
      await expect.poll(() => first.heard().map((data) => String(data)[0])).toEqual(['0', '1', '2', '3']);
      const [, zero, one] = first.told.map(([id]) => id as number);

      const tooLate = witness(there, stream, zero);
      const inTime = witness(there, stream, one);
      await expect.poll(() => inTime.heard().map((data) => String(data)[0])).toEqual(['2', '3']);
      expect(tooLate.told[0]![0]).toBe('lost');
    });

    it('tells once what several processes tell, and nothing of one name that is older than what was told', async () => {
      const [here, there] = await open();
      const stream = newStream();
      const follower = witness(here, stream);
      await follower.begun();
      for (let n = 0; n < 20; n++) {
        const telling = { name: `run ${n % 2}`, order: 1_767_323_045_006_000 + n };
        here.events.publish(stream, `${n}`, telling);
        there.events.publish(stream, `${n}`, telling);
      }
      await expect.poll(() => follower.heard().length).toBe(20);
      there.events.publish(stream, 'older', { name: 'run 0', order: 1_767_323_045_006_001 });
      there.events.publish(stream, 'end');
      await expect.poll(() => follower.heard().at(-1)).toBe('end');

      expect(follower.heard()).toEqual([...Array.from({ length: 20 }, (_, n) => `${n}`), 'end']);
    });

    it('tells nothing of other streams, and nothing to who has left', async () => {
      const [here] = await open();
      const [stream, other] = [newStream(), newStream()];
      const left = witness(here, stream);
      const follower = witness(here, stream);
      await left.begun();
      await follower.begun();
      left.end();
      here.events.publish(other, 'foreign');
      here.events.publish(stream, 'own');
      await expect.poll(follower.heard).toEqual(['own']);

      expect(left.heard()).toEqual([]);
    });

    it('knows in every process what is followed', async () => {
      const [here, there] = await open();
      const stream = newStream();
      expect(there.events.isFollowed(stream)).toBe(false);
      await witness(here, stream).begun();
      await expect.poll(() => there.events.isFollowed(stream)).toBe(true);
    });

    it('is without a gap and without repetition for every follower, whoever tells, comes and goes when', async () => {
      const processes = await open();
      const step = fc.oneof(
        { weight: 8, arbitrary: fc.record({ tell: fc.constantFrom(0, 1) }) },
        { weight: 4, arbitrary: fc.record({ come: fc.constantFrom(0, 1), from: fc.nat(30) }) },
        { weight: 2, arbitrary: fc.record({ go: fc.nat(5) }) },
        { weight: 1, arbitrary: fc.constant('settle' as const) },
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
          const stream = newStream();
          const all = witness(processes[0], stream);
          await all.begun();
          const others: { witness: ReturnType<typeof witness>; left: boolean }[] = [];
          let events = 0;
          const tell = (process: number) => processes[process as 0 | 1].events.publish(stream, `${events++}`);
          for (const taken of steps) {
            if (taken === 'settle') await expect.poll(() => all.heard().length).toBe(events);
            else if ('tell' in taken) tell(taken.tell);
            else if ('come' in taken) {
              // From a place that somebody has seen, or from the end.
              const place = all.told[taken.from]?.[0];
              const after = typeof place === 'number' ? place : undefined;
              const process = processes[taken.come as 0 | 1];
              others.push({ witness: witness(process, stream, after), left: false });
            } else {
              const other = others[taken.go];
              other?.witness.end();
              if (other) other.left = true;
            }
          }
          for (const { witness, left } of others) if (!left) await witness.begun();
          tell(1);
          await expect.poll(() => all.heard().length).toBe(events);
          const order = all.told.slice(1);
          const end = all.last();
          for (const { witness, left } of others) {
            if (!left) await expect.poll(witness.last).toBe(end);
            const [beginning, ...heard] = witness.told;
            const expected = order.filter(([id]) => (id as number) > (beginning?.[1] as number));
            // Who has left heard the beginning of it.
            expect(heard).toEqual(left ? expected.slice(0, heard.length) : expected);
            witness.end();
          }
          all.end();
        }),
        { numRuns: 30 },
      );
    });
  });
}
