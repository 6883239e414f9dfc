import { closeSync, existsSync, fchmodSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeSecretKey, readSecretKeys, type SecretKey, secretKey } from '@baton/gateway';

const variable = 'BATON_SECRET_KEYS';

export interface SecretKeySource {
  BATON_SECRET_KEYS: string | undefined;
  BATON_DATA: string;
}

/**
 * The keys of what is stored encrypted. While only this machine reaches the product, and only with development users, a key is
 * made once and kept in the data folder, readable by its owner; anywhere else somebody has to give one.
 */
export function secretKeysOf(
  { BATON_SECRET_KEYS: given, BATON_DATA: folder }: SecretKeySource,
  development: boolean,
  randomBytes: (size: number) => Uint8Array,
): { ok: true; value: SecretKey[] } | { ok: false; failure: string } {
  const file = join(folder, 'secret-keys');
  if (given !== undefined) {
    const read = readSecretKeys(given);
    return read.ok ? read : { ok: false, failure: `${variable}: ${read.failure}` };
  }
  if (existsSync(file) && development) {
    const read = readSecretKeys(ownersOnly(file));
    return read.ok ? read : { ok: false, failure: `${file}: ${read.failure}` };
  }
  if (development) return { ok: true, value: [made(file, randomBytes(32))] };
  const before = existsSync(file) ? `; the one this folder was used with so far is in ${file}` : '';
  return {
    ok: false,
    failure: `${variable}: Expected a key for what is stored encrypted, but there is none; make one with: ${makeSecretKey} and keep it: without it no stored API key can be read${before}`,
  };
}

function ownersOnly(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    fchmodSync(descriptor, 0o600);
    return readFileSync(descriptor, 'utf8').trim();
  } finally {
    closeSync(descriptor);
  }
}

function made(file: string, bytes: Uint8Array): SecretKey {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeSync(descriptor, `${Buffer.from(bytes).toString('base64')}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  return secretKey(bytes);
}
