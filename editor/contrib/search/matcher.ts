import { failed, ok, type Result } from '@baton/engine/protocol';

/** What is looked for, and how. */
export interface Wanted {
  text: string;
  matchCase: boolean;
  wholeWord: boolean;
  regex: boolean;
}

export interface Hit {
  /** 1-based. */
  line: number;
  column: number;
  /** What is around the match, cut to what fits a row. */
  before: string;
  match: string;
  after: string;
}

export type Matcher = (text: string) => Hit[];

/** Hits of one text that are listed. */
const most = 200;
/** Of a line that is longer no more is looked at. */
const longest = 2_000;
const shownBefore = 24;
const shownAfter = 160;

/** How a text is looked through, or what is wrong with the expression. */
export function matcherOf({ text, matchCase, wholeWord, regex }: Wanted): Result<Matcher, string> {
  const source = regex ? text : text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  let pattern: RegExp;
  try {
    pattern = new RegExp(
      wholeWord ? `(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])` : source,
      matchCase ? 'gu' : 'giu',
    );
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return failed(`Expected a regular expression, but: ${said.replace(/^.*: /, '')}.`);
  }
  return ok((whole) => {
    const hits: Hit[] = [];
    for (const [index, line] of whole.split('\n').entries()) {
      for (const found of line.slice(0, longest).matchAll(pattern)) {
        if (found[0] === '') break;
        const { index: at } = found;
        const end = at + found[0].length;
        hits.push({
          line: index + 1,
          column: at + 1,
          before: line.slice(Math.max(0, at - shownBefore), at).trimStart(),
          match: found[0],
          after: line.slice(end, end + shownAfter),
        });
        if (hits.length >= most) return hits;
      }
    }
    return hits;
  });
}
