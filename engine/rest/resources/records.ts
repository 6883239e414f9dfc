import type { Broker, BrokerWorld } from '@baton/engine/broker';
import { failed, ok, writeJson } from '@baton/engine/protocol';
import { invalidArgument } from '../problem.ts';
import { streamed } from '../recordForm.ts';
import { readKey } from '../requests.ts';
import type { LineStream, Routes } from '../route.ts';

/** A stream without records tells this often that it is alive and how far it is, ms. */
const HEARTBEAT_INTERVAL = 10_000;

const DEFAULT_LIMIT = 1000;
const MAX_LIMIT = 10_000;

/** Our own: the record stream, live and of one process instance. */
export const records: Routes = {
  'GET /baton/records': ({ query }, { broker, world }) => {
    const after = query.has('after') ? Number(query.get('after')) : broker.lastPosition;
    if (!Number.isInteger(after)) {
      return failed(invalidArgument(`Expected 'after' to be a position, but was '${query.get('after')}'`));
    }
    return ok({ status: 200, lines: (stream) => follow(stream, after, broker, world) });
  },

  'GET /baton/process-instances/{key}/records': async ({ params, query }, { history }) => {
    const key = readKey('processInstanceKey', params.key);
    if (!key.ok) return key;
    const from = Number(query.get('from') ?? 0);
    const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
    if (!Number.isInteger(from) || from < 0 || !Number.isInteger(limit) || limit < 0 || limit > MAX_LIMIT) {
      return failed(
        invalidArgument(`Expected from >= 0 and limit between 0 and ${MAX_LIMIT}, but got otherwise`),
      );
    }
    await history.caughtUp();
    const tenantId = query.get('tenantId');
    const events = history
      .events(key.value)
      .filter((event) => tenantId === null || event.tenantId === tenantId);
    const items = events.slice(from, from + limit).map(streamed);
    return ok({ status: 200, json: { items, total: events.length } });
  },
};

/** Sends records as the client takes them: the broker holds back what comes while it does not keep up. */
function follow(stream: LineStream, after: number, broker: Broker, world: BrokerWorld): void {
  let position = after;
  let resume: (() => void) | undefined;
  const unsubscribe = broker.subscribe(after, (batch) => {
    position = batch.at(-1)!.position;
    if (stream.write(batch.map((record) => writeJson(streamed(record))).join('\n'))) return;
    return new Promise((resolve) => {
      resume = resolve;
    });
  });
  let cancelHeartbeat: () => void;
  const beat = () => {
    stream.write(JSON.stringify({ heartbeat: position }));
    cancelHeartbeat = world.schedule(HEARTBEAT_INTERVAL, beat);
  };
  beat();
  stream.onDrain(() => resume?.());
  stream.onEnd(() => {
    cancelHeartbeat();
    unsubscribe();
    resume?.();
  });
}
