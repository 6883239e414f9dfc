import { ok } from '@baton/engine/protocol';
import { lazy } from 'react';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import { pageDocument } from '../../platform/pageDocument.ts';
import type { Contribution } from '../../platform/platform.ts';
import { bound } from '../../workbench/bound.ts';
import { createConnections } from './connectionsStore.ts';

const ConnectionsPage = lazy(() =>
  import('./views/ConnectionsPage.tsx').then((module) => ({ default: module.ConnectionsPage })),
);
const page = { kind: 'connections', id: 'all' };

/** Connections to databases and mail, which tools use that they are granted to. */
export const connections: Contribution = (platform) => {
  const { commands, menus, documentKinds, editors } = platform;
  if (!platform.context.get('permission:connections:read')) return disposeAll();
  const store = createConnections(platform);
  return disposeAll(
    documentKinds.register(
      documentKind({
        kind: 'connections',
        label: 'Connections',
        icon: 'codicon:database',
        open: async (resource) => ok(pageDocument(resource, 'Connections')),
        EditorPane: bound(ConnectionsPage, { connections: store }),
        wide: true,
      }),
    ),
    commands.register({
      id: 'connections.show',
      title: 'Show connections',
      category: 'View',
      icon: 'codicon:database',
      run: () => editors.open(page),
    }),
    commands.register({
      id: 'connections.add',
      title: 'Add connection…',
      category: 'Connection',
      icon: 'codicon:add',
      when: 'permission:connections:write',
      async run() {
        store.select(null);
        await editors.open(page);
      },
    }),
    menus.register('menubar/view', { command: 'connections.show', group: '3_views', order: 71 }),
    menus.register('view/tools', { command: 'connections.show', group: '5_access', order: 20 }),
  );
};
