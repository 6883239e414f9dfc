import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, startGateway } from '../test/startGateway.ts';

const script = "document.documentElement.dataset.theme = 'dark';";
const page = `<!doctype html><script>${script}</script><script type="module" src="/assets/index-a1b2c3d4.js"></script>`;

let running: Running;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-editor-'));
  const editorDirectory = join(folder, 'dist');
  await mkdir(join(editorDirectory, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'not for anybody');
  await writeFile(join(editorDirectory, 'index.html'), page);
  await writeFile(join(editorDirectory, 'icon.svg'), '<svg/>');
  await writeFile(join(editorDirectory, 'assets/index-a1b2c3d4.js'), 'plain()');
  await writeFile(join(editorDirectory, 'assets/index-a1b2c3d4.js.br'), brotliCompressSync('plain()'));
  running = await startGateway({ editorDirectory });
});
afterAll(async () => {
  await running.stop();
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(running.url + path, { headers: { accept: 'text/html,*/*', ...headers }, redirect: 'manual' });

describe('the editor’s files', () => {
  it.each(['/', '/workflows/abc', '/signed-in?code=x&state=y'])(
    '%s is the page, never cached',
    async (path) => {
      const response = await get(path);
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(await response.text()).toBe(page);
    },
  );

  it('assets with a hash in their name are kept for ever, and sent compressed to who takes it', async () => {
    const response = await get('/assets/index-a1b2c3d4.js', { 'accept-encoding': 'br' });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
      'content-type': expect.stringContaining('javascript'),
      vary: 'Accept-Encoding',
    });
    expect(await response.text()).toBe('plain()');
    const plain = await get('/assets/index-a1b2c3d4.js', { 'accept-encoding': 'identity' });
    expect([plain.headers.get('content-encoding'), await plain.text()]).toEqual([null, 'plain()']);
    expect((await get('/icon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  it.each(['/assets/missing-a1b2c3d4.js', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets', '/%00'])(
    '%s is no file of the editor',
    async (path) => {
      const response = await get(path);
      expect(await response.text()).not.toContain('not for anybody');
      if (path.includes('.js')) expect(response.status).toBe(404);
    },
  );

  it('lets the page run its own scripts, Monaco’s workers and live connections, and nothing of others', async () => {
    const { headers } = await get('/');
    const policy = Object.fromEntries(
      headers
        .get('content-security-policy')!
        .split(';')
        .map((directive) => directive.trim().split(' '))
        .map(([name, ...values]) => [name, values]),
    );
    const hash = createHash('sha256').update(script).digest('base64');
    expect(policy).toMatchObject({
      'default-src': ["'self'"],
      'script-src': ["'self'", `'sha256-${hash}'`],
      'style-src': ["'self'", "'unsafe-inline'"],
      'worker-src': ["'self'", 'blob:'],
      'connect-src': ["'self'", running.url.replace('http', 'ws')],
      'object-src': ["'none'"],
      'frame-ancestors': ["'self'"],
    });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('brings a browser at another name of this machine to the issuer’s', async () => {
    const { port } = new URL(running.url);
    const location = await new Promise((resolve, reject) => {
      request(`${running.url}/workflows/abc?x=1`, {
        headers: { host: `localhost:${port}`, accept: 'text/html' },
      })
        .on('response', (response) => {
          response.resume();
          resolve(response.headers.location);
        })
        .on('error', reject)
        .end();
    });
    expect(location).toBe(`${running.url}/workflows/abc?x=1`);
  });
});
