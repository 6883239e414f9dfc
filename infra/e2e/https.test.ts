import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findChromium, openBrowser } from './browser.ts';
import { stage } from './stage.ts';
import { openWorkflow, signIn } from './steps.ts';

const chromium = findChromium();
const on = stage({ environment: { TLS: 'self-signed' } });
const address = () => on.product.address.replace('http:', 'https:');

describe('with a certificate of its own', () => {
  it('answers who trusts the certificate, and tells browsers to stay with HTTPS', async () => {
    const ca = readFileSync(join(on.folder, 'data', 'tls', 'certificate.pem'));
    const headers = await new Promise<object>((resolve, reject) => {
      get(`${address()}/api/configuration`, { ca, agent: false }, (response) => {
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
        await signIn(page, address(), 'designer');
        await openWorkflow(page, 'Support triage');

        expect([sockets[0], complaints]).toEqual([`${address().replace('https:', 'wss:')}/ws`, []]);
      } finally {
        await browser.close();
      }
    },
  );
});
