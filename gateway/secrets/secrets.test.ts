import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSecrets, readSecretKeys, type SecretKey, secretKey } from './secrets.ts';

const [old, next] = [secretKey(randomBytes(32)), secretKey(randomBytes(32))] as const;
const under = (...keys: SecretKey[]) => createSecrets(keys, randomBytes);

describe('a secret', () => {
  it('comes back where it belongs, and looks different each time it is sealed', () => {
    const secrets = under(old);
    const [one, two] = [secrets.seal('sk-ünïcode', 'acme/p1'), secrets.seal('sk-ünïcode', 'acme/p1')];
    expect(secrets.open(one, 'acme/p1')).toEqual({ ok: true, value: 'sk-ünïcode' });
    expect(one).not.toBe(two);
    expect(one).not.toContain('sk-');
  });

  it('does not open in the place of another tenant', () => {
    const secrets = under(old);
    expect(secrets.open(secrets.seal('sk', 'acme/p1'), 'globex/p1')).toMatchObject({
      failure: { code: 'DAMAGED' },
    });
  });

  it('does not open when a single character of it is changed', () => {
    const secrets = under(old);
    const sealed = secrets.seal('sk-planted', 'acme/p1');
    const opened = [...sealed].filter((character, index) => {
      const other = character === 'A' ? 'B' : 'A';
      return secrets.open(sealed.slice(0, index) + other + sealed.slice(index + 1), 'acme/p1').ok;
    });
    // The last character of base64 may hold bits that are no part of the bytes.
    expect(opened.length).toBeLessThanOrEqual(1);
    expect(secrets.open('v1.x', 'acme/p1').ok).toBe(false);
    expect(secrets.open(`v1.${old.id}.AAAA`, 'acme/p1')).toMatchObject({ failure: { code: 'DAMAGED' } });
  });

  it('under an old key is read while it is sealed anew under the first one', () => {
    const before = under(old).seal('sk', 'acme/p1');
    const rotating = under(next, old);
    expect([rotating.open(before, 'acme/p1'), rotating.isCurrent(before)]).toEqual([
      { ok: true, value: 'sk' },
      false,
    ]);
    const after = rotating.seal('sk', 'acme/p1');
    expect([rotating.isCurrent(after), under(next).open(after, 'acme/p1')]).toEqual([
      true,
      { ok: true, value: 'sk' },
    ]);
    expect(under(next).open(before, 'acme/p1')).toMatchObject({ failure: { code: 'KEY_UNKNOWN' } });
  });
});

describe('keys of a variable', () => {
  const written = Buffer.from(old.bytes).toString('base64');

  it('are read in order', () => {
    const second = Buffer.from(next.bytes).toString('base64');
    const read = readSecretKeys(` ${written}, ${second}`);
    expect(read.ok && read.value.map(({ id }) => id)).toEqual([old.id, next.id]);
  });

  it.each([
    ['', 'key 1 is not base64'],
    ['secret!', 'key 1 is not base64'],
    [`${written},c2hvcnQ=`, 'key 2 has 5 bytes'],
  ])('that make no sense (%#) are refused with the way to one, and never repeated', (text, wrong) => {
    const read = readSecretKeys(text);
    const message = read.ok ? '' : read.failure;
    expect(message).toContain(wrong);
    expect(message).toContain('node -p');
    expect(text !== '' && message.includes(text)).toBe(false);
  });
});
