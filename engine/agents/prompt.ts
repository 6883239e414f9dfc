import { failed, type JsonObject, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import type { AgentCatalog } from './definitions.ts';
import type { AgentUnusable } from './failures.ts';

/** The value at `a.b`, own properties only. */
function lookUp(variables: JsonObject, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = variables;
  for (const name of path.split('.')) {
    if (value === null || typeof value !== 'object' || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined;
    value = value[name];
  }
  return value;
}

/** Fills `{{name}}` and `{{a.b}}`; a name without a value stays empty. An empty template is the variables as JSON. */
export function renderPrompt(template: string, variables: JsonObject): string {
  if (template.trim() === '') return JSON.stringify(variables);
  return template.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (_whole, path: string) => {
    const value = lookUp(variables, path);
    if (value === undefined || value === null) return '';
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

const include = /\{\{>\s*([a-z0-9][a-z0-9-]{0,62})(?:@([a-z][a-z0-9-]{0,30}))?\s*\}\}/g;

/** Includes within includes, prompts read, and characters of the whole. */
const most = { depth: 8, prompts: 100, characters: 1_000_000 };

/**
 * Replaces `{{> name}}` by the prompt of that name, as it is now or at its label, and so on inside of it. Prompts come
 * from the tenant's designers: values of variables are filled in later and include nothing.
 */
export async function includePrompts(
  text: string,
  read: (name: string, version: { label: string } | undefined) => ReturnType<AgentCatalog['prompt']>,
): Promise<Result<string, AgentUnusable>> {
  const known = new Map<string, string>();
  const unusable = (message: string) => failed<AgentUnusable>({ code: 'PROMPT_UNUSABLE', message });

  async function expand(template: string, path: readonly string[]): Promise<Result<string, AgentUnusable>> {
    let whole = '';
    let from = 0;
    for (const match of template.matchAll(include)) {
      const [written, name = '', label] = match;
      const asked = label ? `${name}@${label}` : name;
      if (path.includes(asked))
        return unusable(`Expected prompts that end, but ${[...path, asked].join(' includes ')}`);
      if (path.length >= most.depth)
        return unusable(
          `Expected prompts at most ${most.depth} deep, but ${path.join(' includes ')} and more`,
        );
      let included = known.get(asked);
      if (included === undefined) {
        if (known.size >= most.prompts)
          return unusable(`Expected at most ${most.prompts} prompts, but there are more`);
        const found = await read(name, label ? { label } : undefined);
        if (!found) {
          return failed({
            code: 'PROMPT_NOT_FOUND',
            message: `Expected a prompt '${name}'${label ? ` with the label ${label}` : ''}, but there is none`,
          });
        }
        included = found.definition.text;
        known.set(asked, included);
      }
      const inner = await expand(included, [...path, asked]);
      if (!inner.ok) return inner;
      whole += template.slice(from, match.index) + inner.value;
      from = match.index + written.length;
      if (whole.length > most.characters)
        return unusable(`Expected a prompt of at most ${most.characters} characters, but it is longer`);
    }
    return ok(whole + template.slice(from));
  }

  return expand(text, []);
}
