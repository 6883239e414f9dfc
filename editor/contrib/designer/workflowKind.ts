import { failed, ok } from '@baton/engine/protocol';
import type { JsonValue } from '@baton/gateway/api';
import type { Api } from '../../platform/api.ts';
import { workflowsCalls } from '../../platform/versionedCalls.ts';
import { type ContentTexts, kindOf, type VersionedKind } from '../../platform/versionedKinds.ts';

/** A workflow as its BPMN file and the form a run begins with. */
const texts: ContentTexts = {
  parts: [
    { id: 'xml', title: 'XML', language: 'xml', textOf: ({ xml }) => (typeof xml === 'string' ? xml : '') },
    {
      id: 'form',
      title: 'Start form',
      language: 'json',
      textOf: ({ startForm }) => (startForm === undefined ? '' : JSON.stringify(startForm, null, 2)),
    },
  ],
  contentOf({ xml = '', form = '' }) {
    if (form.trim() === '') return ok({ xml });
    try {
      return ok({ xml, startForm: JSON.parse(form) as JsonValue });
    } catch (error) {
      return failed({
        code: 'JSON_UNREADABLE',
        message: `Start form: Expected JSON, but: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  },
};

/** Workflows as they are kept in versions. */
export function workflowKind(api: Api): VersionedKind {
  return kindOf(
    {
      kind: 'workflow',
      plural: 'workflows',
      label: 'Workflow',
      icon: 'process',
      colour: 'process',
      order: 10,
      ending: '.bpmn',
      purpose: 'A process as a diagram: who does what, and what comes next.',
      deletion: 'Runs go on with the version they started with.',
      newCommand: 'designer.newWorkflow',
      wrongName: (name) => (name ? undefined : 'Expected a name, but it is empty.'),
      texts: async () => texts,
    },
    workflowsCalls(api),
  );
}
