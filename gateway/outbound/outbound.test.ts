import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type Network, readNetworks, refusedAs } from './networks.ts';
import { createOutbound, type Outbound, type Resolve } from './outbound.ts';

const networks = (text: string): Network[] => {
  const read = readNetworks(text);
  if (!read.ok) throw new Error(read.failure);
  return read.value;
};

describe('an address', () => {
  it.each([
    ['127.0.0.1', 'this machine'],
    ['0.0.0.0', 'this machine'],
    ['::1', 'this machine'],
    ['::', 'this machine'],
    ['::ffff:127.0.0.1', 'this machine'],
    ['10.1.2.3', 'a private network'],
    ['172.31.0.1', 'a private network'],
    ['192.168.0.10', 'a private network'],
    ['100.64.0.1', 'a private network'],
    ['fd12::1', 'a private network'],
    ['169.254.169.254', 'a link-local network'],
    ['fe80::1%eth0', 'a link-local network'],
    ['64:ff9b::7f00:1', 'a reserved network'],
    ['2002:7f00:1::', 'a reserved network'],
    ['224.0.0.1', 'a reserved network'],
    ['255.255.255.255', 'a reserved network'],
    ['nonsense', 'no address'],
  ])('%s is refused as %s', (address, what) => {
    expect(refusedAs(address, [])).toBe(what);
  });

  it.each(['93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) => {
    expect(refusedAs(address, [])).toBeUndefined();
  });

  it('of our own is open where its network is named, and no other', () => {
    const allowed = networks('loopback, 10.1.0.0/16,192.168.0.7');
    expect(
      ['127.8.9.1', '::1', '10.1.200.1', '192.168.0.7', '10.2.0.1', '192.168.0.8', '169.254.169.254'].map(
        (address) => refusedAs(address, allowed) === undefined,
      ),
    ).toEqual([true, true, true, true, false, false, false]);
    expect(readNetworks('10.0.0.0/40')).toMatchObject({ ok: false });
    expect(readNetworks('home')).toMatchObject({ ok: false });
  });
});

const resolvesTo =
  (...answers: string[][]): Resolve =>
  (_hostname, _options, callback) => {
    const addresses = answers.length > 1 ? answers.shift()! : answers[0]!;
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };

describe('a request to an address that a user named', () => {
  const servers: Server[] = [];
  const outbounds: Outbound[] = [];
  afterEach(async () => {
    for (const outbound of outbounds.splice(0)) await outbound.close();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  });
  async function serve(listener: RequestListener): Promise<number> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return (server.address() as AddressInfo).port;
  }
  function outboundOf(allowed: string, resolve: Resolve = resolvesTo(['127.0.0.1'])) {
    const outbound = createOutbound({
      allowed: networks(allowed),
      resolve,
      advice: 'ask your administrator',
    });
    outbounds.push(outbound);
    return outbound;
  }
  const reasonOf = (asked: Promise<unknown>) =>
    asked.then(
      () => 'answered',
      (error: Error & { code?: string }) => {
        const { code, message } = (error.cause ?? error) as Error & { code?: string };
        return `${code}: ${message}`;
      },
    );

  it('reaches what is allowed', async () => {
    const port = await serve((_request, response) => response.end('hello'));
    const outbound = outboundOf('loopback');
    expect(await (await outbound.fetch(`http://127.0.0.1:${port}/`)).text()).toBe('hello');
    expect(await (await outbound.fetch(`http://office.example:${port}/`)).text()).toBe('hello');
    expect(await outbound.refusal(`http://office.example:${port}/`)).toBeUndefined();
  });

  it.each(['127.0.0.1', 'localhost', 'office.example', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]'])(
    'at %s on our own machine never arrives',
    async (host) => {
      let asked = 0;
      const port = await serve((_request, response) => {
        asked += 1;
        response.end();
      });
      const outbound = outboundOf('');
      const url = `http://${host}:${port}/`;
      expect(await reasonOf(outbound.fetch(url))).toMatch(
        /^ADDRESS_REFUSED: Expected .* ask your administrator$/,
      );
      expect(await outbound.refusal(url)).toMatch(/ is this machine; ask your administrator$/);
      expect(asked).toBe(0);
    },
  );

  it('by a name that resolves otherwise once it was checked never arrives', async () => {
    let asked = 0;
    const port = await serve((_request, response) => {
      asked += 1;
      response.end();
    });
    const outbound = outboundOf('', resolvesTo(['93.184.216.34'], ['127.0.0.1']));
    const url = `http://rebinding.example:${port}/`;
    expect(await outbound.refusal(url)).toBeUndefined();
    expect(await reasonOf(outbound.fetch(url))).toMatch(/^ADDRESS_REFUSED/);
    expect(asked).toBe(0);
  });

  it('reaches an origin of the installation itself, and no other port beside it', async () => {
    const port = await serve((_request, response) => response.end('hello'));
    const beside = await serve((_request, response) => response.end('hello'));
    const outbound = createOutbound({
      allowed: [],
      trusted: [`http://127.0.0.1:${port}`],
      resolve: resolvesTo(['127.0.0.1']),
      advice: '',
    });
    outbounds.push(outbound);
    expect(await outbound.refusal(`http://127.0.0.1:${port}/v1`)).toBeUndefined();
    expect(await (await outbound.fetch(`http://127.0.0.1:${port}/v1`)).text()).toBe('hello');
    expect(await reasonOf(outbound.fetch(`http://127.0.0.1:${beside}/v1`))).toMatch(/^ADDRESS_REFUSED/);
  });

  it('goes to the allowed ones of the addresses of a name', async () => {
    const port = await serve((_request, response) => response.end('hello'));
    const outbound = outboundOf('loopback', resolvesTo(['10.0.0.1', '127.0.0.1']));
    expect(await (await outbound.fetch(`http://two.example:${port}/`)).text()).toBe('hello');
  });

  it('follows no redirect', async () => {
    let followed = false;
    const target = await serve((_request, response) => {
      followed = true;
      response.end();
    });
    const port = await serve((_request, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${target}/` }).end(),
    );
    const answer = await outboundOf('loopback').fetch(`http://127.0.0.1:${port}/`, { redirect: 'follow' });
    expect([answer.status, followed]).toEqual([302, false]);
  });

  it('reads no answer without end, and none that grows when unpacked', async () => {
    const endless = await serve((_request, response) => {
      const block = Buffer.alloc(1024 * 1024, ' ');
      const pour = () => {
        while (!response.destroyed && response.write(block));
        response.once('drain', pour);
      };
      pour();
    });
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const packed = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    const outbound = outboundOf('loopback');
    for (const port of [endless, packed]) {
      const answer = await outbound.fetch(`http://127.0.0.1:${port}/`);
      expect(await reasonOf(answer.text())).toBe(
        'ANSWER_TOO_LARGE: Expected an answer of at most 8 MB, but it is larger',
      );
    }
  });

  it('tells nothing about a name that does not resolve', async () => {
    const unknown: Resolve = (_hostname, _options, callback) =>
      callback(Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' }), []);
    const outbound = outboundOf('', unknown);
    expect(await outbound.refusal('http://nowhere.example/')).toBeUndefined();
    expect(await reasonOf(outbound.fetch('http://nowhere.example/'))).toMatch(/^ENOTFOUND/);
  });
});
