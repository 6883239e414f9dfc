import express from 'express';
import { expect, it } from 'vitest';
import { type SecurityHeaderOptions, securityHeaders } from './securityHeaders.ts';

async function headersFor(options: Partial<SecurityHeaderOptions>): Promise<Record<string, string>> {
  const app = express();
  app.use(
    securityHeaders({
      origin: 'http://127.0.0.1:3000',
      issuerOrigin: undefined,
      editorOrigins: [],
      scriptHashes: () => [],
      ...options,
    }),
  );
  app.use((_request, response) => {
    response.end();
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { headers } = await fetch(`http://127.0.0.1:${(server.address() as { port: number }).port}/`);
  server.close();
  return Object.fromEntries(headers);
}

it('asks for no encryption on a plain address, and insists on it on a secure one', async () => {
  const plain = await headersFor({});
  expect(plain['content-security-policy']).not.toContain('upgrade-insecure-requests');
  expect(plain).not.toHaveProperty('strict-transport-security');

  const secure = await headersFor({ origin: 'https://baton.example' });
  expect(secure['content-security-policy']).toContain('upgrade-insecure-requests');
  expect(secure['content-security-policy']).toContain("connect-src 'self' wss://baton.example");
  expect(secure['strict-transport-security']).toContain('max-age=');
});

it('lets the editor talk to a real issuer', async () => {
  const policy = (await headersFor({ issuerOrigin: 'https://id.example' }))['content-security-policy']!;
  for (const directive of ['connect-src', 'form-action', 'frame-src']) {
    expect(policy.split(';').find((part) => part.startsWith(directive))).toContain('https://id.example');
  }
});

it('lets in the page’s own scripts by their hash', async () => {
  const headers = await headersFor({ scriptHashes: () => ["'sha256-abc='"] });
  expect(headers['content-security-policy']).toContain("script-src 'self' 'sha256-abc='");
});
