import { type ContentProblem, documentName, type FormContent, formContent } from '../../api/index.ts';
import { formIdOf, readForm } from '../../documents/index.ts';
import { refuse } from '../../refusal.ts';
import { type Definitions, definitionOf } from '../documents/definitions.ts';
import type { VersionedOptions } from '../versioned/index.ts';

/** What it is to those that name it. */
export function formReferences({ json }: FormContent): string[] {
  return [definitionOf('form', formIdOf(json))];
}

/** What is special about forms among what is kept in versions. */
export function formKind(
  definitions: Definitions,
): Pick<
  VersionedOptions<FormContent>,
  'kind' | 'schema' | 'nameSchema' | 'references' | 'admit' | 'removable' | 'problems' | 'document'
> {
  return {
    kind: 'form',
    schema: formContent,
    nameSchema: documentName,
    references: formReferences,
    async admit(tenantId, { json }, _name, id) {
      const problems = formProblems({ json });
      const [first] = problems;
      if (first) {
        return refuse('VALIDATION_FAILED', `Line ${first.line}: ${first.message}`, {
          issues: problems.map(({ path, message, line, column }) => ({
            path: ['body', ...path],
            message,
            line,
            column,
          })),
        });
      }
      return definitions.admit(tenantId, 'form', [formIdOf(json)], id);
    },
    removable: (tenantId, { content }) => definitions.unused(tenantId, 'form', [formIdOf(content.json)]),
    problems: async (_tenantId, content) => formProblems(content),
    document: (content) => String((content as Partial<FormContent>).json ?? ''),
  };
}

export function formProblems({ json }: FormContent): ContentProblem[] {
  const read = readForm(json);
  if (read.ok) return [];
  return read.failure.map(({ message, line, column }) => ({
    path: ['content', 'json'],
    code: 'FORM_INVALID',
    severity: 'error',
    message,
    line,
    column,
  }));
}
