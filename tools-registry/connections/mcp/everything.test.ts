import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { McpTransport, ToolCall } from '../../contract/index.ts';
import { createMcpConnections } from '../../index.ts';
import { savedServer, tenantId, worldOfServers } from './test/worldOfServers.ts';

/** The reference server of the protocol's makers, as it is in the registries. */
const script = createRequire(import.meta.url).resolve(
  '@modelcontextprotocol/server-everything/dist/index.js',
);
const patience = { timeout: 30_000, interval: 50 };

describe.each(['stdio', 'streamableHttp', 'sse'] as const)(
  'the server "everything" over %s',
  { timeout: 90_000 },
  (way) => {
    const cleanUp: (() => unknown)[] = [];
    afterEach(async () => {
      for (const each of cleanUp.splice(0).reverse()) await each();
    });

    async function started(program: string): Promise<McpTransport> {
      if (way === 'stdio')
        return { kind: 'stdio', command: process.execPath, args: [program, 'stdio'], env: {} };
      const port = await freePort();
      const child = spawn(process.execPath, [program, way], {
        env: { ...process.env, PORT: String(port) },
        stdio: 'pipe',
      });
      cleanUp.push(() => child.kill('SIGKILL'));
      await new Promise<void>((resolve, reject) => {
        child.once('exit', () => reject(new Error('it ended')));
        child.stderr.on('data', (chunk: Buffer) => /on port/.test(chunk.toString()) && resolve());
      });
      const origin = `http://127.0.0.1:${port}`;
      return way === 'sse' ? { kind: 'sse', url: `${origin}/sse` } : { kind: 'http', url: `${origin}/mcp` };
    }

    async function connected() {
      const of = worldOfServers();
      of.servers.set('server-1', savedServer(await started(script), { name: 'everything' }));
      const connections = createMcpConnections(of.world);
      cleanUp.push(() => connections.close());
      await connections.start(tenantId);
      const state = () => connections.status(tenantId, 'server-1').state;
      await vi.waitFor(() => expect(state()).toBe('connected'), patience);
      const call = async (tool: string, input: ToolCall['arguments'], more: Partial<ToolCall> = {}) => {
        const name = `everything.${tool}`;
        const found = await connections.source.get(tenantId, name, undefined);
        if (!found) throw new Error(`no tool ${name}`);
        const call = {
          tenantId,
          name,
          version: undefined,
          arguments: input,
          idempotencyKey: 'call',
          ...more,
        };
        return connections.source.run(found, call, new AbortController().signal);
      };
      return { ...of, connections, state, call };
    }

    it('is connected and locked, and its tools do what they say', async () => {
      const { connections, call } = await connected();

      expect(connections.status(tenantId, 'server-1')).toMatchObject({
        serverInfo: { name: 'mcp-servers/everything' },
        capabilities: expect.arrayContaining(['prompts', 'resources', 'tools']),
      });
      await vi.waitFor(
        async () =>
          expect((await connections.tools(tenantId, 'server-1')).map(({ tool }) => tool)).toEqual(
            expect.arrayContaining(['echo', 'get-sum', 'trigger-elicitation-request']),
          ),
        patience,
      );
      expect(await connections.counts(tenantId, 'server-1')).toMatchObject({
        quarantined: 0,
        new: 0,
        gone: 0,
      });
      expect((await connections.tools(tenantId, 'server-1')).flatMap(({ findings }) => findings)).toEqual([]);

      expect(await call('echo', { message: 'hi' })).toMatchObject({ ok: true, value: 'Echo: hi' });
      expect(await call('get-structured-content', { location: 'Chicago' })).toMatchObject({
        ok: true,
        value: { temperature: expect.any(Number), conditions: expect.any(String) },
      });
      expect(await call('get-tiny-image', {})).toMatchObject({
        content: [{ type: 'image', mimeType: 'image/png' }],
      });
      const heard: number[] = [];
      const long = { duration: 0.3, steps: 3 };
      expect(
        await call('trigger-long-running-operation', long, { heard: ({ progress }) => heard.push(progress) }),
      ).toMatchObject({
        ok: true,
      });
      // The last step and the answer may overtake each other.
      expect(heard.slice(0, 2)).toEqual([1, 2]);
      expect(await connections.resources(tenantId, 'server-1')).toMatchObject({ ok: true });
      expect(await connections.prompts(tenantId, 'server-1')).toMatchObject({
        value: expect.arrayContaining([expect.objectContaining({ name: 'simple-prompt' })]),
      });
    });

    it('asks a person, and goes on with the answer', async () => {
      const { connections, call } = await connected();
      await vi.waitFor(
        async () =>
          expect((await connections.tools(tenantId, 'server-1')).map(({ tool }) => tool)).toContain(
            'trigger-elicitation-request',
          ),
        patience,
      );

      const asked = await call('trigger-elicitation-request', {});
      if (asked.ok || !asked.question) throw new Error(`it did not ask: ${JSON.stringify(asked)}`);
      expect(asked.question).toMatchObject({
        kind: 'input',
        schema: { properties: { name: { type: 'string' } } },
      });

      const answers = { [asked.question.id]: { action: 'accept' as const, content: { name: 'Ada' } } };
      expect(await call('trigger-elicitation-request', {}, { answers })).toMatchObject({
        ok: true,
        value: expect.stringContaining('Ada'),
      });
    });

    it('in a release whose tool says something else is quarantined until an admin accepts', async () => {
      const { connections, servers, call, state } = await connected();
      expect(await call('echo', { message: 'hi' })).toMatchObject({ ok: true });

      const transport = await started(nextRelease(cleanUp));
      servers.set('server-1', savedServer(transport, { name: 'everything', revision: 2 }));
      await connections.serverChanged(tenantId, 'server-1');
      await vi.waitFor(() => expect(state()).toBe('connected'), patience);

      const drifted = await call('echo', { message: 'hi' });
      expect(drifted).toMatchObject({ failure: { code: 'TOOL_QUARANTINED' } });
      expect(!drifted.ok && drifted.failure.message).toContain(
        'description: "Echoes back the input string" → "Echoes back the input string to everybody"',
      );
      expect(await call('get-sum', { a: 1, b: 2 })).toMatchObject({ ok: true });

      const echo = (await connections.tools(tenantId, 'server-1')).find(({ tool }) => tool === 'echo');
      expect(echo).toMatchObject({ state: 'quarantined', accepted: { by: 'ada' } });
      const taken = [{ tool: 'echo', hash: echo?.hash ?? '' }];
      expect(await connections.accept(tenantId, 'server-1', taken, 'grace')).toMatchObject({ ok: true });
      expect(await call('echo', { message: 'hi' })).toMatchObject({
        ok: true,
        value: 'Echo: hi',
        version: 2,
      });
    });
  },
);

/** The same server, as it would be if somebody had changed what one of its tools says. */
function nextRelease(cleanUp: (() => unknown)[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'everything-'));
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
  const dist = dirname(script);
  cpSync(dist, join(folder, 'dist'), { recursive: true });
  cpSync(join(dirname(dist), 'package.json'), join(folder, 'package.json'));
  symlinkSync(
    dist.slice(0, dist.lastIndexOf('/node_modules/') + '/node_modules'.length),
    join(folder, 'node_modules'),
  );
  const echo = join(folder, 'dist', 'tools', 'echo.js');
  writeFileSync(
    echo,
    readFileSync(echo, 'utf8').replace('the input string"', 'the input string to everybody"'),
  );
  return join(folder, 'dist', 'index.js');
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
