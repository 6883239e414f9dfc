export interface FuzzyMatch {
  score: number;
  /** Places of the matched characters, for bold. */
  at: readonly number[];
}

/** A text made ready to be looked through with each key: 5,000 of them take a few milliseconds. */
export interface Searchable {
  lower: string;
  /** 1 where a word starts. */
  starts: Uint8Array;
  /** One bit for each kind of character it has: most texts are ruled out by this alone. */
  characters: number;
}

export interface FuzzyQuery {
  whole: string;
  words: readonly { text: string; characters: number }[];
}

/** Behind these a word starts. */
const separators = new Set([...' :./_-()[],…\t\n'].map((char) => char.charCodeAt(0)));

export function searchable(text: string): Searchable {
  // Some characters have a lower case of another length, which would shift every mark behind them.
  const lower = text.toLowerCase().length === text.length ? text.toLowerCase() : text;
  const starts = new Uint8Array(text.length);
  let characters = 0;
  let separated = true;
  let capital = false;
  for (let at = 0; at < text.length; at++) {
    const code = lower.charCodeAt(at);
    const isCapital = text.charCodeAt(at) !== code;
    if (separated || (isCapital && !capital)) starts[at] = 1;
    separated = separators.has(code);
    capital = isCapital;
    characters |= bitOf(code);
  }
  return { lower, starts, characters };
}

export function fuzzyQuery(text: string): FuzzyQuery {
  const whole = text.toLowerCase().trim();
  const words = whole.split(/\s+/).filter((word) => word !== '');
  return { whole, words: words.map((word) => ({ text: word, characters: charactersOf(word) })) };
}

function charactersOf(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at++) bits |= bitOf(text.charCodeAt(at));
  return bits;
}

/** Letters have a bit each; everything else shares those that are left. */
function bitOf(code: number): number {
  return code >= 97 && code <= 122 ? 1 << (code - 97) : code === 32 ? 0 : 1 << (26 + (code % 6));
}

/** What a word found by the description alone, `triage agents`, counts less. */
const inDescription = 5_000;

/**
 * Does the text contain the query: as it is, or its words in any order, each one as it is or as characters in order?
 * Whole runs and starts of words score higher, and of equals the shorter text. What the text has not may be in `beside`.
 * `undefined` = no. `places` takes what is matched in the text; without it nothing is made, however many texts there are.
 */
export function fuzzyScore(
  { whole, words }: FuzzyQuery,
  text: Searchable,
  beside?: Searchable,
  places?: number[],
): number | undefined {
  const has = beside ? text.characters | beside.characters : text.characters;
  for (const { characters } of words) if ((characters & has) !== characters) return undefined;
  if (words.length === 0) return 0;
  const run = runScore(whole, text, places);
  if (run !== undefined) return run;
  let score = 0;
  for (const { text: word, characters } of words) {
    const inText = (characters & text.characters) === characters;
    let found = words.length > 1 && inText ? runScore(word, text, places) : undefined;
    if (inText) found ??= scatteredScore(word, text, places);
    if (found === undefined && beside) {
      const there = runScore(word, beside);
      if (there !== undefined) found = there - inDescription;
    }
    if (found === undefined) return undefined;
    score += words.length > 1 ? found / words.length - 100 : found;
  }
  return score;
}

/** The same for one text, with the places to mark. */
export function fuzzyMatch(query: FuzzyQuery | string, text: Searchable | string): FuzzyMatch | undefined {
  const at: number[] = [];
  const score = fuzzyScore(
    typeof query === 'string' ? fuzzyQuery(query) : query,
    typeof text === 'string' ? searchable(text) : text,
    undefined,
    at,
  );
  return score === undefined ? undefined : { score, at };
}

function runScore(wanted: string, { lower, starts }: Searchable, places?: number[]): number | undefined {
  let run = lower.indexOf(wanted);
  if (run < 0) return undefined;
  if (!starts[run]) {
    for (let other = lower.indexOf(wanted, run + 1); other >= 0; other = lower.indexOf(wanted, other + 1)) {
      if (!starts[other]) continue;
      run = other;
      break;
    }
  }
  for (let offset = 0; places && offset < wanted.length; offset++) places.push(run + offset);
  return (
    1000 - run - lower.length * 0.1 + (starts[run] ? 500 : 0) + (lower.length === wanted.length ? 500 : 0)
  );
}

function scatteredScore(
  wanted: string,
  { lower, starts }: Searchable,
  places?: number[],
): number | undefined {
  if (!isSubsequence(wanted, 0, lower, 0)) return undefined;
  let score = 0;
  let from = 0;
  let before = -2;
  for (let index = 0; index < wanted.length; index++) {
    const char = wanted[index]!;
    // Prefer the start of a word over the next occurrence, as long as the rest still fits behind it.
    let next = lower.indexOf(char, from);
    if (next !== before + 1) {
      for (let other = next; other >= 0; other = lower.indexOf(char, other + 1)) {
        if (!starts[other]) continue;
        if (isSubsequence(wanted, index + 1, lower, other + 1)) next = other;
        break;
      }
    }
    score += (starts[next] ? 8 : 0) + (next === before + 1 ? 5 : 0) - (next - from) * 0.1;
    places?.push(next);
    before = next;
    from = next + 1;
  }
  return score;
}

function isSubsequence(wanted: string, wantedFrom: number, text: string, textFrom: number): boolean {
  let from = textFrom;
  for (let index = wantedFrom; index < wanted.length; index++) {
    const next = text.indexOf(wanted[index]!, from);
    if (next < 0) return false;
    from = next + 1;
  }
  return true;
}
