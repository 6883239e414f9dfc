import { randomBytes, randomUUID } from 'node:crypto';
import { lookup } from 'node:dns';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineClient } from '@baton/engine/client';
import {
  createGateway,
  createOutbound,
  createSecrets,
  type GatewayDependencies,
  secretKey,
} from '@baton/gateway';
import { openCoordination } from '@baton/infra/coordination';
import { openDocumentStore } from '@baton/infra/store';
import { createMcpFace, type McpFaceWorld } from '@baton/tools-registry';
import type { McpFace } from '@baton/tools-registry/contract';
import pino from 'pino';
import { pendingCalls } from '../../start/mcpFace.ts';
import { conformancePrompts, conformanceResources, conformanceTools } from './fixtures.ts';

export interface Served {
  url: string;
  token: string;
  stop(): Promise<void>;
}

/** A gateway whose `/mcp` serves the suite's fixtures to whoever is signed in; it has no engine. */
export async function serveFixtures(
  tools: Pick<McpFaceWorld, 'catalog' | 'invoker'> = conformanceTools,
  limits: NonNullable<GatewayDependencies['limits']> = {},
): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-mcp-'));
  const schedule = (ms: number, callback: () => void) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  };
  const store = await openDocumentStore({ uri: undefined, dataDirectory: folder, now: () => new Date() });
  const face = createMcpFace({
    ...tools,
    pending: pendingCalls(store.expiring, Date.now),
    version: '1.0.0',
    now: Date.now,
    newId: randomUUID,
    schedule,
    report: () => {},
  });
  const withFixtures: McpFace = {
    ...face,
    handle: (asked, body, caller) =>
      face.handle(asked, body, { ...caller, prompts: conformancePrompts, resources: conformanceResources }),
  };
  await store.tenants.create({ id: 'acme', name: 'Acme', at: new Date() });
  const gateway = await createGateway({
    host: '127.0.0.1',
    port: 0,
    publicUrl: undefined,
    issuer: { kind: 'embedded', developmentUsers: true },
    store,
    coordination: await openCoordination({
      redisUrl: undefined,
      now: Date.now,
      after: schedule,
      newId: randomUUID,
    }),
    engine: { queries: {}, records: { subscribe: () => () => {} } } as unknown as EngineClient,
    engineKind: 'embedded',
    modelProblems: () => [],
    decisionProblems: () => [],
    tryDecision: async () => ({ ok: true, value: { output: null, steps: [] } }),
    evaluateFeel: async (expression) => ({ ok: true, value: { value: expression, warnings: [] } }),
    tools: {} as never,
    toolSearch: {} as never,
    mcpServers: {} as never,
    agentRuns: {} as never,
    recordings: {} as never,
    agentInstances: {} as never,
    mcp: withFixtures,
    limits,
    secrets: createSecrets([secretKey(randomBytes(32))], randomBytes),
    outbound: createOutbound({ allowed: [], resolve: lookup, advice: '' }),
    editorDirectory: undefined,
    version: '1.0.0',
    clock: { now: Date.now, after: schedule },
    randomBytes,
    fetch,
    log: pino({ level: 'silent' }),
  });
  const signedIn = await fetch(`${gateway.url}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'designer', password: 'designer' }),
  });
  const { access_token: token } = (await signedIn.json()) as { access_token: string };
  return {
    url: gateway.url,
    token,
    async stop() {
      await face.close();
      await gateway.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Passes requests on as they come, with the token of somebody: for programs that cannot sign in. */
export async function signedInAt({
  url,
  token,
}: Pick<Served, 'url' | 'token'>): Promise<{ url: string; stop(): Promise<void> }> {
  const { hostname, port } = new URL(url);
  const server = createServer((asked, answer) => {
    const headers = { ...asked.headers, authorization: `Bearer ${token}` };
    const passed = request({ hostname, port, path: asked.url, method: asked.method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    passed.once('error', () => answer.destroy());
    answer.once('close', () => passed.destroy());
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
