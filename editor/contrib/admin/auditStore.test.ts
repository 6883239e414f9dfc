import { ok } from '@baton/engine/protocol';
import type { AuditEntryView } from '@baton/gateway/api';
import { expect, it } from 'vitest';
import type { LiveListener } from '../../platform/live.ts';
import type { Platform } from '../../platform/platform.ts';
import { manualTimers, settled } from '../../test/manualTimers.ts';
import { createAuditLog, entryAt } from './auditStore.ts';

const entry = (n: number, outcome: AuditEntryView['outcome'] = 'done'): AuditEntryView => ({
  id: `e${n}`,
  at: new Date(n * 1_000).toISOString(),
  actor: { kind: 'user', id: 'u1', name: 'ada' },
  action: 'agents.update',
  outcome,
  resource: { kind: 'agents', id: 'a1' },
  requestId: `r${n}`,
});

/** An audit of 450 entries that looks through so many at once; what is asked of it is noted. */
function audit({ depth = 450 } = {}) {
  const time = manualTimers();
  const asked: { limit?: number; offset?: number; to?: string; outcome?: string }[] = [];
  let listener: LiveListener | undefined;
  const platform = {
    ...time,
    api: {
      async call(_row: unknown, { query }: { query: (typeof asked)[0] }) {
        asked.push(query);
        const { offset = 0, limit = 0, to } = query;
        const newest = to === undefined ? 450 : Math.ceil(Date.parse(to) / 1_000) - 1;
        const total = Math.min(depth, newest);
        const items = Array.from({ length: Math.min(limit, total - offset) }, (_, n) =>
          entry(newest - offset - n),
        );
        return ok({
          items,
          total,
          limit,
          offset,
          has_more: offset + limit < total,
          ...(newest > total && { looked_back_to: entry(newest - total + 1).at }),
        });
      },
    },
    live: {
      subscribeTopic(_topic: string, listening: LiveListener) {
        listener = listening;
        return { dispose: () => {} };
      },
    },
  } as unknown as Platform;
  const log = createAuditLog(platform);
  log.shown();
  return { log, asked, time, tell: (told: AuditEntryView) => listener!.event(told) };
}

it('reads where one looks, each page once and of the same moment', async () => {
  const { log, asked } = audit();
  await settled();
  log.need(390, 410);
  log.need(395, 415);
  await settled();

  expect(asked.map(({ offset, to }) => [offset, to])).toEqual([
    [undefined, undefined],
    [200, '1970-01-01T00:07:30.001Z'],
    [400, '1970-01-01T00:07:30.001Z'],
  ]);
  expect(entryAt(log.getState(), 0)?.id).toBe('e450');
  expect(entryAt(log.getState(), 449)?.id).toBe('e1');
});

it('goes on at its top, each entry once, and moves nothing while one looks further down', async () => {
  const { log, tell } = audit();
  await settled();
  for (const n of [450, 451, 451]) tell(entry(n));
  log.hold(true);
  tell(entry(452));

  expect(entryAt(log.getState(), 0)?.id).toBe('e451');
  expect(entryAt(log.getState(), 1)?.id).toBe('e450');
  log.hold(false);
  expect(entryAt(log.getState(), 0)?.id).toBe('e452');
});

it('looks further back, part by part, to the end of the audit', async () => {
  const { log, asked } = audit({ depth: 180 });
  await settled();
  expect(log.getState()).toMatchObject({ total: 180, lookedBackTo: entry(271).at });
  await Promise.all([log.lookFurtherBack(), log.lookFurtherBack()]);
  expect(log.getState()).toMatchObject({ total: 360, lookedBackTo: entry(91).at });
  await log.lookFurtherBack();
  await log.lookFurtherBack();

  expect(log.getState()).toMatchObject({ total: 450, lookedBackTo: undefined, lookingBack: false });
  expect(asked.map(({ to }) => to)).toEqual([undefined, entry(271).at, entry(91).at]);
  for (let row = 0; row < 450; row++) expect(entryAt(log.getState(), row)?.id).toBe(`e${450 - row}`);
});

it('reads the pages of each part where one looks', async () => {
  const { log, asked } = audit({ depth: 220 });
  await settled();
  await log.lookFurtherBack();
  log.need(195, 439);
  await settled();
  expect(asked.slice(2).map(({ to, offset }) => [to, offset])).toEqual([
    [new Date(450_001).toISOString(), 200],
    [entry(231).at, 200],
  ]);
  for (let row = 0; row < 440; row++) expect(entryAt(log.getState(), row)?.id).toBe(`e${450 - row}`);
});

it('takes new entries only if they are searched for', async () => {
  const { log, asked, tell, time } = audit();
  await settled();
  log.search({ text: '', outcome: 'denied' });
  time.advance(1_000);
  await settled();
  tell(entry(451));
  tell(entry(452, 'denied'));

  expect(asked.at(-1)).toMatchObject({ outcome: 'denied' });
  expect(log.getState().fresh.map(({ id }) => id)).toEqual(['e452']);
});
