import type { JsonValue } from '../contract/index.ts';

const MASK = '••••••';
/** Shorter ones are in every second word. */
const SHORTEST = 4;

/** The forms in which a secret shows up in texts: as it is, in URLs, in JSON, in hexadecimal, and in base64 at any place of it. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const inBase64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + bytes.length) * 8) / 6);
    return text.slice(first, last);
  });
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('hex'),
    ...inBase64,
    ...inBase64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ].filter((form) => form.length >= SHORTEST);
}

/** Takes the secrets a call was given out of what it leaves behind. */
export interface Mask {
  add(secret: string): void;
  text(text: string): string;
  value(value: JsonValue): JsonValue;
}

export function createMask(): Mask {
  let forms: string[] = [];
  const text = (plain: string) => forms.reduce((masked, form) => masked.replaceAll(form, MASK), plain);
  const value = (plain: JsonValue): JsonValue => {
    if (forms.length === 0) return plain;
    if (typeof plain === 'string') return text(plain);
    if (Array.isArray(plain)) return plain.map(value);
    if (plain === null || typeof plain !== 'object') return plain;
    return Object.fromEntries(Object.entries(plain).map(([name, inner]) => [text(name), value(inner)]));
  };
  return {
    add(secret) {
      if (secret.length < SHORTEST) return;
      // The longest first: a form may be part of another one.
      forms = [...new Set([...forms, ...formsOf(secret)])].sort((a, b) => b.length - a.length);
    },
    text,
    value,
  };
}
