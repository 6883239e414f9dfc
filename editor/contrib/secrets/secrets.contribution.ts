import { ok } from '@baton/engine/protocol';
import { lazy } from 'react';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import { pageDocument } from '../../platform/pageDocument.ts';
import type { Contribution } from '../../platform/platform.ts';
import { bound } from '../../workbench/bound.ts';
import { createSecrets } from './secretsStore.ts';

const SecretsPage = lazy(() =>
  import('./views/SecretsPage.tsx').then((module) => ({ default: module.SecretsPage })),
);
const page = { kind: 'secrets', id: 'all' };

/** Secrets by name, which tools read that they are granted to. */
export const secrets: Contribution = (platform) => {
  const { commands, menus, documentKinds, editors } = platform;
  if (!platform.context.get('permission:secrets:read')) return disposeAll();
  const store = createSecrets(platform);
  return disposeAll(
    documentKinds.register(
      documentKind({
        kind: 'secrets',
        label: 'Secrets',
        icon: 'codicon:key',
        open: async (resource) => ok(pageDocument(resource, 'Secrets')),
        EditorPane: bound(SecretsPage, { secrets: store }),
        wide: true,
      }),
    ),
    commands.register({
      id: 'secrets.show',
      title: 'Show secrets',
      category: 'View',
      icon: 'codicon:key',
      run: () => editors.open(page),
    }),
    commands.register({
      id: 'secrets.add',
      title: 'Add secret…',
      category: 'Secret',
      icon: 'codicon:add',
      when: 'permission:secrets:write',
      async run() {
        store.select(null);
        await editors.open(page);
      },
    }),
    menus.register('menubar/view', { command: 'secrets.show', group: '3_views', order: 72 }),
    menus.register('view/tools', { command: 'secrets.show', group: '5_access', order: 10 }),
  );
};
