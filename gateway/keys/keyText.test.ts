import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { keyHash, keyId, keyText } from './keyText.ts';

const id = '0123456789abcdef01234567';

it('is written so that a scanner finds it, and never twice the same', () => {
  const texts = Array.from({ length: 50 }, () => keyText(id, randomBytes));
  for (const text of texts) {
    expect(text).toMatch(/^bk_[0-9a-f]{24}_[0-9A-Za-z]{38}$/);
    expect(keyId(text)).toBe(id);
    expect(keyHash(text)).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(new Set(texts).size).toBe(texts.length);
});

it('has every letter equally likely, whatever the bytes', () => {
  const bytes = [255, 248, 0, 61, 62, 247];
  const text = keyText(id, (size) => Uint8Array.from({ length: size }, (_, i) => bytes[i % bytes.length]!));
  expect(text.split('_')[2]!.slice(0, 32)).toBe('0z0z'.repeat(8));
});

it('is not taken for a key when a letter of it is wrong, or something is around it', () => {
  const text = keyText(id, randomBytes);
  const wrong = [...text].map((letter, place) =>
    [text.slice(0, place), letter === 'a' ? 'b' : 'a', text.slice(place + 1)].join(''),
  );
  for (const each of [...wrong, `${text} `, ` ${text}`, `${text}, ${text}`, text.slice(0, -1), ''])
    expect(keyId(each)).toBeUndefined();
});
