import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const secretLength = 32;
const shape = /^bk_([0-9a-f]{24})_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

/**
 * A key as its holder has it: `bk_<id>_<secret><checksum>`. The prefix and the checksum (CRC-32 of what is before it, base 62)
 * let a scanner find leaked keys without asking anybody, and let us refuse a mistyped one without asking the store.
 * @param id 24 hexadecimal digits
 */
export function keyText(id: string, randomBytes: (size: number) => Uint8Array): string {
  let secret = '';
  while (secret.length < secretLength) {
    for (const byte of randomBytes(secretLength)) {
      // Bytes from 248 on would make the first letters likelier than the others.
      if (byte < 248 && secret.length < secretLength) secret += alphabet[byte % 62];
    }
  }
  const body = `bk_${id}_${secret}`;
  return body + checksum(body);
}

/** The id of a key that is written as one. */
export function keyId(text: string): string | undefined {
  const [, id, , sum] = shape.exec(text) ?? [];
  return sum !== undefined && checksum(text.slice(0, -sum.length)) === sum ? id : undefined;
}

/** What is stored of a key. It has 190 random bits: nothing slower than sha-256 would make guessing any harder. */
export function keyHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function checksum(text: string): string {
  let rest = crc32(text);
  let sum = '';
  for (let place = 0; place < 6; place++) {
    sum = alphabet[rest % 62] + sum;
    rest = Math.floor(rest / 62);
  }
  return sum;
}
