import { scrypt, timingSafeEqual } from 'node:crypto';

const keyLength = 32;

function derive(password: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyLength, { N: 16_384, r: 8, p: 1 }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** `salt:hash` in hex. */
export async function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  return `${Buffer.from(salt).toString('hex')}:${(await derive(password, salt)).toString('hex')}`;
}

/** Takes as long for a user who does not exist, so that names cannot be found out by the clock. */
export async function passwordMatches(password: string, stored: string | undefined): Promise<boolean> {
  const [salt = '', hash = ''] = (stored ?? `00:${'00'.repeat(keyLength)}`).split(':');
  const key = await derive(password, Buffer.from(salt, 'hex'));
  const expected = Buffer.from(hash, 'hex');
  return expected.length === key.length && timingSafeEqual(expected, key) && stored !== undefined;
}
