import { ok } from '@baton/engine/protocol';
import { noteRoutes } from '@baton/gateway/api';
import type { Api } from '../../platform/api.ts';
import { type VersionedKind, versionedKind } from '../../platform/versionedKinds.ts';

/** Notes as they are kept in versions: Markdown files. */
export function noteKind(api: Api): VersionedKind {
  return versionedKind(api, noteRoutes, {
    kind: 'note',
    plural: 'notes',
    label: 'Note',
    icon: 'codicon:markdown',
    order: 90,
    ending: '.md',
    purpose: 'What people should know, beside the documents it is about.',
    deletion: 'Links to it lead nowhere.',
    wrongName: (name) => (name ? undefined : 'Expected a name, but it is empty.'),
    texts: async () => ({
      parts: [
        {
          id: 'text',
          title: 'Markdown',
          language: 'markdown',
          textOf: ({ text }) => (typeof text === 'string' ? text : ''),
        },
      ],
      contentOf: ({ text = '' }) => ok({ text }),
    }),
  });
}
