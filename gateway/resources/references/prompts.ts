import type { ResourceStore } from '@baton/infra/store';
import { type PromptContent, type PromptInclude, readPrompt } from '../../api/index.ts';

/** Prompts that one prompt may bring along, and how deep: more than anybody reads. */
const mostPrompts = 100;
const deepest = 8;

export interface IncludedPrompts {
  /** As they are named: `tone`, `tone@production`. */
  missing: string[];
  /** Why a run would refuse them: a circle, or too many. "Expected …, but …". */
  endless: string | undefined;
}

/** Follows what a text includes, and what that includes, as a run would now. */
export async function includedPrompts(
  resources: ResourceStore,
  tenantId: string,
  text: string,
  /** The prompt that the text is to be saved as. */
  self?: { name: string; text: string },
): Promise<IncludedPrompts> {
  const missing = new Set<string>();
  const read = new Map<string, PromptInclude[] | undefined>();
  const finite = new Set<string>();

  async function includesOf(include: PromptInclude): Promise<PromptInclude[] | undefined> {
    if (include.label === undefined && include.name === self?.name) return readPrompt(self.text).includes;
    const found = await resources.getByName(tenantId, 'prompt', include.name, labelOf(include));
    return found && readPrompt((found.content as PromptContent).text).includes;
  }

  async function follow(
    includes: readonly PromptInclude[],
    path: readonly string[],
  ): Promise<string | undefined> {
    for (const include of includes) {
      const name = nameOf(include);
      if (path.includes(name))
        return `Expected prompts that come to an end, but ${[...path.slice(path.indexOf(name)), name].join(' includes ')}`;
      if (path.length >= deepest)
        return `Expected prompts at most ${deepest} deep, but ${[...path, name].join(' includes ')}`;
      if (finite.has(name)) continue;
      if (!read.has(name)) {
        if (read.size >= mostPrompts)
          return `Expected at most ${mostPrompts} prompts in one, but there are more`;
        read.set(name, await includesOf(include));
      }
      const inner = read.get(name);
      if (!inner) missing.add(name);
      else {
        const endless = await follow(inner, [...path, name]);
        if (endless) return endless;
      }
      finite.add(name);
    }
    return undefined;
  }

  const endless = await follow(readPrompt(text).includes, self ? [self.name] : []);
  return { missing: [...missing], endless };
}

function nameOf({ name, label }: PromptInclude): string {
  return label === undefined ? name : `${name}@${label}`;
}

const labelOf = ({ label }: PromptInclude) => (label === undefined ? undefined : { label });
