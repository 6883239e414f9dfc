import type { JsonValue } from '@baton/gateway/api';
import { type ContentPath, valueAt } from '../../platform/contentPath.ts';
import type { DocumentName } from '../../platform/documents.ts';
import { promptsNamedIn } from '../../platform/languages/promptText.ts';

/** What a field of an agent names: its tools, its policy, the prompts in its prompt. */
export function namedByField(content: JsonValue, [field]: ContentPath): DocumentName[] {
  const value = field === undefined ? undefined : valueAt(content, [field]);
  const as = (kind: string, names: unknown): DocumentName[] =>
    (Array.isArray(names) ? names : [names]).flatMap((name) =>
      typeof name === 'string' && name !== '' ? [{ kind, name }] : [],
    );
  switch (field) {
    case 'provider':
    case 'model':
      return as('provider', valueAt(content, ['provider']));
    case 'fallbacks':
      return as('provider', Array.isArray(value) ? value.map((choice) => valueAt(choice, ['provider'])) : []);
    case 'tools':
      return as('tool', value);
    case 'guardrails':
      return as('policy', value);
    case 'response':
      return as('task', value);
    case 'systemPrompt':
    case 'userPrompt':
      return typeof value === 'string'
        ? as('prompt', [...new Set(promptsNamedIn(value).map(({ name }) => name))])
        : [];
    default:
      return [];
  }
}
