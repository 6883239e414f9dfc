import { agentContent, policyContent, promptContent, taskContent, toolContent } from '@baton/gateway/api';
import { z } from 'zod';
import type { FileProblem, Linter } from './command.ts';

/** As form-js has it; what a component has besides is its own. */
const form = z.looseObject({
  type: z.literal('default', 'Expected the type default'),
  components: z.array(z.looseObject({ type: z.string() })),
});

const schemas: { readonly [ending: string]: z.ZodType } = {
  '.agent.yaml': agentContent,
  '.prompt.yaml': promptContent,
  '.policy.yaml': policyContent,
  '.task.json': taskContent,
  '.tool.json': toolContent.omit({ source: true }),
  '.form': form,
};

/** What is wrong in files whose content a schema describes, with the line it stands in. */
export const contentLinters: { readonly [ending: string]: Linter } = Object.fromEntries(
  Object.entries(schemas).map(([ending, schema]) => [
    ending,
    async (text) => ({ ok: true, value: await problemsIn(text, schema) }),
  ]),
);

async function problemsIn(text: string, schema: z.ZodType): Promise<FileProblem[]> {
  const { LineCounter, parseDocument, isNode } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const placeAt = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  if (document.errors.length > 0)
    return document.errors.map(({ message, pos: [offset] }) => ({
      severity: 'error',
      code: 'unreadable',
      message: `Expected YAML or JSON, but ${message.split('\n')[0]}`,
      ...placeAt(offset),
    }));
  const file = document.toJS() as unknown;
  // A name beside the content is the document's, not the content's.
  const { content = file } = (file ?? {}) as { content?: unknown };
  const within = content === file ? [] : ['content'];
  const checked = schema.safeParse(content);
  if (checked.success) return [];
  return checked.error.issues.map(({ path, message, code }) => {
    const whole = [...within, ...path];
    let node: unknown;
    for (let depth = whole.length; depth >= 0 && !isNode(node); depth -= 1)
      node = depth === 0 ? document.contents : document.getIn(whole.slice(0, depth), true);
    const place = isNode(node) && node.range ? placeAt(node.range[0]) : {};
    return { severity: 'error', code, message, path: path.map(String), ...place };
  });
}
