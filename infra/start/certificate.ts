import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { Configuration } from './config.ts';

export interface Certificate {
  /** PEM. */
  cert: string;
  key: string;
}

/** ms a self-signed certificate is good for, and before whose end a new one is made: browsers take no more than 398 days. */
const lifetime = 397 * 86_400_000;
const renewal = 30 * 86_400_000;

type Asked = Pick<Configuration, 'TLS' | 'TLS_CERT' | 'TLS_KEY' | 'HOST' | 'PUBLIC_URL' | 'BATON_DATA'>;

/**
 * The certificate of the given files, or a self-signed one that is kept with the data, so that who trusted it once need not
 * again; nothing without TLS.
 * @throws when the files cannot be read, or do not belong together
 */
export async function certificateOf(asked: Asked, now = Date.now()): Promise<Certificate | undefined> {
  if (asked.TLS_CERT !== undefined && asked.TLS_KEY !== undefined) {
    const given = { cert: read('TLS_CERT', asked.TLS_CERT), key: read('TLS_KEY', asked.TLS_KEY) };
    if (!belongTogether(given)) {
      throw new Error(
        'TLS_KEY: Expected the key of the certificate TLS_CERT as PEM without a password, but it is not',
      );
    }
    return given;
  }
  return asked.TLS === 'self-signed' ? selfSigned(asked, now) : undefined;
}

function read(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${variable}: Expected a file, but ${error instanceof Error ? error.message : error}`);
  }
}

function belongTogether({ cert, key }: Certificate): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

async function selfSigned({ HOST, PUBLIC_URL, BATON_DATA }: Asked, now: number): Promise<Certificate> {
  const names = new Set(['localhost', '127.0.0.1', '::1']);
  if (HOST !== '0.0.0.0' && HOST !== '::') names.add(HOST);
  if (PUBLIC_URL) names.add(new URL(PUBLIC_URL).hostname.replace(/^\[(.*)\]$/, '$1'));

  const folder = join(BATON_DATA, 'tls');
  const files = { cert: join(folder, 'certificate.pem'), key: join(folder, 'key.pem') };
  if (existsSync(files.cert) && existsSync(files.key)) {
    const kept = { cert: readFileSync(files.cert, 'utf8'), key: readFileSync(files.key, 'utf8') };
    if (belongTogether(kept) && stillGood(new X509Certificate(kept.cert), names, now)) return kept;
  }
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'Baton (self-signed)' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - 86_400_000),
    notAfterDate: new Date(now + lifetime),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [...names].map((name) =>
          isIP(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name },
        ),
      },
    ],
  });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(files.key, made.private, { mode: 0o600 });
  writeFileSync(files.cert, made.cert);
  return { cert: made.cert, key: made.private };
}

function stillGood(certificate: X509Certificate, names: ReadonlySet<string>, now: number): boolean {
  const named = [...names].every((name) =>
    isIP(name) ? certificate.checkIP(name) !== undefined : certificate.checkHost(name) !== undefined,
  );
  return named && Date.parse(certificate.validTo) - now > renewal;
}
