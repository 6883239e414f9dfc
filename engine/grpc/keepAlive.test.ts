import { type ClientHttp2Session, connect, constants } from 'node:http2';
import type { Broker } from '@baton/engine/broker';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGrpcServer, type GrpcServer } from './index.ts';

let time = 0;
let server: GrpcServer;
let session: ClientHttp2Session;
let goodbye: Promise<string>;

beforeEach(async () => {
  time = 0;
  const broker = { openJobStream: () => () => {}, onJobsAvailable: () => () => {} } as unknown as Broker;
  server = createGrpcServer({ broker, schedule: () => () => {}, now: () => time });
  session = connect(`http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`);
  goodbye = new Promise((resolve) =>
    session.on('goaway', (code, _last, data) => resolve(`${code} ${Buffer.from(data ?? [])}`)),
  );
  session.on('error', () => {});
  await new Promise((resolve) => session.once('remoteSettings', resolve));
});

afterEach(async () => {
  session.destroy();
  await server.close();
});

/** When the answers to pings come, seconds after the connection was made. */
async function pingAt(...seconds: number[]): Promise<void> {
  for (const second of seconds) {
    time = second * 1000;
    await new Promise((resolve) => session.ping(resolve));
  }
}

async function isOpen(): Promise<boolean> {
  const answer = Promise.race([
    goodbye.then(() => false),
    new Promise((resolve) => session.ping(() => resolve(true))),
  ]);
  time += 10_000_000;
  return (await answer) === true;
}

function openStream(): void {
  const stream = session.request({
    ':method': 'POST',
    ':path': '/gateway_protocol.Gateway/StreamActivatedJobs',
    'content-type': 'application/grpc',
  });
  stream.on('error', () => {});
  // type 'a', worker 'b', timeout 1
  const message = Buffer.from([0x0a, 1, 0x61, 0x12, 1, 0x62, 0x18, 1]);
  stream.write(Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message]));
}

it('a client without calls that pings is told after the third time that it does so too often', async () => {
  await pingAt(0, 31, 62);
  expect(await goodbye).toBe(`${constants.NGHTTP2_ENHANCE_YOUR_CALM} too_many_pings`);
});

it('a client with a call may ping every 30 seconds', async () => {
  openStream();
  await pingAt(31, 62, 93, 124, 155);
  expect(await isOpen()).toBe(true);
});

it('a client with a call that pings every 20 seconds is borne with twice', async () => {
  openStream();
  await pingAt(1, 20, 40, 60);
  expect(await goodbye).toBe(`${constants.NGHTTP2_ENHANCE_YOUR_CALM} too_many_pings`);
});
