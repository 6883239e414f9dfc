import type { Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

export interface SecurityHeaderOptions {
  /** Origin browsers use. */
  origin: string;
  /** Origin of a real issuer, which the editor talks to. */
  issuerOrigin: string | undefined;
  /** Further origins of the editor, to which sign-in leads back. */
  editorOrigins: readonly string[];
  /** `'sha256-…'` of the scripts written into the editor's page. */
  scriptHashes(): readonly string[];
}

/**
 * What the editor needs and no more: its own scripts, Monaco's workers (own files and blobs), style attributes
 * (bpmn-js and Monaco position by them), data: images and fonts (cursors, icons), and sockets to the same host.
 */
function policy({
  origin,
  issuerOrigin,
  editorOrigins,
  scriptHashes,
}: SecurityHeaderOptions): RequestHandler {
  const secure = origin.startsWith('https:');
  const issuer = issuerOrigin && issuerOrigin !== origin ? [issuerOrigin] : [];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'", () => scriptHashes().join(' ')],
        scriptSrcAttr: ["'none'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'", 'data:'],
        imgSrc: ["'self'", 'data:', 'blob:'],
        workerSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'", origin.replace(/^http/, 'ws'), ...issuer],
        // A silent renewal loads the issuer in a frame.
        frameSrc: ["'self'", ...issuer],
        frameAncestors: ["'self'"],
        formAction: ["'self'", ...issuer, ...editorOrigins],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: secure,
    xPoweredBy: true,
  });
}

/** The same on every answer, so they are put together once, and again when the editor was built anew. */
export function securityHeaders(options: SecurityHeaderOptions): RequestHandler {
  let made: { hashes: string; headers: [name: string, value: string][] } | undefined;

  function headersFor(hashes: string): [string, string][] {
    const headers = new Map<string, string>();
    const recorded = {
      setHeader: (name: string, value: string) => headers.set(name, value),
      removeHeader: (name: string) => headers.delete(name),
    };
    policy(options)({} as Request, recorded as unknown as Response, (error?: unknown) => {
      if (error) throw error;
    });
    made = { hashes, headers: [...headers] };
    return made.headers;
  }

  return (_request, response, next) => {
    const hashes = options.scriptHashes().join();
    const headers = made?.hashes === hashes ? made.headers : headersFor(hashes);
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
}
