import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, normalize, sep } from 'node:path';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { isLoopback } from '../dependencies.ts';

export interface EditorSite {
  router: Router;
  /** `'sha256-…'` of scripts written into the page, for the content security policy. */
  scriptHashes(): readonly string[];
}

/** Compressed forms made by the build, best first. */
const encodings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const;

/** Vite puts a hash of the content into the names of what it builds: those never change. */
const hashed = /^\/assets\/.+[-.][\w-]{8,}\.\w+$/;

/** The built editor: assets for ever, the page never cached, and every other address is the page (it routes itself). */
export function editorSite(directory: string | undefined, origin: string): EditorSite {
  const router = express.Router();
  const index = directory ? join(directory, 'index.html') : undefined;
  let hashes: { readAt: number; values: string[] } | undefined;

  function scriptHashes(): readonly string[] {
    if (!index || !existsSync(index)) return [];
    const { mtimeMs } = statSync(index);
    if (hashes?.readAt !== mtimeMs)
      hashes = { readAt: mtimeMs, values: hashInlineScripts(readFileSync(index, 'utf8')) };
    return hashes.values;
  }

  router.use(toOrigin(origin));
  router.get('/{*path}', (request, response, next) => {
    const path = decoded(request.path);
    if (path === undefined || !directory) return directory ? next() : notBuilt(request, response, next);
    const file = join(directory, normalize(path));
    if (file.startsWith(directory + sep) && path !== '/index.html' && isFile(file)) {
      const cache = hashed.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache';
      return sendFile(request, response, file, cache);
    }
    const wantsPage = request.accepts(['html', 'json']) === 'html' && !/\.\w+$/.test(path);
    if (!wantsPage && path !== '/index.html') return next();
    if (!index || !isFile(index)) return notBuilt(request, response, next);
    sendFile(request, response, index, 'no-store');
  });
  return { router, scriptHashes };
}

function sendFile(request: Request, response: Response, file: string, cache: string): void {
  const encoding = encodings.find(
    ({ name, suffix }) => request.acceptsEncodings(name) === name && isFile(file + suffix),
  );
  response.type(file.slice(file.lastIndexOf('.')));
  if (encodings.some(({ suffix }) => isFile(file + suffix))) response.vary('Accept-Encoding');
  if (encoding) response.set('Content-Encoding', encoding.name);
  response.sendFile(file + (encoding?.suffix ?? ''), {
    headers: { 'Cache-Control': cache },
    cacheControl: false,
    dotfiles: 'allow',
  });
}

/** `localhost` and `127.0.0.1` are different origins to a browser; sign-in works at the issuer's only. */
function toOrigin(origin: string): RequestHandler {
  const own = new URL(origin);
  return (request, response, next) => {
    const asked = URL.canParse(`http://${request.headers.host}`)
      ? new URL(`http://${request.headers.host}`)
      : undefined;
    const isAlias =
      asked &&
      asked.host !== own.host &&
      isLoopback(asked.hostname) &&
      isLoopback(own.hostname) &&
      asked.port === own.port;
    if (isAlias && request.method === 'GET' && request.accepts(['html', 'json']) === 'html') {
      return response.redirect(302, origin + request.originalUrl);
    }
    next();
  };
}

const notBuilt: RequestHandler = (request, response, next) => {
  if (request.path !== '/' || request.accepts(['html', 'json']) !== 'html') return next();
  response
    .status(404)
    .set('Cache-Control', 'no-store')
    .type('text/plain')
    .send('The editor is not built. Run "npm run build". The API is documented at /docs.\n');
};

function hashInlineScripts(html: string): string[] {
  const scripts = html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g);
  return [...scripts].map(([, text]) => `'sha256-${createHash('sha256').update(text!).digest('base64')}'`);
}

function decoded(path: string): string | undefined {
  try {
    const text = decodeURIComponent(path);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
