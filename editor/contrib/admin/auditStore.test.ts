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

/** An audit of 450 entries; what is asked of it is noted. */
function audit() {
  const time = manualTimers();
  const asked: { limit?: number; offset?: number; to?: string; outcome?: string }[] = [];
  let listener: LiveListener | undefined;
  const platform = {
    ...time,
    api: {
      async call(_row: unknown, { query }: { query: (typeof asked)[0] }) {
        asked.push(query);
        const { offset = 0, limit = 0 } = query;
        const items = Array.from({ length: Math.min(limit, 450 - offset) }, (_, n) =>
          entry(450 - offset - n),
        );
        return ok({ items, total: 450, limit, offset, has_more: offset + limit < 450 });
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
