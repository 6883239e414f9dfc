import { ok } from '@baton/engine/protocol';
import { type WorkflowContent, workflowContent, workflowName } from '../../api/index.ts';
import { refuse } from '../../refusal.ts';
import type { VersionedOptions } from '../versioned/index.ts';
import { isBpmnDocument } from './bpmnXml.ts';
import { workflowReferences } from './references.ts';

/** What is special about workflows among what is kept in versions. */
export const workflowKind: Pick<
  VersionedOptions<WorkflowContent>,
  'kind' | 'schema' | 'nameSchema' | 'references' | 'admit' | 'document' | 'largestDraft'
> = {
  kind: 'workflow',
  schema: workflowContent.refine(({ xml }) => isBpmnDocument(xml), {
    path: ['xml'],
    message: 'Expected the root element definitions',
  }),
  nameSchema: workflowName,
  references: workflowReferences,
  // What cannot be deployed yet may be saved: whoever deploys is told.
  async admit(_tenantId, { xml }) {
    if (isBpmnDocument(xml)) return ok();
    return refuse(
      'VALIDATION_FAILED',
      'Expected a BPMN document with the root element definitions, but it has none',
      { issues: [{ path: ['body', 'xml'], message: 'Expected the root element definitions' }] },
    );
  },
  /** The XML by its lines, and the form behind it. */
  document: (content) => {
    const { xml, startForm } = content as Partial<WorkflowContent>;
    return `${typeof xml === 'string' ? xml : ''}${startForm ? `\n${JSON.stringify(startForm, undefined, 2)}` : ''}`;
  },
  /** Its XML may have 2 MB, which escaped are more. */
  largestDraft: 4_000_000,
};
