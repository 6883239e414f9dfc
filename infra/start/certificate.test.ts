import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { certificateOf } from './certificate.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-tls-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const asked = (changes: object = {}) => ({
  TLS: 'self-signed' as const,
  TLS_CERT: undefined,
  TLS_KEY: undefined,
  HOST: '0.0.0.0',
  PUBLIC_URL: 'https://baton.example.com',
  BATON_DATA: folder,
  ...changes,
});

it('makes a certificate that who trusts it connects with, by name and by address', async () => {
  const made = (await certificateOf(asked()))!;
  const server = createServer(made, (_, response) => response.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const status = (servername?: string) =>
    new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, ca: made.cert, agent: false, ...(servername ? { servername } : {}) })
        .on('response', ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end();
    });
  expect([await status(), await status('localhost'), await status('baton.example.com')]).toEqual([
    200, 200, 200,
  ]);
  await expect(status('evil.example')).rejects.toThrow();
  server.closeAllConnections();
  server.close();
});

it('keeps it for the next start, its key for nobody else to read', async () => {
  const made = await certificateOf(asked());

  expect(await certificateOf(asked())).toEqual(made);
  expect(statSync(join(folder, 'tls', 'key.pem')).mode & 0o077).toBe(0);
});

it('makes another when it is about to end, or the address has changed', async () => {
  const made = await certificateOf(asked());
  const renamed = await certificateOf(asked({ PUBLIC_URL: 'https://other.example.com' }));
  const later = Date.now() + 380 * 86_400_000;
  const renewed = await certificateOf(asked({ PUBLIC_URL: 'https://other.example.com' }), later);

  expect(renamed).not.toEqual(made);
  expect(Date.parse(new X509Certificate(renewed!.cert).validTo)).toBeGreaterThan(later);
});

it('takes the files it is given, and says what is wrong with them', async () => {
  const { cert, key } = (await certificateOf(asked()))!;
  const files = { TLS_CERT: join(folder, 'c.pem'), TLS_KEY: join(folder, 'k.pem') };
  writeFileSync(files.TLS_CERT, cert);
  writeFileSync(files.TLS_KEY, key);
  expect(await certificateOf(asked({ ...files, TLS: 'off' }))).toEqual({ cert, key });

  writeFileSync(files.TLS_KEY, 'no key');
  await expect(certificateOf(asked(files))).rejects.toThrow(/^TLS_KEY: Expected the key of the certificate/);
  await expect(certificateOf(asked({ ...files, TLS_CERT: join(folder, 'none') }))).rejects.toThrow(
    /^TLS_CERT: /,
  );
  expect(await certificateOf(asked({ TLS: 'off' }))).toBeUndefined();
});
