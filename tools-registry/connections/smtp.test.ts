import { lookup } from 'node:dns';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  noCapabilities,
  readToolDefinition,
  type ToolConnection,
  type ToolOutcome,
} from '../contract/index.ts';
import { createToolConnections, runTool } from '../index.ts';
import { sandboxHere, worldOfTests } from '../test/world.ts';

const never = new AbortController().signal;
const sandbox = sandboxHere();
let server: SMTPServer;
let port: number;
let received: { from: string; to: string[]; text: string }[];
let refusal: string | undefined;
let connection: ToolConnection;

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth({ username, password }, _session, done) {
      if (username === 'app' && password === 'pass/word 1') done(null, { user: username });
      else done(new Error('Invalid login'));
    },
    onRcptTo({ address }, _session, done) {
      done(address.startsWith('nobody@') ? new Error('No such person') : null);
    },
    onData(stream, { envelope }, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      stream.on('end', () => {
        received.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          text,
        });
        done(null);
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.server.address() as AddressInfo).port;
});
afterAll(async () => {
  await sandbox.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});
beforeEach(() => {
  received = [];
  refusal = undefined;
  connection = {
    kind: 'smtp',
    url: `smtp://app@127.0.0.1:${port}?from=shop@example.com`,
    password: 'pass/word 1',
    readOnly: false,
    revision: 'one',
  };
});

async function send(mail: string, sideEffect = true): Promise<ToolOutcome> {
  const world = worldOfTests();
  const connections = createToolConnections({
    connection: async (_tenantId, name) => (name === 'mail' ? connection : undefined),
    dial: { lookup: lookup as never, refusal: async () => refusal },
  });
  world.connections = connections;
  world.grants = { ...noCapabilities, connections: ['mail'] };
  const definition = readToolDefinition({
    name: 'sample',
    source: `export default defineTool({ run(input, { email }) { return email.send('mail', ${mail}); } });`,
    capabilities: world.grants,
    sideEffect,
  });
  const tool = { id: 't', definition, version: 1, origin: { kind: 'saved' as const } };
  return runTool({ sandbox, world }, { tenantId: 'acme', tool, input: {} }, never);
}

const mail = `{ to: ['ada@example.com'], subject: 'Your order', text: 'It is on its way.' }`;

describe('mail of a tool', () => {
  it('goes to whom it is for, by the tenant’s server', async () => {
    expect(await send(mail)).toMatchObject({
      ok: true,
      value: { accepted: ['ada@example.com'], rejected: [] },
    });
    expect(received).toMatchObject([{ from: 'shop@example.com', to: ['ada@example.com'] }]);
    expect(received[0]?.text).toMatch(/Subject: Your order[\s\S]*It is on its way\./);
  });

  it('is sent by a tool that says it has a side effect, and by no other', async () => {
    expect(await send(mail, false)).toMatchObject({
      failure: { message: expect.stringContaining('declares a side effect') },
    });
    expect(received).toEqual([]);
  });

  it.each([
    ['a subject', `{ to: ['ada@example.com'], subject: 'Hi\\r\\nBcc: eve@example.com', text: '' }`],
    ['an address', `{ to: ['ada@example.com\\r\\nRCPT TO:<eve@example.com>'], subject: 'Hi' }`],
    [
      'the name of an attachment',
      `{ to: ['ada@example.com'], subject: 'Hi', attachments: [{ filename: 'a\\r\\nX: y', content: '' }] }`,
    ],
  ])('%s with a line break in it is refused', async (_what, wrong) => {
    expect(await send(wrong)).toMatchObject({ ok: false, failure: { code: 'TOOL_FAILED' } });
    expect(received).toEqual([]);
  });

  it('takes no file and no address of this machine for an attachment', async () => {
    const path = `{ to: ['ada@example.com'], subject: 'Hi', attachments: [{ filename: 'a', path: '/etc/passwd' }] }`;
    expect(await send(path)).toMatchObject({ ok: false });
    expect(received).toEqual([]);
  });

  it('says whom the server does not take', async () => {
    const some = `{ to: ['ada@example.com', 'nobody@example.com'], subject: 'Hi', text: 'x' }`;
    expect(await send(some)).toMatchObject({ ok: true, value: { rejected: ['nobody@example.com'] } });
  });

  it('says that the server does not let it in, without the password', async () => {
    connection = { ...connection, password: 'wrong-secret', revision: 'two' };
    const outcome = await send(mail);
    expect(outcome).toMatchObject({
      failure: { message: expect.stringContaining("Expected an answer of 'mail'") },
    });
    expect(JSON.stringify(outcome)).not.toContain('wrong-secret');
  });

  it('goes nowhere that the installation does not allow', async () => {
    refusal = 'Expected an address on the public internet, but 127.0.0.1 is this machine';
    expect(await send(mail)).toMatchObject({ failure: { message: expect.stringContaining(refusal) } });
  });
});
