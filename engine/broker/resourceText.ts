/**
 * The text of a file that is deployed. XML may say in which encoding it is written; everything else is UTF-8. A byte of XML that is
 * none of UTF-8 becomes a half of a surrogate pair, U+DC00 and the byte, which no text can hold: who reads the text finds its place.
 */
export function resourceText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return buffer.toString('utf16le');
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return Buffer.from(buffer).swap16().toString('utf16le');
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(buffer.toString('latin1', 0, 200));
  const decode = encodings[declared?.[1]?.toLowerCase() ?? ''];
  return decode ? decode(buffer) : utf8(buffer);
}

const encodings: { readonly [name: string]: ((bytes: Buffer) => string) | undefined } = {
  'iso-8859-1': (bytes) => bytes.toString('latin1'),
  latin1: (bytes) => bytes.toString('latin1'),
  'us-ascii': (bytes) => bytes.toString('latin1'),
  'windows-1252': (bytes) => new TextDecoder('windows-1252').decode(bytes),
  'windows-1250': (bytes) => new TextDecoder('windows-1250').decode(bytes),
  'windows-1251': (bytes) => new TextDecoder('windows-1251').decode(bytes),
  'iso-8859-2': (bytes) => new TextDecoder('iso-8859-2').decode(bytes),
  'iso-8859-15': (bytes) => new TextDecoder('iso-8859-15').decode(bytes),
};

function utf8(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!text.includes('\ufffd') || !/^\ufeff?\s*</.test(text)) return text;
  let read = '';
  let good = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    read += bytes.toString('utf8', good, at) + String.fromCharCode(0xdc00 + bytes[at]!);
    good = ++at;
  }
  return read + bytes.toString('utf8', good);
}

/** How many bytes the character takes that begins here; 0 when none does. */
function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  for (let next = at + 1; next < at + length; next++) if ((bytes[next]! & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1]!;
  const tooLong = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90);
  const noCharacter = (first === 0xed && second > 0x9f) || (first === 0xf4 && second > 0x8f);
  return tooLong || noCharacter ? 0 : length;
}
