import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, openBrowser } from './browser.ts';
import { type Product, startProduct } from './product.ts';
import { openWorkflow, signIn } from './steps.ts';

const dataDirectory = mkdtempSync(join(tmpdir(), 'baton-https-'));
const chromium = findChromium();
let product: Product;
let address: string;

beforeAll(async () => {
  product = await startProduct({ dataDirectory, environment: { TLS: 'self-signed' } });
  address = product.address.replace('http:', 'https:');
});
afterAll(async () => {
  await product?.stop();
  rmSync(dataDirectory, { recursive: true, force: true });
});

describe('with a certificate of its own', () => {
  it('answers who trusts the certificate, and tells browsers to stay with HTTPS', async () => {
    const ca = readFileSync(join(dataDirectory, 'tls', 'certificate.pem'));
    const headers = await new Promise<object>((resolve, reject) => {
      get(`${address}/api/configuration`, { ca, agent: false }, (response) => {
        response.resume();
        resolve({ status: response.statusCode, ...response.headers });
      }).on('error', reject);
    });

    expect(headers).toMatchObject({
      status: 200,
      'strict-transport-security': expect.stringContaining('max-age='),
    });
  });

  it.skipIf(!chromium)(
    'runs the editor, its sockets too, and its policy forbids nothing it does',
    async () => {
      const browser = await openBrowser(chromium as string);
      try {
        const context = await browser.newContext({ ignoreHTTPSErrors: true });
        const page = await context.newPage();
        const complaints: string[] = [];
        const sockets: string[] = [];
        page.on('console', (message) => {
          if (message.type() === 'error') complaints.push(message.text());
        });
        page.on('websocket', (socket) => sockets.push(socket.url()));
        await signIn(page, address, 'designer');
        await openWorkflow(page, 'Support triage');

        expect([sockets[0], complaints]).toEqual([`${address.replace('https:', 'wss:')}/ws`, []]);
      } finally {
        await browser.close();
      }
    },
  );
});
