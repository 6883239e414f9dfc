import { type ContentProblem, type DecisionContent, decisionContent, documentName } from '../../api/index.ts';
import type { GatewayDependencies } from '../../dependencies.ts';
import { dmnNamesOf, isDmnDocument } from '../../documents/index.ts';
import { refuse } from '../../refusal.ts';
import { type Definitions, definitionOf } from '../documents/definitions.ts';
import type { VersionedOptions } from '../versioned/index.ts';

const idsIn = (xml: string) => dmnNamesOf(xml).decisions.map(({ id }) => id);

/** What it is to those that name it: each of its decisions. */
export function decisionReferences({ xml }: DecisionContent): string[] {
  return [...new Set(idsIn(xml).map((id) => definitionOf('decision', id)))].sort();
}

/** What is special about decision models among what is kept in versions. */
export function decisionKind(
  definitions: Definitions,
  problemsOf: GatewayDependencies['decisionProblems'],
): Pick<
  VersionedOptions<DecisionContent>,
  | 'kind'
  | 'schema'
  | 'nameSchema'
  | 'references'
  | 'admit'
  | 'removable'
  | 'problems'
  | 'document'
  | 'largestDraft'
> {
  const problems = async ({ xml }: DecisionContent): Promise<ContentProblem[]> =>
    (await problemsOf(xml)).map(({ severity, code, message, elementId, line, column }) => ({
      path: ['content', 'xml'],
      code,
      severity,
      message: elementId === '' || message.includes(`'${elementId}'`) ? message : `${elementId}: ${message}`,
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
    }));
  return {
    kind: 'decision',
    schema: decisionContent.refine(({ xml }) => isDmnDocument(xml), {
      path: ['xml'],
      message: 'Expected the root element definitions',
    }),
    nameSchema: documentName,
    references: decisionReferences,
    // What cannot be deployed yet may be saved, as of workflows: whoever deploys is told.
    async admit(tenantId, { xml }, _name, id) {
      if (!isDmnDocument(xml))
        return refuse(
          'VALIDATION_FAILED',
          'Expected a DMN document with the root element definitions, but it has none',
          {
            issues: [{ path: ['body', 'content', 'xml'], message: 'Expected the root element definitions' }],
          },
        );
      return definitions.admit(tenantId, 'decision', idsIn(xml), id);
    },
    removable: (tenantId, { content }) => definitions.unused(tenantId, 'decision', idsIn(content.xml)),
    problems: (_tenantId, content) => problems(content),
    document: (content) => String((content as Partial<DecisionContent>).xml ?? ''),
    /** Its XML may have 2 MB, which escaped are more. */
    largestDraft: 4_000_000,
  };
}
