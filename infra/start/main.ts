import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createEngineClient, type Schedule } from '@baton/engine/client';
import { createFeel } from '@baton/engine/feel';
import { createMockProvider, createOpenAICompatibleProvider, type ModelProvider } from '@baton/engine/llm';
import { modelProblems } from '@baton/engine/model';
import type { CallLog } from '@baton/engine/protocol';
import { createGateway, type Gateway, GatewayRefused, type OfferedModel, ofPeriods } from '@baton/gateway';
import { openCoordination } from '@baton/infra/coordination';
import { openDocumentStore } from '@baton/infra/store';
import { createOwnThreadRunner, createToolInvoker, runTool } from '@baton/tools-registry';
import pino, { type Logger } from 'pino';
import { supportTriage } from '../examples/supportTriage.ts';
import { createAgentRuns } from './agentRuns.ts';
import { banner } from './banner.ts';
import { agentCatalog, toolCatalog } from './catalogs.ts';
import { certificateOf } from './certificate.ts';
import { type Configuration, readConfiguration } from './config.ts';
import { type EngineThread, startEngineThread } from './engineThread.ts';
import { startJobWorkers } from './jobWorkers.ts';
import { reachable } from './reachable.ts';
import { seedExamples } from './seedExamples.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** ms the mock model takes, so that a person sees the agent at work. */
const MOCK_LATENCY = 600;
/** ms that running jobs have to end when the product stops. */
const GRACE = 2_000;
/** ms a watched service has to answer. */
const CHECK_TIMEOUT = 1_000;

const schedule: Schedule = (ms, callback) => {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
};

/** Ends the program with what is wrong and what to do, without a stack trace. */
function refuse(...sentences: string[]): never {
  for (const sentence of sentences) console.error(sentence);
  process.exit(1);
}

function built(...path: string[]): URL {
  return pathToFileURL(join(root, ...path));
}

async function openEngine(configuration: Configuration): Promise<EngineThread> {
  const { ZEEBE_ADDRESS, ZEEBE_REST_ADDRESS } = configuration;
  if (ZEEBE_ADDRESS && ZEEBE_REST_ADDRESS) {
    return { grpcAddress: ZEEBE_ADDRESS, restAddress: ZEEBE_REST_ADDRESS, close: async () => {} };
  }
  const engine = await startEngineThread(
    built('engine', 'dist', 'main.js'),
    {
      host: configuration.ENGINE_HOST,
      grpcPort: configuration.ENGINE_GRPC_PORT,
      restPort: configuration.ENGINE_REST_PORT,
      dataDirectory: join(configuration.BATON_DATA, 'engine'),
      names: { grpcPort: 'ENGINE_GRPC_PORT', restPort: 'ENGINE_REST_PORT' },
    },
    (error) =>
      refuse(`The engine stopped: ${error.message}`, 'Start again: what was acknowledged is on disk.'),
  );
  return engine.ok ? engine.value : refuse(engine.failure);
}

function providersOf({ LLM_BASE_URL, LLM_API_KEY }: Configuration): Map<string, ModelProvider> {
  const wait = (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const cancel = schedule(ms, resolve);
      signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });
  const providers = [createMockProvider({ wait, latency: MOCK_LATENCY })];
  if (LLM_BASE_URL) {
    providers.push(createOpenAICompatibleProvider({ baseUrl: LLM_BASE_URL, apiKey: LLM_API_KEY, fetch }));
  }
  return new Map(providers.map((provider) => [provider.name, provider]));
}

/** What a run by the API may name; the first is the usual one. */
function modelsOf({ LLM_BASE_URL, LLM_MODELS }: Configuration): OfferedModel[] {
  const mock: OfferedModel = { name: 'mock-1', provider: 'mock' };
  const named = LLM_BASE_URL ? (LLM_MODELS ?? '').split(',').map((name) => name.trim()) : [];
  return [
    ...named.filter(Boolean).map((name): OfferedModel => ({ name, provider: 'openai-compatible' })),
    mock,
  ];
}

/** The same log, which also tells the run's watchers of every call, and counts what it used for the tenant's quotas. */
function announced(calls: CallLog, { publish, quotas }: Gateway, log: Logger): CallLog {
  return {
    ...calls,
    async append(record) {
      await calls.append(record);
      const { id, kind, name, processInstanceKey, elementInstanceKey } = record;
      publish(record.tenantId, 'calls', {
        id,
        kind,
        name,
        instanceKey: processInstanceKey,
        elementInstanceKey,
      });
      const { inputTokens, outputTokens, cost } = record.usage;
      if (inputTokens + outputTokens + cost === 0) return;
      // The call was made and is recorded: that it cannot be counted now is no reason to make it again.
      await quotas
        .count(record.tenantId, {
          ...ofPeriods('tokens', inputTokens + outputTokens),
          ...ofPeriods('money', Math.round(cost * 1_000_000)),
        })
        .catch((err: unknown) =>
          log.error({ err, call: id }, 'a recorded call is not counted for its quota'),
        );
    },
  };
}

/** Starts the product: every embedded part, or the real one that the environment names. */
export async function start(environment: NodeJS.ProcessEnv): Promise<void> {
  const read = readConfiguration(environment, join(root, '.baton'));
  if (!read.ok) refuse(...read.failure.map(({ variable, message }) => `${variable}: ${message}.`));
  const configuration = read.value;
  const log = pino({ level: configuration.LOG_LEVEL });
  mkdirSync(configuration.BATON_DATA, { recursive: true });

  const [engineThread, store] = await Promise.all([
    openEngine(configuration),
    openDocumentStore({
      uri: configuration.MONGODB_URI,
      dataDirectory: configuration.BATON_DATA,
      now: () => new Date(),
    }).catch((error: Error) => refuse(error.message)),
  ]);
  const engineKind = configuration.ZEEBE_ADDRESS ? 'zeebe' : 'embedded';
  const engine = createEngineClient({
    grpcAddress: engineThread.grpcAddress,
    restAddress: engineThread.restAddress,
    onlyTenant: engineKind === 'embedded' ? undefined : configuration.ZEEBE_ONLY_TENANT,
    fetch,
    schedule,
  });
  const feel = createFeel();
  const sandbox = createOwnThreadRunner({
    schedule,
    script: built('tools-registry', 'dist', 'sandbox', 'main.js'),
  });

  const { CHROMA_URL, REDIS_URL, OIDC_ISSUER } = configuration;
  const tls = await certificateOf(configuration).catch((error: Error) => refuse(`${error.message}.`));
  const coordination = await openCoordination({
    redisUrl: REDIS_URL,
    now: Date.now,
    after: schedule,
    newId: randomUUID,
    report: (state, message) =>
      state === 'lost'
        ? log.error(`Redis is lost, requests are refused until it is back: ${message}`)
        : log.warn('Redis is back'),
  });
  const catalog = toolCatalog(store.resources);
  const agentTools = { catalog, invoker: createToolInvoker(catalog, sandbox) };
  const providers = providersOf(configuration);
  const world = { now: Date.now, newId: randomUUID, schedule };
  const gateway = await createGateway({
    host: configuration.HOST,
    port: configuration.PORT,
    publicUrl: configuration.PUBLIC_URL,
    editorOrigins: configuration.EDITOR_ORIGINS,
    limits: {
      rates: configuration.RATE_LIMITS,
      burstPerSecond: configuration.BURST_PER_SECOND,
      allow: configuration.IP_ALLOW,
      deny: configuration.IP_DENY,
      trustedProxies: configuration.TRUSTED_PROXIES,
      quotas: configuration.QUOTAS,
    },
    ...(tls ? { tls } : {}),
    issuer: OIDC_ISSUER
      ? {
          kind: 'external',
          issuer: OIDC_ISSUER,
          clientId: configuration.OIDC_CLIENT_ID,
          audience: configuration.OIDC_AUDIENCE,
          tenantClaim: configuration.OIDC_TENANT_CLAIM,
        }
      : { kind: 'embedded', developmentUsers: true },
    store,
    coordination,
    engine,
    engineKind,
    modelProblems: (xml) => modelProblems(xml, feel),
    tools: {
      run: (_tenantId, definition, version, input, signal) =>
        runTool(sandbox, definition, version, input, signal),
    },
    agentRuns: createAgentRuns({
      models: modelsOf(configuration),
      tools: agentTools,
      calls: store.calls,
      providers,
      world,
    }),
    editorDirectory: join(root, 'editor', 'dist', 'app'),
    checks: {
      ...(CHROMA_URL && { chroma: () => reachable(CHROMA_URL, CHECK_TIMEOUT) }),
      ...(REDIS_URL && { redis: () => coordination.ping() }),
    },
    version: (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version,
    clock: { now: Date.now, after: schedule },
    randomBytes,
    fetch,
    log,
  }).catch(async (error: Error) => {
    await engineThread.close();
    await store.close();
    if (error instanceof GatewayRefused) refuse(`${error.message}.`);
    throw error;
  });

  const onlyTenant = configuration.ZEEBE_ONLY_TENANT;
  if (onlyTenant) await store.tenants.create({ id: onlyTenant, name: onlyTenant, at: new Date() });
  const tenants = await store.tenants.all();
  const bpmn = readFileSync(join(root, 'infra', 'examples', 'support-triage.bpmn'), 'utf8');
  for (const { id } of tenants) await seedExamples(store, id, supportTriage(bpmn), randomUUID, new Date());
  const stopWorkers = startJobWorkers(
    engine,
    tenants.map(({ id }) => id),
    {
      catalog: agentCatalog(store.resources),
      tools: agentTools,
      calls: announced(store.calls, gateway, log),
      providers,
      world,
    },
    { now: Date.now, schedule },
  );

  console.log(
    banner({
      address: gateway.url,
      users: OIDC_ISSUER
        ? []
        : (await store.identity.users()).map(({ username, tenantId }) => ({ username, tenant: tenantId })),
      engine: engineKind === 'embedded' ? 'embedded broker' : `Zeebe at ${configuration.ZEEBE_ADDRESS}`,
      grpcAddress: engineKind === 'embedded' ? engineThread.grpcAddress : undefined,
      documents: store.place,
      issuer: gateway.issuer,
      dataDirectory: configuration.BATON_DATA,
      readyAfter: process.uptime() * 1000,
    }),
  );

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    console.log('Stopping …');
    await stopWorkers(GRACE);
    await gateway.close();
    await engine.close();
    await sandbox.close();
    await engineThread.close();
    await coordination.close();
    await store.close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
