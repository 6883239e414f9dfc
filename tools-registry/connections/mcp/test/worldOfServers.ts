import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { McpServer, McpTransport } from '../../../contract/index.ts';
import { commandHash } from '../commandHash.ts';
import type { McpCredentials, McpLock, McpNews, McpWorld } from '../ports.ts';
import { ownProcesses } from '../wire/ownProcess.ts';

export const tenantId = 'acme';

/** Stores in memory, real time, real processes, and everything that was told. */
export function worldOfServers() {
  const servers = new Map<string, McpServer>();
  const locks = new Map<string, string>();
  const credentials = new Map<string, McpCredentials>();
  const secrets = new Map<string, string>();
  const news: { serverId: string; kind: McpNews['kind'] }[] = [];
  const scheduled = new Set<{ ms: number; callback: () => void }>();
  /** Real time; what is scheduled for exactly so long can be made to happen now. */
  const schedule = (ms: number, callback: () => void) => {
    const entry = { ms, callback };
    scheduled.add(entry);
    const timer = setTimeout(() => {
      scheduled.delete(entry);
      callback();
    }, ms);
    return () => {
      scheduled.delete(entry);
      clearTimeout(timer);
    };
  };
  const world: McpWorld = {
    servers: {
      list: async (tenant) => (tenant === tenantId ? [...servers.values()] : []),
      get: async (tenant, id) => (tenant === tenantId ? servers.get(id) : undefined),
      getByName: async (tenant, name) =>
        tenant === tenantId ? [...servers.values()].find((server) => server.name === name) : undefined,
    },
    locks: {
      async get(tenant, id) {
        const stored = locks.get(`${tenant}/${id}`);
        return stored === undefined ? undefined : (JSON.parse(stored) as McpLock);
      },
      async put(tenant, id, lock) {
        const stored = locks.get(`${tenant}/${id}`);
        const revision = stored === undefined ? 0 : (JSON.parse(stored) as McpLock).revision;
        if (revision !== lock.revision) return false;
        locks.set(`${tenant}/${id}`, JSON.stringify({ ...lock, revision: revision + 1 }));
        return true;
      },
      async delete(tenant, id) {
        locks.delete(`${tenant}/${id}`);
      },
    },
    credentials: {
      get: async (tenant, id, user) => credentials.get(`${tenant}/${id}/${user ?? ''}`),
      async change(tenant, id, user, fields) {
        const key = `${tenant}/${id}/${user ?? ''}`;
        const next: Record<string, unknown> = { ...credentials.get(key), ...fields };
        for (const [name, value] of Object.entries(next)) if (value === null) delete next[name];
        credentials.set(key, next as McpCredentials);
      },
    },
    secret: async (_, name) => secrets.get(name),
    fetch,
    startProcess: ownProcesses({
      spawn,
      kill: process.kill.bind(process),
      newDirectory: () => mkdtempSync(join(tmpdir(), 'mcp-')),
      removeDirectory: (path) => rmSync(path, { recursive: true, force: true }),
      environment: { PATH: process.env.PATH ?? '' },
      schedule,
    }),
    now: () => Date.now(),
    schedule,
    product: { name: 'Baton', version: '1.0.0' },
    changed: (_, serverId, { kind }) => news.push({ serverId, kind }),
  };
  return {
    world,
    servers,
    credentials,
    secrets,
    news,
    passed(ms: number) {
      for (const entry of [...scheduled].filter((each) => each.ms === ms)) {
        scheduled.delete(entry);
        entry.callback();
      }
    },
  };
}

/** A server as an admin saved it: enabled, its command approved. */
export function savedServer(transport: McpTransport, changes: Partial<McpServer> = {}): McpServer {
  return {
    id: 'server-1',
    name: 'manners',
    transport,
    auth: { kind: 'none' },
    timeout: 5_000,
    enabled: true,
    revision: 1,
    savedBy: 'ada',
    approval: transport.kind === 'stdio' ? { hash: commandHash(transport), by: 'ada', at: 0 } : null,
    ...changes,
  };
}
