import { RE2JS } from 're2js';
import { Abort } from '../values/failure.ts';

/** What an automaton cannot do: look around, refer back, hold on to what it took. */
const beyondAutomata = /\(\?(?:=|!|<=|<!|>)|\\[1-9]|\\k<|[*+?}]\+/;
const MOST_KEPT = 200;

/**
 * A pattern as Java writes it, run by an automaton in time that grows with the text alone, so that no pattern can hold up the
 * broker. undefined when it is no pattern.
 */
export type Pattern = RE2JS;

const kept = new Map<string, Pattern | undefined>();

export function patternOf(text: string, flags = ''): Pattern | undefined {
  const key = `${flags}/${text}`;
  if (kept.has(key)) return kept.get(key);
  if (kept.size >= MOST_KEPT) kept.clear();
  const pattern = compiled(text, flags);
  kept.set(key, pattern);
  return pattern;
}

function compiled(text: string, flags: string): Pattern | undefined {
  let bits = 0;
  if (flags.includes('s')) bits |= RE2JS.DOTALL;
  if (flags.includes('m')) bits |= RE2JS.MULTILINE;
  if (flags.includes('i')) bits |= RE2JS.CASE_INSENSITIVE;
  try {
    return RE2JS.compile(flags.includes('x') ? withoutComments(text) : text, bits);
  } catch {
    if (!beyondAutomata.test(text)) return undefined;
    throw new Abort(
      `Expected a pattern without look-around, back references and possessive quantifiers, but found '${text}'`,
    );
  }
}

/** Without the space and the comments that may stand between the parts of a pattern. */
function withoutComments(text: string): string {
  return text.replaceAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]])*\]|\s+|#[^\n]*/g, (part) =>
    part.startsWith('\\') || part.startsWith('[') ? part : '',
  );
}
