/** A line that is being typed, and where the cursor stands in it; both count characters as JavaScript does. */
export interface Line {
  text: string;
  at: number;
}

export const emptyLine: Line = { text: '', at: 0 };
export const lineOf = (text: string): Line => ({ text, at: text.length });

export function insert({ text, at }: Line, more: string): Line {
  return { text: text.slice(0, at) + more + text.slice(at), at: at + more.length };
}

const lengthBefore = ({ text, at }: Line) => (/[\uDC00-\uDFFF]/.test(text[at - 1] ?? '') ? 2 : 1);
const lengthAfter = ({ text, at }: Line) => (/[\uD800-\uDBFF]/.test(text[at] ?? '') ? 2 : 1);
const wordBefore = ({ text, at }: Line) => text.slice(0, at).replace(/\S+\s*$/, '').length;
const wordAfter = ({ text, at }: Line) =>
  at + (/^\s*\S+/.exec(text.slice(at))?.[0].length ?? text.length - at);
const without = ({ text }: Line, from: number, to: number): Line => ({
  text: text.slice(0, from) + text.slice(to),
  at: from,
});

/** Keys that change the line, by what a terminal sends for them; as Emacs and shells have them. */
export const edits: { readonly [key: string]: (line: Line) => Line } = {
  '\u001b[D': (line) => ({ ...line, at: Math.max(0, line.at - lengthBefore(line)) }),
  '\u001b[C': (line) => ({ ...line, at: Math.min(line.text.length, line.at + lengthAfter(line)) }),
  '\u0002': (line) => ({ ...line, at: Math.max(0, line.at - lengthBefore(line)) }),
  '\u0006': (line) => ({ ...line, at: Math.min(line.text.length, line.at + lengthAfter(line)) }),
  // Ctrl+arrows, Alt+arrows, Alt+B and Alt+F: by words.
  '\u001b[1;5D': (line) => ({ ...line, at: wordBefore(line) }),
  '\u001b[1;5C': (line) => ({ ...line, at: wordAfter(line) }),
  '\u001b[1;3D': (line) => ({ ...line, at: wordBefore(line) }),
  '\u001b[1;3C': (line) => ({ ...line, at: wordAfter(line) }),
  '\u001bb': (line) => ({ ...line, at: wordBefore(line) }),
  '\u001bf': (line) => ({ ...line, at: wordAfter(line) }),
  // Home, End, Ctrl+A, Ctrl+E.
  '\u001b[H': (line) => ({ ...line, at: 0 }),
  '\u001bOH': (line) => ({ ...line, at: 0 }),
  '\u0001': (line) => ({ ...line, at: 0 }),
  '\u001b[F': (line) => ({ ...line, at: line.text.length }),
  '\u001bOF': (line) => ({ ...line, at: line.text.length }),
  '\u0005': (line) => ({ ...line, at: line.text.length }),
  // Backspace, Delete, Ctrl+W, Alt+Backspace, Ctrl+U, Ctrl+K.
  '\u007f': (line) => (line.at === 0 ? line : without(line, line.at - lengthBefore(line), line.at)),
  '\b': (line) => (line.at === 0 ? line : without(line, line.at - lengthBefore(line), line.at)),
  '\u001b[3~': (line) =>
    line.at === line.text.length ? line : without(line, line.at, line.at + lengthAfter(line)),
  '\u0017': (line) => without(line, wordBefore(line), line.at),
  '\u001b\u007f': (line) => without(line, wordBefore(line), line.at),
  '\u0015': (line) => without(line, 0, line.at),
  '\u000b': (line) => without(line, line.at, line.text.length),
};

const ESC = '\u001b';
/** A marked paste, a sequence of a key, a key with Alt, a control key, or text. */
const sequence = new RegExp(
  [
    `${ESC}\\[200~[\\s\\S]*?(?:${ESC}\\[201~|$)`,
    `${ESC}\\[[\\d;]*[A-Za-z~]`,
    `${ESC}O[A-Z]`,
    `${ESC}[\\s\\S]?`,
    '\\p{Cc}',
    '\\P{Cc}+',
  ]
    .map((one) => `^${one}`)
    .join('|'),
  'u',
);

/** What was typed, key by key; text that belongs together stays so. */
export function keysIn(data: string): string[] {
  const keys: string[] = [];
  for (let rest = data; rest !== ''; ) {
    const [key = rest] = sequence.exec(rest) ?? [];
    keys.push(key);
    rest = rest.slice(key.length);
  }
  return keys;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the marks of what was pasted
const pasteMarks = /^\u001b\[200~|\u001b\[201~$/g;
/** The text of a paste, or of a key that writes; a paste of several lines becomes one. */
export function textOf(key: string): string | undefined {
  if (key.startsWith('\u001b[200~'))
    return (
      key
        .replace(pasteMarks, '')
        .replace(/[\r\n]+$/, '')
        .replace(/[\r\n\t]+/g, ' ')
        // biome-ignore lint/suspicious/noControlCharactersInRegex: nothing pasted steers the terminal
        .replace(/[\u0000-\u001f\u007f-\u009f]/g, '')
    );
  return key >= ' ' && key !== '\u007f' ? key : undefined;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours take no room
const colours = /\u001b\[[\d;]*m/g;
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** Cells a text takes. */
export function cellsOf(text: string): number {
  let cells = 0;
  for (const character of text.replace(colours, ''))
    cells += /\p{Mn}|\u200d/u.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return cells;
}
