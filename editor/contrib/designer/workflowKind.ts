import { failed, ok } from '@baton/engine/protocol';
import type { JsonValue } from '@baton/gateway/api';
import type { Api } from '../../platform/api.ts';
import { workflowCalls } from '../../platform/versionedCalls.ts';
import type { ContentTexts, VersionedKind } from '../../platform/versionedKinds.ts';

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
  return {
    kind: 'workflow',
    topic: 'workflows',
    icon: 'process',
    colour: 'process',
    container: 'explorer',
    write: 'workflows:write',
    fileName: (name) => `${name}.bpmn`,
    calls: (id) => workflowCalls(api, id),
    texts: async () => texts,
  };
}
