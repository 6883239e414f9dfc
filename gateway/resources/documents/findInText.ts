import { failed, ok, type Result } from '@baton/engine/protocol';
import { RE2JS, RE2JSSyntaxException } from 're2js';

export interface TextSearch {
  text: string;
  regex: boolean;
  case: boolean;
  word: boolean;
}

/** A place in a text; from 1. */
export interface TextHit {
  line: number;
  column: number;
  length: number;
  /** The line, cut around the hit where it is long. */
  preview: string;
  /** Where the hit begins in the preview, from 0. */
  previewColumn: number;
}

export type FindInText = (text: string, most: number) => TextHit[];

/** Letters of a preview before the hit, and in all. */
const before = 60;
const shown = 240;
const wordLetter = /[\p{L}\p{N}_]/u;

/** How a text is looked through: in time that goes with its length, whatever pattern is asked for. */
export function finderOf({ text, regex, case: cased, word }: TextSearch): Result<FindInText, string> {
  const literally = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  if (!regex) {
    const pattern = new RegExp(literally, cased ? 'gu' : 'giu');
    return ok(
      linesFound((line) => [...line.matchAll(pattern)].map((hit) => [hit.index, hit[0].length]), word),
    );
  }
  try {
    const pattern = RE2JS.compile(text, cased ? 0 : RE2JS.CASE_INSENSITIVE);
    return ok(
      linesFound((line) => {
        const matcher = pattern.matcher(line);
        const found: [number, number][] = [];
        while (matcher.find()) {
          const [start, end] = [matcher.start(), matcher.end()];
          if (end > start) found.push([start, end - start]);
        }
        return found;
      }, word),
    );
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return failed(error.message);
    throw error;
  }
}

function linesFound(
  inLine: (line: string) => readonly (readonly [number, number])[],
  word: boolean,
): FindInText {
  return (text, most) => {
    const hits: TextHit[] = [];
    const lines = text.split(/\r\n|\r|\n/);
    for (const [index, line] of lines.entries()) {
      for (const [start, length] of inLine(line)) {
        if (word && !isWord(line, start, length)) continue;
        const from = Math.max(0, start - before);
        hits.push({
          line: index + 1,
          column: start + 1,
          length,
          preview: line.slice(from, from + shown),
          previewColumn: start - from,
        });
        if (hits.length >= most) return hits;
      }
    }
    return hits;
  };
}

const isWord = (line: string, start: number, length: number) =>
  !wordLetter.test(line[start - 1] ?? '') && !wordLetter.test(line[start + length] ?? '');
