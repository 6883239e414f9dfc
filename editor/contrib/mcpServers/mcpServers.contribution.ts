import { ok } from '@baton/engine/protocol';
import { lazy } from 'react';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import { pageDocument } from '../../platform/pageDocument.ts';
import type { Contribution } from '../../platform/platform.ts';
import { bound } from '../../workbench/bound.ts';
import { createMcpServers } from './mcpServersStore.ts';
import type { ServerDocument } from './serverDocument.ts';
import { McpServersActions, McpServersList } from './views/McpServersList.tsx';

const McpServersPage = lazy(() =>
  import('./views/McpServersPage.tsx').then((module) => ({ default: module.McpServersPage })),
);
const McpServerEditor = lazy(() =>
  import('./views/McpServerEditor.tsx').then((module) => ({ default: module.McpServerEditor })),
);
const RegistryPage = lazy(() =>
  import('./views/RegistryPage.tsx').then((module) => ({ default: module.RegistryPage })),
);
const page = { kind: 'mcpServers', id: 'all' };
const inServer = "documentKind == 'mcpServer'";

/** MCP servers: tools of others, their contracts, and what goes over the wire. */
export const mcpServers: Contribution = (platform) => {
  const { commands, menus, documentKinds, views, editors, layout } = platform;
  if (!platform.context.get('permission:mcpServers:read')) return disposeAll();
  const store = createMcpServers(platform);
  const active = () => editors.active.getState() as ServerDocument | undefined;
  return disposeAll(
    store,
    documentKinds.register(
      documentKind({
        kind: 'mcpServers',
        label: 'MCP servers',
        icon: 'codicon:server',
        open: async (resource) => ok(pageDocument(resource, 'MCP servers')),
        EditorPane: bound(McpServersPage, { servers: store }),
        wide: true,
      }),
    ),
    documentKinds.register(
      documentKind<ServerDocument>({
        kind: 'mcpServer',
        label: 'MCP server',
        icon: 'codicon:server',
        folder: 'mcp servers',
        open: async (resource) =>
          (await import('./serverDocument.ts')).openServerDocument(platform, store, resource),
        EditorPane: McpServerEditor,
      }),
    ),
    documentKinds.register(
      documentKind({
        kind: 'mcpRegistry',
        label: 'Registry',
        icon: 'codicon:library',
        open: async (resource) => ok(pageDocument(resource, 'Registry')),
        EditorPane: RegistryPage,
      }),
    ),
    views.registerContainer({
      id: 'mcpServers',
      title: 'MCP servers',
      icon: 'codicon:server',
      order: 72,
      badge: store.waiting,
    }),
    views.register({
      id: 'mcpServers.list',
      container: 'mcpServers',
      title: 'MCP servers',
      View: bound(McpServersList, { servers: store }),
      Actions: McpServersActions,
    }),
    commands.register({
      id: 'mcpServers.show',
      title: 'Show MCP servers',
      category: 'View',
      icon: 'codicon:server',
      run: async () => {
        layout.showContainer('mcpServers');
        await editors.open(page);
      },
    }),
    commands.register({
      id: 'mcpServers.add',
      title: 'Add MCP server…',
      category: 'MCP server',
      icon: 'codicon:add',
      when: 'permission:mcpServers:write',
      run: async () => {
        store.select('new');
        await editors.open(page);
      },
    }),
    commands.register({
      id: 'mcpServers.checkAgain',
      title: 'Connect to the server again',
      category: 'MCP server',
      icon: 'codicon:refresh',
      when: `${inServer} && permission:mcpServers:write`,
      run: async () => {
        const id = active()?.resource.id;
        if (id !== undefined) await (await import('./mcpServerActions.ts')).checkAgain(platform, store, id);
      },
    }),
    commands.register({
      id: 'mcpServers.inspect',
      title: 'Show what goes over the wire',
      category: 'MCP server',
      when: `${inServer} && permission:mcpServers:write`,
      run: () => active()?.show('wire'),
    }),
    commands.register({
      id: 'mcpServers.showRegistry',
      title: 'Show the registry of MCP servers',
      category: 'View',
      icon: 'codicon:library',
      run: () => editors.open({ kind: 'mcpRegistry', id: 'all' }),
    }),
    menus.register('menubar/view', { command: 'mcpServers.show', group: '3_views', order: 71 }),
  );
};
