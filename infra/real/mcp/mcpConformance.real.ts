import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { officialTools } from './officialTools.ts';
import { type Served, serveFixtures, signedInAt } from './servedFixtures.ts';

const tools = officialTools(process.env.TEST_MCP_TOOLS);

/** Not ours to do: no tool of the product borrows its client's model, and the newest protocol has deprecated it. */
const notOffered = 'server:\n  - tools-call-sampling\n';

describe.skipIf(!tools)('the protocol’s conformance suite and its inspector, at /mcp', () => {
  let served: Served;
  let entrance: { url: string; stop(): Promise<void> };
  const folder = mkdtempSync(join(tmpdir(), 'baton-conformance-'));

  beforeAll(async () => {
    served = await serveFixtures();
    entrance = await signedInAt(served);
  });
  afterAll(async () => {
    await entrance?.stop();
    await served?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('meets no failure', async () => {
    const baseline = join(folder, 'notOffered.yml');
    writeFileSync(baseline, notOffered);
    const args = [
      'server',
      '--url',
      `${entrance.url}/mcp`,
      '--suite',
      'all',
      '--expected-failures',
      baseline,
    ];
    const { code, output } = await tools!.conformance(args, folder);
    expect(code, output).toBe(0);
    console.info(output.slice(output.lastIndexOf('=== SUMMARY')));
  });

  const inspect = async (...args: string[]) => {
    const signedIn = ['--header', `Authorization: Bearer ${served.token}`];
    const { code, output } = await tools!.inspector(
      [`${served.url}/mcp`, '--transport', 'http', ...args, ...signedIn],
      folder,
    );
    expect(code, output).toBe(0);
    return output;
  };

  it('is inspected: its tools, portable as they are, and a call', async () => {
    const listed = await inspect('--method', 'tools/list', '--strict');
    expect(listed).toContain('test_simple_text');
    const called = await inspect('--method', 'tools/call', '--tool-name', 'test_simple_text');
    expect(called).toContain('This is a simple text response for testing.');
  });

  it('is inspected: its prompts and resources', async () => {
    expect(await inspect('--method', 'prompts/list')).toContain('test_simple_prompt');
    expect(await inspect('--method', 'resources/list')).toContain('test://static-text');
    expect(await inspect('--method', 'resources/read', '--uri', 'test://static-text')).toContain(
      'static text resource',
    );
  });

  it('lets nobody in who is not signed in, and says where to', async () => {
    const refused = await fetch(`${served.url}/mcp`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(refused.status).toBe(401);
    const metadata = /resource_metadata="([^"]+)"/.exec(refused.headers.get('www-authenticate') ?? '')?.[1];
    const document = (await (await fetch(metadata as string)).json()) as {
      resource: string;
      authorization_servers: string[];
    };
    expect(document.resource).toBe(`${served.url}/mcp`);
    const issuer = await fetch(`${document.authorization_servers[0]}/.well-known/openid-configuration`);
    expect(issuer.status).toBe(200);
  });
});
