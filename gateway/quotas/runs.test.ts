import type { StreamedRecord } from '@baton/engine/client';
import { expect, it } from 'vitest';
import { createFakeEngine } from '../test/fakeEngine.ts';
import { createTestClock } from '../test/testClock.ts';
import { followStartedRuns, listLag } from './runs.ts';

function start() {
  const engine = createFakeEngine();
  const clock = createTestClock();
  const runs = followStartedRuns(engine, clock);
  const released: string[] = [];
  return {
    engine,
    clock,
    runs,
    released,
    run(key: string) {
      const release = async () => void released.push(key);
      runs.started('acme', key, { release, settle: release });
    },
    list: (key: string) => engine.instances.push({ processInstanceKey: key, tenantId: 'acme' } as never),
    end: (key: string) =>
      engine.records.emit([
        {
          recordType: 'EVENT',
          valueType: 'PROCESS_INSTANCE',
          intent: 'ELEMENT_COMPLETED',
          value: { bpmnElementType: 'PROCESS', processInstanceKey: key },
        } as unknown as StreamedRecord,
      ]),
  };
}

it('keeps a run reserved until the engine lists it', async () => {
  const { clock, runs, released, run, list } = start();
  run('1');
  await runs.looked();
  const before = [...released];
  list('1');
  clock.advance(60);
  await runs.looked();

  expect([before, released]).toEqual([[], ['1']]);
});

it('releases a run that ends before it is listed, also before its start was answered', async () => {
  const { runs, released, run, end } = start();
  run('1');
  end('1');
  end('2');
  run('2');
  await runs.looked();

  expect(released).toEqual(['1', '2']);
});

it('waits no longer than a list may lag', async () => {
  const { clock, runs, released, run } = start();
  run('1');
  for (let n = 0; n < 12; n++) {
    await runs.looked();
    clock.advance(listLag);
  }
  await runs.looked();

  expect(released).toEqual(['1']);
});
