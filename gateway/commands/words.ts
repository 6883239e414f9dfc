import { failed, ok, type Result } from '@baton/engine/protocol';

/** A word of a line that is being typed. */
export interface Word {
  /** Without its quotes. */
  text: string;
  /** 0-based, in the line. */
  from: number;
  /** The quote that is still open at the end of the line. */
  open?: '"' | "'";
}

/** A line in words, quoted as in a shell: '…' as it is, "…" and outside with \ before a character that is meant as it is. */
export function wordsOf(line: string): Word[] {
  const words: Word[] = [];
  let word: Word | undefined;
  let quote: '"' | "'" | undefined;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] as string;
    if (quote === undefined && /\s/.test(character)) {
      if (word) words.push(word);
      word = undefined;
      continue;
    }
    word ??= { text: '', from: at };
    if (quote === undefined && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = undefined;
    else if (character === '\\' && quote !== "'" && at + 1 < line.length) {
      at += 1;
      // Inside "…" a \ stays, unless it is before a quote or another one.
      if (quote === '"' && !/["\\$`]/.test(line[at] as string)) word.text += '\\';
      word.text += line[at];
    } else word.text += character;
  }
  if (word) words.push(quote ? { ...word, open: quote } : word);
  return words;
}

/** The words of a whole line. */
export function splitLine(line: string): Result<string[], string> {
  const words = wordsOf(line);
  const last = words.at(-1);
  return last?.open
    ? failed(`Expected another ${last.open} at the end, but the line ends inside a quoted word`)
    : ok(words.map(({ text }) => text));
}

/** A word as it is typed to be read back as it is. */
export function quoted(word: string): string {
  if (word !== '' && !/[\s"'\\$`!*?#&|;<>(){}[\]~]/.test(word)) return word;
  return word.includes("'") ? `"${word.replace(/["\\$`]/g, '\\$&')}"` : `'${word}'`;
}
