import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createAssignedInstances } from '@baton/engine/agents';
import { createEngineClient, type Schedule } from '@baton/engine/client';
import { connectorFeel } from '@baton/engine/connectors';
import { createFeel } from '@baton/engine/feel';
import { createMockProvider } from '@baton/engine/llm';
import { decisionProblems, modelProblems } from '@baton/engine/model';
import { createGateway, createSecrets, GatewayRefused, isLoopback } from '@baton/gateway';
import { openCoordination } from '@baton/infra/coordination';
import { openDocumentStore } from '@baton/infra/store';
import {
  builtInOfId,
  builtInTools,
  createToolInvoker,
  runTool,
  savedTools,
  statedIn,
  toolCatalogOf,
} from '@baton/tools-registry';
import pino from 'pino';
import { createEmbedder } from '../embeddings/index.ts';
import { supportTriage } from '../examples/supportTriage.ts';
import { createTrials } from '../trials/trials.ts';
import { createAgentRuns } from './agentRuns.ts';
import { openAgentRuntimes } from './agentRuntimes.ts';
import { announced } from './announcedCalls.ts';
import { assignmentCatalog, instancesOfAssignments } from './assignedTasks.ts';
import { banner } from './banner.ts';
import { agentCatalog } from './catalogs.ts';
import { certificateOf } from './certificate.ts';
import { type Configuration, readConfiguration } from './config.ts';
import { followEndedElements } from './endedElements.ts';
import { type EngineThread, startEngineThread } from './engineThread.ts';
import { followTenants } from './followTenants.ts';
import { startJobWorkers } from './jobWorkers.ts';
import { openLocalModels } from './localModels.ts';
import { openMcpServers } from './mcpConnections.ts';
import { openMcpFace } from './mcpFace.ts';
import { ownPrograms, type Programs } from './mcpPrograms.ts';
import { modelCatalog } from './modelCatalog.ts';
import { modelsFound, modelsOf } from './offeredModels.ts';
import { mcpOutboundOf, outboundOf } from './outbounds.ts';
import { openQuestions } from './questions.ts';
import { reachable } from './reachable.ts';
import { createRecordings } from './recordings.ts';
import { referWorkflows } from './referWorkflows.ts';
import { secretKeysOf } from './secretKeys.ts';
import { seedExamples } from './seedExamples.ts';
import { spendingOf } from './spending.ts';
import { toolCatalog } from './toolCatalog.ts';
import { toolModels } from './toolModels.ts';
import { openToolRuntime } from './toolRuntime.ts';
import { openToolSearch } from './toolSearch.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** ms the mock model takes, so that a person sees the agent at work. */
const MOCK_LATENCY = 600;
/** ms that running jobs have to end when the product stops. */
const GRACE = 2_000;
/** ms without a job after which an agent instance is collected. */
const INSTANCE_IDLE = 10 * 60_000;
/** Id of the tool whose grants connectors have: `http.request`. */
const HTTP_TOOL = 'builtin-http-request';
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

/** Resolves after `ms`, or as soon as the signal aborts. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const ended = () => {
      cancel();
      signal.removeEventListener('abort', ended);
      resolve();
    };
    const cancel = schedule(ms, ended);
    signal.addEventListener('abort', ended);
  });
}

/** Before the job or the request fails that asks a model: half a minute in all. */
const modelRetries = { attempts: 4, first: 1_000, longest: 20_000, wait, chance: Math.random };

/** Whether only this machine reaches the product, and development users sign in. */
function isDevelopment({ OIDC_ISSUER, HOST, PUBLIC_URL }: Configuration): boolean {
  return !OIDC_ISSUER && isLoopback(HOST) && (!PUBLIC_URL || isLoopback(new URL(PUBLIC_URL).hostname));
}

/** Programs of this machine as MCP servers: each in a folder of its own, with nothing of our environment but this. */
function programsOf(environment: NodeJS.ProcessEnv): Programs {
  const passed = ['PATH', 'LANG', 'LC_ALL', 'TZ'];
  return ownPrograms({
    spawn,
    kill: (pid, signal) => void process.kill(pid, signal),
    directory: realpathSync(tmpdir()),
    owner: { pid: process.pid, uid: process.getuid?.() },
    environment: Object.fromEntries(
      passed.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])),
    ),
  });
}

/** Starts the product: every embedded part, or the real one that the environment names. */
export async function start(environment: NodeJS.ProcessEnv): Promise<void> {
  const read = readConfiguration(environment, join(root, '.baton'));
  if (!read.ok) refuse(...read.failure.map(({ variable, message }) => `${variable}: ${message}.`));
  const configuration = read.value;
  const log = pino({ level: configuration.LOG_LEVEL });
  mkdirSync(configuration.BATON_DATA, { recursive: true });
  const development = isDevelopment(configuration);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const secretKeys = secretKeysOf(configuration, development, randomBytes);
  if (!secretKeys.ok) refuse(`${secretKeys.failure}.`);

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
  const { CHROMA_URL, REDIS_URL, OIDC_ISSUER, OIDC_ADMIN_CLIENT_SECRET, LLM_BASE_URL, LLM_API_KEY } =
    configuration;
  const outbound = outboundOf(configuration, development);
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
  const embedder = createEmbedder({
    script: built('infra', 'dist', 'embeddings', 'main.js'),
    model: built('infra', 'embeddings', 'model/'),
    unavailable: (why) =>
      log.warn({ why }, 'texts are found by their words only: the model cannot be run here'),
  });
  const trials = createTrials({ script: built('infra', 'dist', 'trials', 'main.js'), schedule });
  const toolRuntime = openToolRuntime({
    script: built('tools-registry', 'dist', 'sandbox', 'main.js'),
    checkScript: built('tools-registry', 'dist', 'authoring', 'types', 'main.js'),
    cores: availableParallelism(),
    now: Date.now,
    schedule,
    newSeed: () => randomBytes(16).toString('hex'),
    feel,
    store,
    outbound,
    secret: (tenantId, name) => gateway.secret(tenantId, name),
    connection: (tenantId, name) => gateway.connection(tenantId, name),
    embedder,
    ask: toolModels({
      models: { provider: (tenantId, name) => models.provider(tenantId, name) },
      quotas: () => gateway.quotas,
      calls: store.calls,
      now: Date.now,
      newId: randomUUID,
    }),
  });
  const secrets = createSecrets(secretKeys.value, randomBytes);
  const mcpOutbound = mcpOutboundOf(configuration, development);
  const programsAllowed = configuration.MCP_STDIO ?? (development ? 'on' : 'off');
  const mcpServers = openMcpServers({
    store,
    secrets,
    secret: (tenantId, name) => gateway.secret(tenantId, name),
    outbound: mcpOutbound,
    programs: programsAllowed === 'on' ? programsOf(environment) : undefined,
    now: Date.now,
    schedule,
    version,
    changed: (tenantId, serverId, news) => gateway.mcpNews(tenantId, serverId, news),
    log,
  });
  const toolSources = [
    builtInTools(toolRuntime),
    savedTools(toolCatalog(store.resources), toolRuntime),
    mcpServers.connections.source,
  ];
  const agentTools = {
    catalog: toolCatalogOf(toolSources),
    invoker: createToolInvoker(toolSources, toolRuntime.holds),
  };
  const toolSearch = openToolSearch(store, coordination.notices, {
    sources: toolSources,
    embedder,
    now: Date.now,
    failed: (err) => log.warn({ err }, 'the search for tools does without something'),
  });
  const mcp = openMcpFace(store, {
    ...agentTools,
    version,
    now: Date.now,
    newId: randomUUID,
    schedule,
    report: (err) => log.warn({ err }, 'the MCP server met something it did not expect'),
  });
  const localModels = openLocalModels({
    configuration,
    root,
    script: built('infra', 'dist', 'localModels', 'main.js'),
    schedule,
  });
  const models = modelCatalog({
    connection: (tenantId, name) => gateway.provider(tenantId, name),
    providers: async (tenantId) =>
      (await store.providers.list(tenantId, { limit: 200, offset: 0 })).items.map(({ id, name, hash }) => ({
        id,
        name,
        revision: hash,
      })),
    fetch: outbound.fetch,
    mock: createMockProvider({ wait, latency: MOCK_LATENCY }),
    local: localModels,
    retries: modelRetries,
    wait,
  });
  const providersOf = async (tenantId: string) =>
    (await store.providers.list(tenantId, { limit: 200, offset: 0 })).items;
  const world = { now: Date.now, newId: randomUUID, schedule };
  const spending = spendingOf(
    () => gateway.quotas,
    (err) => log.warn({ err }, 'what a run used is counted by its record, later'),
  );
  const questions = openQuestions({
    store,
    engine,
    notices: coordination.notices,
    now: Date.now,
    schedule,
    failed: (err, what) => log.error({ err }, what),
  });
  const instances = createAssignedInstances({
    assignments: assignmentCatalog(store),
    idleAfter: INSTANCE_IDLE,
    now: Date.now,
    schedule,
  });
  const runtimes = openAgentRuntimes({
    script: built('engine', 'dist', 'agents', 'isolation', 'main.js'),
    stops: store.agentStops,
    cores: availableParallelism(),
    notices: coordination.notices,
    engine,
    now: Date.now,
    schedule,
    log,
  });
  async function toolSecrets(tenantId: string): Promise<string[]> {
    const { items } = await store.secrets.list(tenantId, { limit: 1_000, offset: 0 });
    const values = await Promise.all(items.map(({ name }) => gateway.secret(tenantId, name)));
    return values.filter((value) => value !== undefined);
  }
  const gateway = await createGateway({
    host: configuration.HOST,
    port: configuration.PORT,
    publicUrl: configuration.PUBLIC_URL,
    tenantDomain: configuration.TENANT_DOMAIN,
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
          ...(OIDC_ADMIN_CLIENT_SECRET && {
            admin: {
              clientId: configuration.OIDC_ADMIN_CLIENT_ID,
              clientSecret: OIDC_ADMIN_CLIENT_SECRET,
            },
          }),
        }
      : { kind: 'embedded', developmentUsers: true },
    registration: configuration.REGISTRATION,
    store,
    coordination,
    engine,
    engineKind,
    modelProblems: (xml) => modelProblems(xml, feel),
    decisionProblems: (xml) => decisionProblems(xml, feel),
    tryDecision: trials.decision,
    evaluateFeel: trials.feel,
    tools: {
      run: (tenantId, tool, input, signal, answers = {}) =>
        runTool(toolRuntime, { tenantId, tool, input, answers, run: `trial-${tool.id}` }, signal),
      typeProblems: toolRuntime.types.check,
      testConnection: toolRuntime.connections.test,
      builtIn: builtInOfId,
      stated: statedIn,
      conditionProblem: toolRuntime.conditionProblem,
    },
    toolSearch,
    mcp,
    agentRuns: createAgentRuns({
      offered: async (tenantId) => [...modelsOf(configuration), ...modelsFound(await providersOf(tenantId))],
      instances,
      running: runtimes.running,
      catalog: agentCatalog(store.resources),
      tools: agentTools,
      calls: store.calls,
      models,
      conversations: store.conversations,
      grants: store.grants,
      spending,
      questions,
      world,
    }),
    recordings: createRecordings({
      resources: store.resources,
      grants: store.grants,
      secrets: models.secrets,
      toolSecrets,
    }),
    alone: !configuration.MONGODB_URI,
    agentInstances: instancesOfAssignments(instances),
    agentRuntimes: runtimes,
    secrets,
    mcpServers,
    outbound,
    ...(LLM_BASE_URL && {
      installedProvider: {
        name: 'openai-compatible',
        type: 'openai-compatible',
        baseUrl: LLM_BASE_URL,
        apiKey: LLM_API_KEY,
      },
    }),
    localModels: localModels.names,
    editorDirectory: join(root, 'editor', 'dist', 'app'),
    checks: {
      ...(CHROMA_URL && { chroma: () => reachable(CHROMA_URL, CHECK_TIMEOUT) }),
      ...(REDIS_URL && { redis: () => coordination.ping() }),
    },
    version,
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

  const { TENANTS, ZEEBE_ONLY_TENANT } = configuration;
  for (const id of new Set([...TENANTS, ...(ZEEBE_ONLY_TENANT ? [ZEEBE_ONLY_TENANT] : [])])) {
    await store.tenants.create({ id, name: id, at: new Date() });
  }
  const example = (file: string) => readFileSync(join(root, 'infra', 'examples', file), 'utf8');
  const exampleFiles = {
    bpmn: example('support-triage.bpmn'),
    form: example('answer-customer.form'),
    dmn: example('compensation.dmn'),
    note: example('support-desk.md'),
  };
  const ofRuns = {
    catalog: agentCatalog(store.resources),
    tools: agentTools,
    calls: announced(store.calls, gateway),
    models,
    providers: providersOf,
    connectors: {
      feel: connectorFeel(),
      fetch: outbound.fetch,
      // Models made elsewhere reach what the tenant's own tool for requests may reach.
      granted: (tenantId: string) => toolRuntime.world.granted(tenantId, HTTP_TOOL),
      secret: (tenantId: string, name: string) => gateway.secret(tenantId, name),
      engine,
      now: Date.now,
      schedule,
    },
    conversations: store.conversations,
    grants: store.grants,
    spending,
    questions,
    world,
  };
  const ofWorkers = { ...ofRuns, instances, run: runtimes.running(ofRuns), stops: runtimes.stops };
  const endedElements = followEndedElements(engine.records);
  const tenants = await followTenants({
    tenants: store.tenants,
    notices: coordination.notices,
    async begin(tenantId) {
      await seedExamples(store, tenantId, supportTriage(exampleFiles), randomUUID, new Date());
      await referWorkflows(store, tenantId, new Date());
      const ends = [
        questions.begin(tenantId),
        startJobWorkers(engine, tenantId, ofWorkers, { now: Date.now, schedule }, endedElements),
      ];
      await mcpServers.connections.start(tenantId);
      return async (grace) => {
        await Promise.all(ends.map((end) => end(grace)));
        await mcpServers.connections.stop(tenantId);
      };
    },
    failed: (err) => log.error({ err }, 'a tenant’s workers could not be started'),
  });

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
  // So that no tool waits for a thread, nor the start for what no tool needs yet.
  toolRuntime.sandbox.warm();

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    console.log('Stopping …');
    await tenants.close(GRACE);
    questions.close();
    localModels.close();
    instances.close();
    await mcp.close();
    await gateway.close();
    await runtimes.close();
    await mcpServers.connections.close();
    await mcpOutbound.close();
    await outbound.close();
    await engine.close();
    toolSearch.close();
    await embedder.close();
    await trials.close();
    await toolRuntime.sandbox.close();
    await toolRuntime.connections.close();
    await toolRuntime.types.close();
    await engineThread.close();
    await coordination.close();
    await store.close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
