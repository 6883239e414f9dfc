import type { Resource, ResourceStore } from '@baton/infra/store';
import type { McpAnswer, McpPrompt, McpPrompts } from '@baton/tools-registry/contract';
import { type PromptContent, readPrompt } from '../api/index.ts';
import { everyStored } from './everyStored.ts';

/** Prompts within prompts; those that include themselves end here. */
const deepest = 8;

const include = /\{\{\s*>\s*([a-z0-9][a-z0-9-]{0,62})(?:@([a-z][a-z0-9-]{0,30}))?\s*\}\}/g;
const variable = /\{\{\s*([\w.-]+)\s*\}\}/g;

/** The tenant's prompts, with those they include in their places; what they ask for are their arguments. */
export function promptsOf(resources: ResourceStore, tenantId: string): McpPrompts {
  async function expanded(text: string, depth: number): Promise<string> {
    let whole = '';
    let from = 0;
    for (const { 0: found, 1: name = '', 2: label, index } of text.matchAll(include)) {
      const included =
        depth < deepest
          ? await resources.getByName(tenantId, 'prompt', name, label === undefined ? label : { label })
          : undefined;
      const { text: inside = '' } = (included?.content ?? {}) as Partial<PromptContent>;
      whole += text.slice(from, index) + (await expanded(inside, depth + 1));
      from = index + found.length;
    }
    return whole + text.slice(from);
  }
  async function view({ name, content }: Resource): Promise<McpPrompt & { text: string }> {
    const { description, text } = content as PromptContent;
    const whole = await expanded(text, 0);
    const asked = readPrompt(whole).variables.map((each) => ({ name: each, required: true }));
    return { name, description, arguments: asked, text: whole };
  }
  const failure = (code: string, message: string): McpAnswer<never> => ({
    ok: false,
    failure: { code, message },
  });

  return {
    async list() {
      const listed: McpPrompt[] = [];
      for (const prompt of await everyStored(resources, tenantId, 'prompt')) {
        const { text: _text, ...rest } = await view(prompt);
        listed.push(rest);
      }
      return listed;
    },
    async get(name, given) {
      const found = await resources.getByName(tenantId, 'prompt', name);
      if (!found) return failure('NOT_FOUND', `Expected a prompt '${name.slice(0, 100)}', but there is none`);
      const { description, text, arguments: asked } = await view(found);
      const missing = asked
        .filter((argument) => !Object.hasOwn(given, argument.name))
        .map((argument) => argument.name);
      if (missing.length > 0) {
        return failure(
          'VALIDATION_FAILED',
          `Expected the arguments ${missing.join(', ')}, but they are missing`,
        );
      }
      const filled = text.replace(variable, (_all, asks: string) => given[asks] ?? '');
      return {
        ok: true,
        value: { description, messages: [{ role: 'user', content: { type: 'text', text: filled } }] },
      };
    },
  };
}
