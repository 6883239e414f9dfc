// One server process of the gateway benchmark: a bare Express route, or a gateway over an engine without runs.
import { randomBytes, randomUUID } from 'node:crypto';
import { lookup } from 'node:dns';
import type { AddressInfo } from 'node:net';
import type { EngineClient } from '@baton/engine/client';
import { ok } from '@baton/engine/protocol';
import { createGateway, createOutbound, createSecrets, secretKey } from '@baton/gateway';
import { rateNames } from '@baton/gateway/api';
import { openCoordination } from '@baton/infra/coordination';
import { openDocumentStore } from '@baton/infra/store';
import express from 'express';
import pino from 'pino';

export type GatewayProcessRequest =
  | { kind: 'bare' }
  | {
      kind: 'gateway';
      mongoUri: string;
      redisUrl: string | undefined;
      /** Issuer of all gateways of one run. */
      publicUrl: string;
      /** Requests a minute of anybody. */
      rate: number;
    }
  /** Takes all roles from a member, as a change by the API does. */
  | { kind: 'revoke'; tenantId: string; userId: string };

export type GatewayProcessAnswer = { kind: 'ready'; port: number } | { kind: 'revoked' };

/** What both routes answer. */
const nothing = { items: [], total: 0, limit: 50, offset: 0, has_more: false };

function bareRoute(): Promise<number> {
  const app = express();
  app.get('/api/instances', (_request, response) => void response.json(nothing));
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Has no runs; nothing else is asked of it, and nothing of tools and agents. */
const engine = {
  queries: { instances: async () => ok({ items: [], total: 0 }) },
  records: { subscribe: () => () => {} },
} as unknown as EngineClient;

async function gateway(request: Extract<GatewayProcessRequest, { kind: 'gateway' }>) {
  const after = (delay: number, call: () => void) => {
    const timer = setTimeout(call, delay);
    return () => clearTimeout(timer);
  };
  const store = await openDocumentStore({ uri: request.mongoUri, dataDirectory: '', now: () => new Date() });
  const coordination = await openCoordination({
    redisUrl: request.redisUrl,
    now: Date.now,
    after,
    newId: randomUUID,
  });
  const rates = rateNames.map((name) => [name, request.rate]);
  const { port } = await createGateway({
    host: '127.0.0.1',
    port: 0,
    publicUrl: request.publicUrl,
    issuer: { kind: 'embedded', developmentUsers: false },
    store,
    coordination,
    engine,
    engineKind: 'embedded',
    modelProblems: () => [],
    decisionProblems: () => [],
    tryDecision: async () => ({ ok: true, value: { output: null, steps: [] } }),
    evaluateFeel: async (expression) => ({ ok: true, value: { value: expression, warnings: [] } }),
    tools: {} as never,
    mcpServers: { credentials: { resume: async () => {} } } as never,
    toolSearch: {} as never,
    agentRuns: {} as never,
    recordings: {} as never,
    agentInstances: {} as never,
    secrets: createSecrets([secretKey(randomBytes(32))], randomBytes),
    outbound: createOutbound({ allowed: [], resolve: lookup, advice: '' }),
    editorDirectory: undefined,
    version: 'bench',
    clock: { now: Date.now, after },
    randomBytes,
    fetch,
    // As in production: one line a request is written, to nowhere.
    log: pino({ level: 'warn' }),
    limits: { rates: Object.fromEntries(rates), burstPerSecond: 1_000_000 },
  });
  return { port, store, coordination };
}

let running: Awaited<ReturnType<typeof gateway>> | undefined;
const answer = (message: GatewayProcessAnswer) => process.send?.(message);

process.on('message', async (request: GatewayProcessRequest) => {
  if (request.kind === 'bare') answer({ kind: 'ready', port: await bareRoute() });
  else if (request.kind === 'gateway') {
    running = await gateway(request);
    answer({ kind: 'ready', port: running.port });
  } else if (running) {
    const { tenantId, userId } = request;
    const member = await running.store.members.get(tenantId, userId);
    if (!member) throw new Error(`Expected the member ${userId}, but there is none`);
    await running.store.members.put({ ...member, roles: [], changedAt: new Date() });
    await running.coordination.notices.publish({ kind: 'member', tenantId, id: userId });
    answer({ kind: 'revoked' });
  }
});
process.on('disconnect', () => process.exit(0));
