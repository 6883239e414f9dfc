import type { ResourceStore } from '@baton/infra/store';
import { type ContentProblem, type PromptContent, readPrompt } from '../../api/index.ts';
import { missingMessage } from '../references/admission.ts';
import { includedPrompts } from '../references/prompts.ts';

/** What is wrong with the text of a prompt beside its schema, for who types it. */
export async function promptProblems(
  resources: ResourceStore,
  tenantId: string,
  { text }: PromptContent,
): Promise<ContentProblem[]> {
  const path = ['content', 'text'];
  const { missing, endless } = await includedPrompts(resources, tenantId, text);
  return [
    ...missing.map(
      (name): ContentProblem => ({
        path,
        code: 'REFERENCE_MISSING',
        severity: 'error',
        message: missingMessage('prompt', [{ kind: 'prompt', name }]),
      }),
    ),
    ...(endless === undefined
      ? []
      : [{ path, code: 'PROMPT_ENDLESS', severity: 'warning' as const, message: endless }]),
    ...readPrompt(text).problems.map(
      ({ code, message }): ContentProblem => ({ path, code, severity: 'warning', message }),
    ),
  ];
}
