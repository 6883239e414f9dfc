import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Coordination, Notice, Window } from './ports.ts';

export interface CoordinationUnderTest {
  /** One process's view of the same service. */
  open(): Promise<Coordination>;
  /** Lets so many ms go by, of the time the service knows. */
  pass(ms: number): Promise<void>;
  /** Whether several processes share it. */
  shared: boolean;
  dispose(): Promise<void>;
}

/** ms: long against the time the calls of a test take, short enough to wait for. */
const span = 1_000;

export function coordinationSuite(name: string, start: () => Promise<CoordinationUnderTest>): void {
  describe(name, () => {
    let service: CoordinationUnderTest;
    let opened: Coordination[] = [];
    let lastKey = 0;
    const open = async () => {
      const coordination = await service.open();
      opened.push(coordination);
      return coordination;
    };
    const window = (limit: number, key = `acme/user/${lastKey++}`): Window => ({ key, limit, span });
    const take = async ({ windows }: Coordination, ...wanted: Window[]) => {
      const taken = await windows.take(wanted);
      if (!taken.ok) throw new Error(taken.failure.message);
      return taken.value;
    };

    beforeAll(async () => {
      service = await start();
    });
    afterEach(async () => {
      for (const coordination of opened) await coordination.close();
      opened = [];
    });
    afterAll(() => service.dispose());

    it('lets the hundredth through and refuses the hundred and first, whoever asks at once', async () => {
      const processes = service.shared ? [await open(), await open()] : [await open()];
      const wanted = window(100);

      const taken = await Promise.all(
        Array.from({ length: 150 }, (_, n) => take(processes[n % processes.length]!, wanted)),
      );

      const left = taken.filter(({ allowed }) => allowed).map(({ remaining }) => remaining);
      expect(left.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, n) => n));
      const refused = taken.filter(({ allowed }) => !allowed);
      expect(refused).toHaveLength(50);
      for (const { limit, remaining, retryAfter } of refused) {
        expect([limit, remaining, retryAfter > 0 && retryAfter <= span]).toEqual([100, 0, true]);
      }
    });

    it('opens again when the first take is a span old, not before, and counts no refusal', async () => {
      const process = await open();
      const wanted = window(2);
      await take(process, wanted);
      await service.pass(span / 2);
      await take(process, wanted);
      const refused = await take(process, wanted);

      await service.pass(refused.retryAfter - 150);
      const early = await take(process, wanted);
      await service.pass(early.retryAfter);
      const onTime = await take(process, wanted);

      expect([refused.allowed, early.allowed, onTime.allowed, onTime.remaining]).toEqual([
        false,
        false,
        true,
        0,
      ]);
    });

    it('is as if never used after its reset', async () => {
      const process = await open();
      const wanted = window(3);
      await take(process, wanted);
      const { reset } = await take(process, wanted);
      await service.pass(reset);

      expect(await take(process, wanted)).toMatchObject({ allowed: true, remaining: 2 });
    });

    it('takes of all windows or of none, and tells of the one that is nearest to its end', async () => {
      const process = await open();
      const [narrow, wide] = [window(1), window(5)];

      const first = await take(process, wide, narrow);
      const refused = await take(process, wide, narrow);
      const onlyWide = await take(process, wide);

      expect(first).toMatchObject({ allowed: true, limit: 1, remaining: 0 });
      expect(refused).toMatchObject({ allowed: false, limit: 1, remaining: 0 });
      expect(onlyWide).toMatchObject({ allowed: true, limit: 5, remaining: 3 });
    });

    it('lets nothing through a window of nothing', async () => {
      expect(await take(await open(), window(0))).toMatchObject({ allowed: false, limit: 0, remaining: 0 });
    });

    it('goes by the limit of now, when that was lowered or raised', async () => {
      const process = await open();
      const { key } = window(0);
      for (let n = 0; n < 4; n++) await take(process, window(4, key));

      const lowered = await take(process, window(2, key));
      const raised = await take(process, window(5, key));

      expect([lowered.allowed, lowered.remaining, raised.allowed, raised.remaining]).toEqual([
        false,
        0,
        true,
        0,
      ]);
    });

    it('tells a notice to every subscriber of every process, once, and to its own before it is sent', async () => {
      const processes = service.shared ? [await open(), await open()] : [await open()];
      const heard: Notice[][] = processes.map(() => []);
      processes.forEach(({ notices }, n) => {
        notices.subscribe(
          (notice) => heard[n]!.push(notice),
          () => {},
        );
      });
      const notice: Notice = { kind: 'roles', tenantId: 'acme', id: 'ann' };

      const sent = processes[0]!.notices.publish(notice);
      const heardAtOnce = [...heard[0]!];
      await sent;
      await expect.poll(() => heard).toEqual(processes.map(() => [notice]));

      expect(heardAtOnce).toEqual([notice]);
    });

    it('tells nothing to who has left', async () => {
      const { notices } = await open();
      const heard: Notice[] = [];
      const leave = notices.subscribe(
        (notice) => heard.push(notice),
        () => {},
      );
      leave();
      await notices.publish({ kind: 'tenant', tenantId: 'acme' });

      expect(heard).toEqual([]);
    });

    it('answers a ping', async () => {
      await expect((await open()).ping()).resolves.toBeUndefined();
    });
  });
}
