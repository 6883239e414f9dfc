/** `{{> name}}`, `{{> name@label}}`: another prompt of the tenant in this one's place. */
export interface PromptInclude {
  name: string;
  /** The latest version without it. */
  label: string | undefined;
}

export interface PromptProblem {
  code: 'PROMPT_UNCLOSED' | 'PROMPT_SYNTAX';
  /** "Expected …, but …". */
  message: string;
}

export interface PromptReading {
  includes: PromptInclude[];
  /** Paths of variables, e.g. `order.id`, each once. */
  variables: string[];
  problems: PromptProblem[];
}

const include = /^>\s*([a-z0-9][a-z0-9-]{0,62})(?:@([a-z][a-z0-9-]{0,30}))?$/;
const variable = /^[\w.-]+$/;
/** Longer than anything that can stand between braces. */
const longest = 300;
/** As many as anybody reads. */
const mostProblems = 20;

/**
 * What a prompt asks to be filled in. Reads the text once from its beginning to its end, however it is made: what stands
 * between braces is looked at by itself, and only when it is short.
 */
export function readPrompt(text: string): PromptReading {
  const includes = new Map<string, PromptInclude>();
  const variables = new Set<string>();
  const problems: PromptProblem[] = [];
  let line = 1;
  let counted = 0;
  const lineOf = (position: number) => {
    for (; counted < position; counted++) if (text.charCodeAt(counted) === newline) line++;
    return line;
  };
  const wrong = (code: PromptProblem['code'], position: number, messageAt: (found: string) => string) => {
    if (problems.length >= mostProblems) return;
    const found = text.slice(position, Math.min(position + longest, closing + 2));
    problems.push({ code, message: `${messageAt(excerpt(found))} (line ${lineOf(position)})` });
  };
  let closing = -1;
  for (let open = text.indexOf('{{'); open >= 0; ) {
    const next = text.indexOf('{{', open + 2);
    if (closing !== Number.POSITIVE_INFINITY && closing < open + 2) {
      const found = text.indexOf('}}', open + 2);
      closing = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    if (closing === Number.POSITIVE_INFINITY || (next >= 0 && next < closing)) {
      wrong('PROMPT_UNCLOSED', open, (found) => `Expected }} after {{, but it is missing at ${found}`);
    } else {
      const inside = closing - open > longest ? undefined : text.slice(open + 2, closing).trim();
      const included = inside === undefined ? null : include.exec(inside);
      if (included) includes.set(included[0], { name: included[1]!, label: included[2] });
      else if (inside !== undefined && variable.test(inside)) variables.add(inside);
      else
        wrong(
          'PROMPT_SYNTAX',
          open,
          (found) =>
            `Expected {{variable}}, {{variable.field}} or {{> prompt}}, but found ${found}; the model would read it as it stands`,
        );
    }
    open = next;
  }
  return { includes: [...includes.values()], variables: [...variables], problems };
}

const newline = 10;

function excerpt(text: string): string {
  const [first = ''] = text.split('\n', 1);
  return first.length > 40 ? `${first.slice(0, 40)}…` : first;
}
