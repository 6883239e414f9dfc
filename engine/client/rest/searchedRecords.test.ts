import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestWorld } from '../../broker/stream/testWorld.ts';
import { type Engine, startEngine } from '../../main.ts';
import { createEngineClient } from '../engineClient.ts';
import type { EngineClient, StreamedRecord } from '../ports.ts';

const note = `<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">
  <bpmn:process id="note" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>on</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="on" sourceRef="start" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>on</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`;

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ host: '127.0.0.1', grpcPort: 0, restPort: 0, dataDirectory: undefined });
});
afterAll(() => engine.close());

/** The embedded broker as a cluster looks: without a record stream, and at will without searches. */
function cluster({ searches }: { searches: boolean }) {
  const world = createTestWorld();
  let asked = 0;
  let underWay = 0;
  const client: EngineClient = createEngineClient({
    grpcAddress: engine.grpcAddress,
    restAddress: engine.restAddress,
    onlyTenant: undefined,
    schedule: world.schedule,
    fetch: async (input, init) => {
      const url = String(input);
      asked++;
      const closed = url.includes('/baton/') || (!searches && url.endsWith('/search'));
      if (closed) return Response.json({ title: 'Not Found', status: 404 }, { status: 404 });
      underWay++;
      return fetch(input, init).finally(() => underWay--);
    },
  });
  /** Lets time pass between one request and the next until the condition holds. */
  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (underWay === 0) world.advance(500);
    }
  }
  return { client, until, asked: () => asked };
}

const told = (records: readonly StreamedRecord[]) =>
  records.map(({ intent, value }) => `${value.elementId} ${intent}`);

describe('a cluster that keeps history', () => {
  it('tells of a run what its searches know', async () => {
    const { client } = cluster({ searches: true });
    await client.commands.deploy('<default>', [{ name: 'note.bpmn', content: note }]);
    const created = await client.commands.createInstance('<default>', { bpmnProcessId: 'note' }, {});
    const { processInstanceKey } = (created as { value: { processInstanceKey: string } }).value;
    const history = await client.queries.history('<default>', processInstanceKey, { from: 0, limit: 100 });
    expect(history).toMatchObject({ ok: true, value: { total: 6 } });
    expect(told((history as { value: { items: StreamedRecord[] } }).value.items).sort()).toEqual([
      'end ELEMENT_ACTIVATED',
      'end ELEMENT_COMPLETED',
      'note ELEMENT_ACTIVATED',
      'note ELEMENT_COMPLETED',
      'start ELEMENT_ACTIVATED',
      'start ELEMENT_COMPLETED',
    ]);
    const elsewhere = await client.queries.history('acme', processInstanceKey, { from: 0, limit: 100 });
    expect(elsewhere).toMatchObject({ ok: true, value: { total: 0 } });
    await client.close();
  });

  it('is followed by asking again, and tells everything once', async () => {
    const { client, until, asked } = cluster({ searches: true });
    const seen: StreamedRecord[] = [];
    const stop = client.records.subscribe(undefined, (records) => void seen.push(...records));
    // the stream that is not there, the newest date, and what the searches know already
    await until(() => asked() >= 10);
    expect(seen).toEqual([]);
    await client.commands.createInstance('<default>', { bpmnProcessId: 'note' }, {});
    await until(() => seen.length >= 6);
    const before = asked();
    await until(() => asked() > before + 16);
    expect(told(seen).sort()).toEqual([
      'end ELEMENT_ACTIVATED',
      'end ELEMENT_COMPLETED',
      'note ELEMENT_ACTIVATED',
      'note ELEMENT_COMPLETED',
      'start ELEMENT_ACTIVATED',
      'start ELEMENT_COMPLETED',
    ]);
    stop();
    await client.close();
  });
});

describe('a cluster without secondary storage', () => {
  it('says that it keeps no history', async () => {
    const { client } = cluster({ searches: false });
    expect(
      await client.queries.history('<default>', '2251799813685251', { from: 0, limit: 1 }),
    ).toMatchObject({
      ok: false,
      failure: { code: 'NOT_FOUND', message: expect.stringContaining('to keep history, but it does not') },
    });
    await client.close();
  });
});
