import { randomBytes } from 'node:crypto';
import { type Capabilities, type JsonValue, noCapabilities } from '../contract/index.ts';
import { createSandboxPool, type PoolWorld, startInThread, type ToolWorld } from '../index.ts';

const schedule: PoolWorld['schedule'] = (ms, callback) => {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
};

/** A sandbox in this thread, with real time. */
export function sandboxHere(changes: Partial<PoolWorld> = {}) {
  return createSandboxPool({
    start: startInThread(() => performance.now()),
    threads: 1,
    atMost: 2,
    now: () => Date.now(),
    schedule,
    newSeed: () => randomBytes(16).toString('hex'),
    ...changes,
  });
}

const noConnection = async () => ({
  ok: false as const,
  code: 'NO_CONNECTION',
  message: 'no connection in this test',
});

export interface WorldOfTests extends ToolWorld {
  grants: Capabilities;
  secrets: Map<string, string>;
  stored: Map<string, JsonValue>;
}

/** A host that grants nothing, has no secrets and reaches nobody, until a test says otherwise. */
export function worldOfTests(): WorldOfTests {
  const stored = new Map<string, JsonValue>();
  const secrets = new Map<string, string>();
  const world: WorldOfTests = {
    grants: noCapabilities,
    secrets,
    stored,
    fetch: async () => {
      throw new Error('no network in this test');
    },
    now: () => 0,
    connections: {
      query: noConnection,
      mongodb: noConnection,
      send: noConnection,
    },
    ask: async () => ({ ok: false, code: 'NO_MODEL', message: 'no model in this test' }),
    feel: () => ({ ok: false, message: 'no FEEL in this test' }),
    granted: async () => world.grants,
    secret: async (tenantId, name) => secrets.get(`${tenantId}/${name}`),
    values: {
      get: async (tenantId, scope, key) => stored.get(`${tenantId}/${scope}/${key}`),
      async set(tenantId, scope, key, value) {
        stored.set(`${tenantId}/${scope}/${key}`, value);
        return true;
      },
      async delete(tenantId, scope, key) {
        stored.delete(`${tenantId}/${scope}/${key}`);
      },
      keys: async (tenantId, scope) =>
        [...stored.keys()]
          .filter((key) => key.startsWith(`${tenantId}/${scope}/`))
          .map((key) => key.slice(tenantId.length + scope.length + 2)),
    },
  };
  return world;
}
