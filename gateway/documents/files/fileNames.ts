/** Names that no file may have on some system, before any dot and in any case. */
const reserved = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?:\.|$)/i;
/** Letters no file name may have on some system; surrogates without their partner are none at all. */
const forbidden = /[<>:"/\\|?*\p{Cc}\p{Cs}\u2028\u2029]/gu;
/** Bytes, so that endings and marks fit in the 255 of common file systems. */
const longest = 180;

/** What a file of this name is called, without its ending: the name itself where every system takes it. */
export function fileBase(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(forbidden, '_')
    .replace(/^[. ]+|[. ]+$/g, (edge) => '_'.repeat(edge.length));
  const base = shortened(reserved.test(plain) ? `_${plain}` : plain);
  return base === '' ? '_' : base;
}

/** File systems that know no case, and those that write letters apart, take names of one key for the same. */
export function fileKey(path: string): string {
  return path.normalize('NFKC').toLowerCase().normalize('NFC');
}

/** Always the same eight digits for a name: its mark where another has the same file. */
export function nameMark(name: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) {
    hash ^= name.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** Files that systems leave behind, which are nobody's documents. */
export function isByTheWay(path: string): boolean {
  return /(?:^|\/)(?:\.[^/]*|__MACOSX|Thumbs\.db|desktop\.ini)(?:\/|$)/i.test(path);
}

/** A path as it is looked at: with `/`, without what leads nowhere; `undefined` where it leads out of its folder. */
export function safePath(path: string): string | undefined {
  const parts = path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  const leadsOut = /^(?:[/\\]|[a-z]:)/i.test(path) || parts.includes('..') || path.includes('\0');
  return leadsOut || parts.length === 0 ? undefined : parts.join('/');
}

function shortened(text: string): string {
  let bytes = 0;
  let kept = '';
  for (const letter of text) {
    bytes += new TextEncoder().encode(letter).length;
    if (bytes > longest) return kept.replace(/[. ]+$/, '');
    kept += letter;
  }
  return kept;
}
