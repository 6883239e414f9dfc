import { type ChildProcess, fork } from 'node:child_process';
import { createPrivateKey, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DocumentStore, openDocumentStore } from '@baton/infra/store';
import { root } from '../real/root.ts';
import { startEmbeddedServer } from '../store/embedded/server.ts';
import type { GatewayProcessAnswer, GatewayProcessRequest } from './gatewayProcess.ts';
import type { HttpLoadMessage, HttpLoadRequest, HttpLoadResult } from './httpLoad.ts';
import { cpuSeconds } from './processFigures.ts';
import { rounded } from './statistics.ts';

/** Processes run what is built, whether this file does or not. */
const built = (file: string) => join(root, 'infra', 'dist', 'load', file);

export interface Figures extends HttpLoadResult {
  /** ms of the server process per answer. */
  serverCpuMs: number;
}

export interface Server {
  pid: number;
  port: number;
  ask(request: GatewayProcessRequest): Promise<GatewayProcessAnswer>;
  stop(): void;
}

export async function startServer(request: GatewayProcessRequest): Promise<Server> {
  const child: ChildProcess = fork(built('gatewayProcess.js'), { execArgv: [] });
  const ask = (message: GatewayProcessRequest) =>
    new Promise<GatewayProcessAnswer>((resolve, reject) => {
      const ended = (code: number | null) =>
        reject(new Error(`Expected an answer, but it ended with ${code}`));
      child.once('exit', ended);
      child.once('message', (answer: GatewayProcessAnswer) => {
        child.off('exit', ended);
        resolve(answer);
      });
      child.send(message);
    });
  const ready = await ask(request);
  if (ready.kind !== 'ready') throw new Error('Expected the server to be ready');
  return {
    pid: child.pid as number,
    port: ready.port,
    ask,
    stop: () => void (child.connected && child.disconnect()),
  };
}

export function load(request: HttpLoadRequest, pids: readonly number[]): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const child = fork(built('httpLoad.js'), { execArgv: [] });
    const cpu: number[] = [];
    child.once(
      'exit',
      (code) => code !== 0 && reject(new Error(`Expected the load to end, but got ${code}`)),
    );
    child.on('message', (message: HttpLoadMessage) => {
      if (message.kind === 'measure') {
        cpu.push(pids.reduce((sum, pid) => sum + (cpuSeconds(pid) ?? Number.NaN), 0));
        return;
      }
      const answers = Object.values(message.result.statuses).reduce((sum, count) => sum + count, 0);
      const [before = Number.NaN, after = Number.NaN] = cpu;
      resolve({ ...message.result, serverCpuMs: rounded(((after - before) * 1000) / answers, 3) });
    });
    child.send(request);
  });
}

export interface Caller {
  sub: string;
  tenant: string;
  roles?: readonly string[];
}

/** A token as the embedded issuer signs it. */
async function tokenOf(
  store: DocumentStore,
  issuer: string,
  { sub, tenant, roles = [] }: Caller,
): Promise<string> {
  const { signing } = (await store.settings.get('embedded-issuer-keys')) as { signing: { kid: string }[] };
  const [key] = signing;
  if (!key) throw new Error('Expected the issuer to have a key');
  // a minute old: what is decided from now on is newer
  const iat = Math.floor(Date.now() / 1000) - 60;
  const claims = { iss: issuer, sub, aud: 'baton-api', iat, exp: iat + 3_600, tenant };
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part({ alg: 'RS256', typ: 'at+jwt', kid: key.kid })}.${part({ ...claims, preferred_username: sub, realm_access: { roles } })}`;
  const signature = sign(
    'sha256',
    Buffer.from(content),
    createPrivateKey({ key: key as never, format: 'jwk' }),
  );
  return `${content}.${signature.toString('base64url')}`;
}

/** Gateways in processes of their own that share documents and an issuer. */
export interface Gateways {
  store: DocumentStore;
  /** @param rate requests a minute of anybody */
  start(redisUrl: string | undefined, rate: number): Promise<Server>;
  /** Once one has been started. */
  token(caller: Caller): Promise<string>;
  stop(): void;
  dispose(): Promise<void>;
}

export async function openGateways(): Promise<Gateways> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-gateways-'));
  const now = () => new Date();
  const documents = await startEmbeddedServer({ directory: join(folder, 'store'), now });
  const store = await openDocumentStore({ uri: documents.uri, dataDirectory: folder, now });
  const servers: Server[] = [];
  const publicUrl = 'http://localhost:4000';
  const stop = () => {
    for (const server of servers.splice(0)) server.stop();
  };
  return {
    store,
    async start(redisUrl, rate) {
      const server = await startServer({
        kind: 'gateway',
        mongoUri: documents.uri,
        redisUrl,
        publicUrl,
        rate,
      });
      servers.push(server);
      return server;
    },
    token: (caller) => tokenOf(store, `${publicUrl}/realms/baton`, caller),
    stop,
    async dispose() {
      stop();
      await store.close();
      await documents.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** How many of 400 requests by so many clients, to all of the gateways in turn, are let through. */
export async function letThrough(
  { store, token }: Gateways,
  servers: readonly Server[],
  clients: number,
  tenant: string,
): Promise<number> {
  await store.tenants.create({ id: tenant, name: tenant, at: new Date(0) });
  const authorization = `Bearer ${await token({ sub: 'somebody', tenant, roles: ['viewer'] })}`;
  const { statuses } = await load(
    {
      ports: servers.map(({ port }) => port),
      path: '/api/instances',
      headers: { Authorization: authorization },
      connections: clients,
      warmUp: 0,
      duration: 0,
      requests: 400,
    },
    servers.map(({ pid }) => pid),
  );
  return statuses['200'] ?? 0;
}
