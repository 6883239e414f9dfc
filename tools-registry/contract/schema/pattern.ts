import { RE2JS } from 're2js';

/** A regular expression of ECMAScript, matched in time that grows with the text alone. */
export interface Pattern {
  matches(text: string): boolean;
  /** Steps of a check's budget that a match takes at most. */
  cost(text: string): number;
}

export type ReadPattern = { ok: true; pattern: Pattern } | { ok: false; why: string };

/** What may be spent on reading and matching: a `Walk`, or the budget of a schema's check. */
export interface Budget {
  /** @throws CheckGivenUp when it is used up. */
  spend(steps: number): void;
}

/** Characters of a pattern. */
const LONGEST = 1_000;
/** Instructions of the automaton: what one character of text costs at most. */
const LARGEST = 5_000;
/** Instructions done in about the time of one step. */
const PER_STEP = 200;
/** Steps that reading a pattern is worth, and each instruction that it becomes. */
const TO_READ = 100;
const TO_BUILD = 4;

/** What ECMAScript's `.` and `\s` mean, in the words of RE2 where they differ. */
const dot = '[^\\n\\r\\x{2028}\\x{2029}]';
const spaces = '\\s\\v\\x{feff}\\x{2028}\\x{2029}\\p{Zs}';

/** RE2 knows general categories by their short names. */
const categories: { readonly [long: string]: string } = {
  Letter: 'L',
  Uppercase_Letter: 'Lu',
  Lowercase_Letter: 'Ll',
  Titlecase_Letter: 'Lt',
  Modifier_Letter: 'Lm',
  Other_Letter: 'Lo',
  Mark: 'M',
  Nonspacing_Mark: 'Mn',
  Spacing_Mark: 'Mc',
  Enclosing_Mark: 'Me',
  Number: 'N',
  Decimal_Number: 'Nd',
  digit: 'Nd',
  Letter_Number: 'Nl',
  Other_Number: 'No',
  Punctuation: 'P',
  punct: 'P',
  Symbol: 'S',
  Math_Symbol: 'Sm',
  Currency_Symbol: 'Sc',
  Modifier_Symbol: 'Sk',
  Other_Symbol: 'So',
  Separator: 'Z',
  Space_Separator: 'Zs',
  Control: 'Cc',
  Format: 'Cf',
};

/**
 * Reads a pattern as JSON Schema means it: ECMA-262 with the flag `u`, anywhere in the text.
 *
 * An automaton matches it (RE2): there is no pattern and no text for which it takes longer than their lengths say. Looking
 * ahead or behind and repeating what was found are not for automata, and are refused.
 */
export function readPattern(source: string, budget: Budget): ReadPattern {
  budget.spend(TO_READ);
  if (source.length > LONGEST)
    return { ok: false, why: `it has ${source.length} characters, of which ${LONGEST} are allowed` };
  try {
    new RegExp(source, 'u');
  } catch (error) {
    return { ok: false, why: wrongSyntax(error as Error) };
  }
  const beyond = beyondAutomata(source);
  if (beyond) return { ok: false, why: `${beyond} is not supported, as it may take forever` };
  let automaton: RE2JS;
  try {
    automaton = RE2JS.compile(RE2JS.translateRegExp(inWordsOfRe2(source)));
  } catch (error) {
    return { ok: false, why: notRead(error as Error) };
  }
  const size = automaton.programSize();
  budget.spend(size * TO_BUILD);
  if (size > LARGEST) return { ok: false, why: 'its repetitions make it too large' };
  return {
    ok: true,
    pattern: {
      matches: (text) => automaton.test(text),
      cost: (text) => 1 + Math.ceil((text.length * size) / PER_STEP),
    },
  };
}

function wrongSyntax({ message }: Error): string {
  return message.split(': ').at(-1)!.toLowerCase();
}

function notRead({ message }: Error): string {
  if (/repeat|too large/.test(message)) return 'its repetitions make it too large';
  return `this part is not supported: ${message.split(': ').at(-1)}`;
}

/** Tokens of a pattern that is known to be well formed: escapes, classes' brackets, groups, single characters. */
const tokens = /\\[pP]\{[^}]*\}|\\k<[^>]*>|\\u\{[^}]*\}|\\.|\(\?<?[=!]|[\s\S]/gu;

function beyondAutomata(source: string): string | undefined {
  let inClass = false;
  for (const [token] of source.matchAll(tokens)) {
    if (token === '[') inClass = true;
    else if (token === ']') inClass = false;
    else if (inClass) continue;
    else if (/^\(\?[=!]/.test(token)) return 'looking ahead (?=…)';
    else if (/^\(\?<[=!]/.test(token)) return 'looking behind (?<=…)';
    else if (/^\\(?:[1-9]|k<)/.test(token)) return 'repeating what a group found (\\1)';
  }
  return undefined;
}

function inWordsOfRe2(source: string): string {
  let inClass = false;
  return source.replace(tokens, (token) => {
    if (token === '[' && !inClass) inClass = true;
    else if (token === ']') inClass = false;
    else if (token === '.' && !inClass) return dot;
    else if (token === '\\s') return inClass ? spaces : `[${spaces}]`;
    else if (token === '\\S' && !inClass) return `[^${spaces}]`;
    else if (/^\\[pP]\{/.test(token)) {
      const name = token.slice(3, -1).replace(/^(?:General_Category|gc|Script|sc)=/, '');
      return `${token.slice(0, 2)}{${Object.hasOwn(categories, name) ? categories[name] : name}}`;
    }
    return token;
  });
}
