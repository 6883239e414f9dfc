import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { failed, ok, type Result } from '@baton/engine/protocol';

/** Keys of AES-256, by what names them beside what they encrypted. */
export interface SecretKey {
  /** Of the key itself, so that nobody has to name it; tells nothing of it. */
  id: string;
  bytes: Uint8Array;
}

export interface SecretFailure {
  code: 'KEY_UNKNOWN' | 'DAMAGED';
  message: string;
}

/** Secrets as they are stored: AES-256-GCM under the first key, readable under every one. */
export interface Secrets {
  /**
   * @param place what the secret belongs to; put anywhere else it does not open
   */
  seal(secret: string, place: string): string;
  open(sealed: string, place: string): Result<string, SecretFailure>;
  /** Whether it lies under the first key: others are on their way out. */
  isCurrent(sealed: string): boolean;
}

/** The way to a new key, told wherever one is missing. */
export const makeSecretKey = `node -p "crypto.randomBytes(32).toString('base64')"`;

const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;
const form = 'v1';

/**
 * Reads keys as a variable has them: 32 bytes each in base64, separated by commas, the first one encrypts.
 * The failure says what is wrong and never holds a part of a key.
 */
export function readSecretKeys(text: string): Result<SecretKey[], string> {
  const keys: SecretKey[] = [];
  for (const [index, each] of text.split(',').entries()) {
    const written = each.trim();
    const bytes = Buffer.from(written, 'base64');
    const whole = /^[\w+/-]+={0,2}$/.test(written);
    if (!whole || bytes.length !== keyLength) {
      return failed(
        `Expected keys of ${keyLength} bytes in base64, separated by commas, but key ${index + 1} ${whole ? `has ${bytes.length} bytes` : 'is not base64'}; make one with: ${makeSecretKey}`,
      );
    }
    keys.push(secretKey(bytes));
  }
  return ok(keys);
}

export function secretKey(bytes: Uint8Array): SecretKey {
  return { id: createHmac('sha256', bytes).update('key id').digest('hex').slice(0, 16), bytes };
}

/** @param keys at least one */
export function createSecrets(
  keys: readonly SecretKey[],
  randomBytes: (size: number) => Uint8Array,
): Secrets {
  const [current] = keys;
  if (!current) throw new Error('Expected a key, but there is none');
  const byId = new Map(keys.map((key) => [key.id, key]));
  return {
    seal(secret, place) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', current.bytes, nonce, { authTagLength: tagLength });
      cipher.setAAD(boundTo(current.id, place));
      const encrypted = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      const packed = Buffer.concat([nonce, cipher.getAuthTag(), encrypted]);
      return [form, current.id, packed.toString('base64url')].join('.');
    },
    open(sealed, place) {
      const [version, id = '', packed = ''] = sealed.split('.');
      const key = byId.get(id);
      if (version !== form || !key) {
        return failed({
          code: 'KEY_UNKNOWN',
          message: `Expected a secret under one of the keys ${[...byId.keys()].join(', ')}, but it lies under '${id}'`,
        });
      }
      const bytes = Buffer.from(packed, 'base64url');
      const damaged = failed<SecretFailure>({
        code: 'DAMAGED',
        message: 'Expected a secret as it was encrypted, but it was changed or belongs somewhere else',
      });
      if (bytes.length < nonceLength + tagLength) return damaged;
      const decipher = createDecipheriv('aes-256-gcm', key.bytes, bytes.subarray(0, nonceLength), {
        authTagLength: tagLength,
      });
      decipher.setAAD(boundTo(id, place));
      decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
      try {
        const opened = [decipher.update(bytes.subarray(nonceLength + tagLength)), decipher.final()];
        return ok(Buffer.concat(opened).toString('utf8'));
      } catch {
        return damaged;
      }
    },
    isCurrent: (sealed) => sealed.startsWith(`${form}.${current.id}.`),
  };
}

function boundTo(keyId: string, place: string): Buffer {
  return Buffer.from(`${form}.${keyId}.${place}`, 'utf8');
}
