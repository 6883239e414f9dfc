import { ok } from '@baton/engine/protocol';
import { formRoutes } from '@baton/gateway/api';
import type { Api } from '../../platform/api.ts';
import { type VersionedKind, versionedKind } from '../../platform/versionedKinds.ts';
import { formId, withFormId } from './blankForm.ts';

/** Forms as they are kept in versions: `.form` files. */
export function formKind(api: Api): VersionedKind {
  return versionedKind(api, formRoutes, {
    kind: 'form',
    plural: 'forms',
    label: 'Form',
    icon: 'form',
    colour: 'human',
    order: 70,
    ending: '.form',
    purpose: 'What people fill in when a process waits for them.',
    deletion: 'Runs go on with the form they were deployed with.',
    wrongName: (name) => (name ? undefined : 'Expected a name, but it is empty.'),
    copied: ({ json }, name) => ({ json: withFormId(String(json ?? ''), formId(name)) }),
    texts: async () => ({
      parts: [
        {
          id: 'json',
          title: 'JSON',
          language: 'json',
          textOf: ({ json }) => (typeof json === 'string' ? json : ''),
        },
      ],
      contentOf: ({ json = '' }) => ok({ json }),
    }),
  });
}
