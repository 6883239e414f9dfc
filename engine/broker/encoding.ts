import { readJson, writeJson } from '@baton/engine/protocol';
import { Packr } from 'msgpackr';

/** A byte that no MessagePack value begins with: JSON follows. */
const JSON_FOLLOWS = 0xc1;
const PROTO = Buffer.from('__proto__');

export interface Encoding {
  encode(value: unknown): Buffer;
  decode(bytes: Buffer): unknown;
}

/**
 * MessagePack, with `sharedShapes` for arrays of like objects. Its decoder renames properties called `__proto__`, which
 * variables may be called: what contains that word goes as JSON, and comes back as it was.
 */
export function createEncoding({ sharedShapes }: { sharedShapes: boolean }): Encoding {
  const packr = new Packr({ useRecords: sharedShapes });
  return {
    encode(value) {
      const bytes = packr.pack(value);
      if (!bytes.includes(PROTO)) return bytes;
      return Buffer.concat([Buffer.of(JSON_FOLLOWS), Buffer.from(writeJson(value))]);
    },
    decode: (bytes) =>
      bytes[0] === JSON_FOLLOWS ? readJson(bytes.toString('utf8', 1)) : packr.unpack(bytes),
  };
}
