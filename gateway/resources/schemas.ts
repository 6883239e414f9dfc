import { ok, type Result } from '@baton/engine/protocol';
import { checkSchema, type JsonSchema } from '@baton/tools-registry/contract';
import type { AgentContent, ContentProblem, ToolContent } from '../api/index.ts';
import { type Refusal, refuse } from '../refusal.ts';

/** Steps of a JSON pointer. */
function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What is wrong with a schema of a content, as problems of that content. */
export function schemaProblems(schema: unknown, path: readonly string[]): ContentProblem[] {
  return checkSchema(schema as JsonSchema).map(({ pointer, code, severity, message }) => ({
    path: [...path, ...stepsOf(pointer)],
    code: `schema(${code})`,
    severity,
    message,
  }));
}

/** Of an agent that answers by a schema of its own. */
export function responseProblems({ response }: Pick<AgentContent, 'response'>): ContentProblem[] {
  return typeof response === 'object' ? schemaProblems(response, ['content', 'response']) : [];
}

/** Of what a tool takes and gives. */
export function toolSchemaProblems({
  input,
  output,
}: Pick<ToolContent, 'input' | 'output'>): ContentProblem[] {
  return [...schemaProblems(input, ['content', 'input']), ...schemaProblems(output, ['content', 'output'])];
}

/** Whether no problem keeps a content from being saved; all that do are in `issues`, with the JSON pointer into the content. */
export function admitSchemas(problems: readonly ContentProblem[]): Result<void, Refusal> {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!first) return ok();
  const pointerOf = ([, ...steps]: readonly string[]) =>
    steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return refuse(
    'VALIDATION_FAILED',
    `Expected a JSON Schema that values can be checked by, but '${first.path.slice(1).join('.')}': ${first.message}`,
    { issues: errors.map(({ path, message }) => ({ path, pointer: pointerOf(path), message })) },
  );
}
