import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelProblem } from '@baton/engine/model';
import { failed, ok } from '@baton/engine/protocol';
import { openCoordination } from '@baton/infra/coordination';
import { type DocumentStore, openDocumentStore } from '@baton/infra/store';
import { pino } from 'pino';
import { developmentUsers } from '../auth/embedded/developmentUsers.ts';
import { issuerKeys } from '../auth/embedded/keys.ts';
import { hashPassword } from '../auth/password.ts';
import {
  createGateway,
  createMcpCredentials,
  createOutbound,
  createSecrets,
  type Gateway,
  type GatewayDependencies,
  type Network,
  readNetworks,
  secretKey,
} from '../index.ts';
import { createFakeEngine, type FakeEngine } from './fakeEngine.ts';
import { fakeMcpConnections } from './fakeMcpConnections.ts';
import { createTestClock, type TestClock } from './testClock.ts';
import { plainToolSearch } from './toolSearch.ts';

export interface Running {
  gateway: Gateway;
  url: string;
  clock: TestClock;
  engine: FakeEngine;
  store: DocumentStore;
  /** What `modelProblems` answers. */
  problems: ModelProblem[];
  /** Lines of the log, as JSON. */
  logLines: string[];
  stop(): Promise<void>;
}

const noUsage = { inputTokens: 0, outputTokens: 0, cost: 0 };
const loopback = (readNetworks('loopback') as { value: Network[] }).value;

/** What a first start takes longest for: keys and passwords, made once for all gateways of a process. */
async function makeFirstStart() {
  const none = { get: async () => undefined, initialise: async (_: string, made: unknown) => made };
  const [keys, users] = await Promise.all([
    issuerKeys(none, randomBytes),
    Promise.all(
      developmentUsers.map(async (user) => ({
        ...user,
        enabled: true,
        passwordHash: await hashPassword(user.username, randomBytes(16)),
      })),
    ),
  ]);
  return { keys, users };
}

let firstStart: ReturnType<typeof makeFirstStart> | undefined;

/** A gateway on a free loopback port, over the embedded store in a temporary folder and a fake engine. */
export async function startGateway(changes: Partial<GatewayDependencies> = {}): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-gateway-'));
  const clock = createTestClock();
  const { issuer = { kind: 'embedded', developmentUsers: true } } = changes;
  const store =
    changes.store ??
    (await openDocumentStore({ uri: undefined, dataDirectory: folder, now: () => new Date(clock.now()) }));
  const engine = createFakeEngine();
  const problems: ModelProblem[] = [];
  const logLines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => logLines.push(line) });
  const secrets = changes.secrets ?? createSecrets([secretKey(randomBytes(32))], randomBytes);
  const outbound = createOutbound({ allowed: loopback, resolve: lookup, advice: 'ask an administrator' });
  const dispose = async () => {
    await outbound.close();
    if (!changes.store) await store.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    for (const [id, name] of Object.entries({ acme: 'Acme', globex: 'Globex' })) {
      await store.tenants.create({ id, name, at: new Date(clock.now()) });
    }
    if (!changes.store && issuer.kind === 'embedded') {
      firstStart ??= makeFirstStart();
      const { keys, users } = await firstStart;
      await store.settings.initialise('embedded-issuer-keys', keys);
      if (issuer.developmentUsers) for (const user of users) await store.identity.saveUser(user);
    }
    const gateway = await createGateway({
      host: '127.0.0.1',
      port: 0,
      publicUrl: undefined,
      issuer,
      registration: 'open',
      store,
      coordination: await openCoordination({
        redisUrl: undefined,
        now: clock.now,
        after: clock.after,
        newId: () => randomBytes(12).toString('hex'),
      }),
      engine,
      engineKind: 'embedded',
      modelProblems: () => problems,
      decisionProblems: () => [],
      tryDecision: async (_xml, _id, variables) => ok({ output: variables, steps: [] }),
      evaluateFeel: async (expression) => ok({ value: expression, warnings: [] }),
      tools: {
        run: async (tenantId, { definition, version }, input) => ({
          ok: true,
          value: { tenantId, tool: definition.name, input },
          version,
          logs: ['ran'],
        }),
        typeProblems: async () => [],
        conditionProblem: () => undefined,
        builtIn: () => undefined,
        stated: () => ({ stated: {}, problems: [] }),
        testConnection: async () => ({ ok: true, message: 'PostgreSQL 15' }),
      },
      mcpServers: {
        connections: fakeMcpConnections(),
        credentials: createMcpCredentials({ store: store.mcpCredentials, secrets, log }),
        programs: true,
        refusal: outbound.refusal,
      },
      toolSearch: plainToolSearch(store.resources),
      agentRuns: {
        models: async () => [
          { name: 'mock-1', provider: 'mock' },
          { name: 'mock-2', provider: 'mock' },
        ],
        kept: async (asked) => asked,
        run: async ({ agent, prompt }) => ({
          result: ok({ text: `${agent.name} (${agent.content.model}) heard: ${prompt}` }),
          text: '',
          usage: { inputTokens: 5, outputTokens: 3, cost: 0 },
        }),
      },
      recordings: {
        of: async () => failed('Expected a recorded run, but nothing is recorded here'),
        replay: async (_tenantId, { run: { id }, calls }) => ({
          run: id,
          calls: calls.length,
          difference: null,
        }),
        forkProblem: () => undefined,
        cassette: async (_tenantId, recording) => recording,
        compared: (recorded, fork) => ({
          run: fork.run.id,
          forkOf: recorded.run.id,
          from: 1,
          answer: { recorded: recorded.run.result, now: fork.run.result, equal: false },
          error: { recorded: null, now: null },
          usage: { recorded: noUsage, now: noUsage },
          path: [],
          stubbed: [],
        }),
      },
      agentInstances: {
        begin() {},
        view: () => ({ state: 'idle', running: 0, startedAt: clock.now(), lastUsedAt: undefined }),
        end() {},
      },
      secrets,
      outbound,
      editorDirectory: undefined,
      version: '0.0.0-test',
      clock,
      randomBytes,
      fetch,
      log,
      ...changes,
    });
    const stop = async () => {
      await gateway.close();
      await dispose();
    };
    return { gateway, url: gateway.url, clock, engine, store, problems, logLines, stop };
  } catch (error) {
    await dispose();
    throw error;
  }
}
