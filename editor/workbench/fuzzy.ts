export interface FuzzyMatch {
  score: number;
  /** Places of the matched characters, for bold. */
  at: readonly number[];
}

const startsWord = (text: string, at: number) =>
  at === 0 || /[\s:./_-]/.test(text[at - 1]!) || (/[a-z]/.test(text[at - 1]!) && /[A-Z]/.test(text[at]!));

/** Does `text` contain the characters of `query` in order? Whole runs and starts of words score higher. */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | undefined {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  if (wanted === '') return { score: 0, at: [] };
  const lower = text.toLowerCase();
  const run = lower.indexOf(query.toLowerCase().trim());
  if (run >= 0) {
    const length = query.trim().length;
    const score = 1000 - run + (startsWord(text, run) ? 500 : 0);
    return { score, at: Array.from({ length }, (_, offset) => run + offset) };
  }
  const at: number[] = [];
  let score = 0;
  let from = 0;
  for (const char of wanted) {
    // Prefer the start of a word over the next occurrence, as long as the rest still fits behind it.
    let next = lower.indexOf(char, from);
    if (next < 0) return undefined;
    if (next !== at.at(-1)! + 1) {
      for (let other = next; other >= 0; other = lower.indexOf(char, other + 1)) {
        if (!startsWord(text, other)) continue;
        if (isSubsequence(wanted.slice(at.length + 1), lower.slice(other + 1))) next = other;
        break;
      }
    }
    score += (startsWord(text, next) ? 8 : 0) + (next === at.at(-1)! + 1 ? 5 : 0) - (next - from) * 0.1;
    at.push(next);
    from = next + 1;
  }
  return { score, at };
}

function isSubsequence(wanted: string, text: string): boolean {
  let from = 0;
  for (const char of wanted) {
    const next = text.indexOf(char, from);
    if (next < 0) return false;
    from = next + 1;
  }
  return true;
}
