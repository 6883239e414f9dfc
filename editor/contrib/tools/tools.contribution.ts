import { resourceName, toolRoutes } from '@baton/gateway/api';
import { createElement, lazy } from 'react';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import type { Contribution } from '../../platform/platform.ts';
import { openToolDocument, type ToolDocument, type ToolMode } from './toolDocument.ts';
import { blankTool } from './toolDraft.ts';
import { createToolList } from './toolList.ts';

const view = <K extends 'ToolEditor' | 'ToolHeadActions'>(name: K) =>
  lazy(() => import('./views/ToolEditor.tsx').then((module) => ({ default: module[name] })));
const ToolTestView = lazy(() =>
  import('./views/ToolTest.tsx').then((module) => ({ default: module.ToolTestView })),
);
const ToolListView = lazy(() =>
  import('./views/ToolListView.tsx').then((module) => ({ default: module.ToolListView })),
);
const ToolListActions = lazy(() =>
  import('./views/ToolListView.tsx').then((module) => ({ default: module.ToolListActions })),
);

const inTool = "documentKind == 'tool'";
const modes: readonly { mode: ToolMode; title: string }[] = [
  { mode: 'source', title: 'Show source' },
  { mode: 'both', title: 'Show source and definition' },
  { mode: 'definition', title: 'Show definition' },
];

/** Tools: TypeScript that agents and processes call, with the schemas of what goes in and comes out. */
export const tools: Contribution = (platform) => {
  const { commands, menus, documentKinds, editors, dialogs, api, notifications, keybindings, views } =
    platform;
  const list = createToolList(platform);
  const active = () => editors.active.getState() as ToolDocument | undefined;
  return disposeAll(
    list,
    documentKinds.register(
      documentKind<ToolDocument>({
        kind: 'tool',
        label: 'Tool',
        icon: 'tool',
        folder: 'tools',
        title: (resource) => (resource.name ? `${resource.name}.tool.ts` : 'Tool'),
        open: (resource, options) => openToolDocument(platform, resource, options.backup),
        EditorPane: view('ToolEditor'),
        HeadActions: view('ToolHeadActions'),
        secondary: { title: 'Test', View: ToolTestView },
        onePane: true,
        wide: true,
      }),
    ),
    views.registerContainer({
      id: 'tools',
      title: 'Tools',
      icon: 'tool',
      order: 50,
      when: 'permission:tools:read',
    }),
    views.register({
      id: 'tools.list',
      container: 'tools',
      title: 'Tools',
      View: () => createElement(ToolListView, { list }),
      Actions: () => createElement(ToolListActions, { list }),
    }),
    ...modes.flatMap(({ mode, title }, order) => [
      menus.register('editor/title', { command: `tools.${mode}`, group: '1_show', order, when: inTool }),
      commands.register({
        id: `tools.${mode}`,
        title,
        category: 'Tool',
        when: inTool,
        run: () => active()?.showMode(mode),
      }),
    ]),
    commands.register({
      id: 'tools.show',
      title: 'Show tools',
      category: 'View',
      icon: 'tool',
      when: 'permission:tools:read',
      run: () => platform.layout.showContainer('tools'),
    }),
    commands.register({
      id: 'tools.run',
      title: 'Run with sample input',
      category: 'Tool',
      icon: 'run',
      when: `${inTool} && permission:tools:run`,
      async run() {
        platform.layout.set({ secondary: true });
        await active()?.run();
      },
    }),
    keybindings.register({ key: 'ctrl+enter', command: 'tools.run', when: inTool }),
    commands.register({
      id: 'tools.new',
      title: 'New tool…',
      category: 'Tool',
      icon: 'tool',
      when: 'permission:tools:write',
      async run() {
        const name = await dialogs.input({
          title: 'Name of the new tool',
          placeholder: 'look-up-order',
          validate: (text) => {
            const parsed = resourceName.safeParse(text.trim());
            return parsed.success
              ? undefined
              : `Expected lower-case letters, digits and -, but it is ${text.trim() ? JSON.stringify(text.trim()) : 'empty'}.`;
          },
        });
        if (!name) return;
        const made = await api.call(toolRoutes.create, { body: { name: name.trim(), content: blankTool } });
        if (made.ok) await editors.open({ kind: 'tool', id: made.value.id, name: made.value.name });
        else notifications.failure(made.failure);
      },
    }),
    menus.register('explorer/new', { command: 'tools.new', order: 30 }),
    commands.register({
      id: 'tools.delete',
      title: 'Delete tool…',
      category: 'Tool',
      icon: 'codicon:trash',
      when: `${inTool} && permission:tools:delete`,
      async run() {
        const document = active();
        if (!document) return;
        const { name } = document.view.getState().saved;
        const answer = await dialogs.ask({
          title: `Delete ${name}.tool.ts?`,
          message: 'All its versions are deleted. Runs that call it from now on find no such tool.',
          actions: [{ id: 'delete', title: 'Delete', danger: true }],
        });
        if (!answer) return;
        const deleted = await api.call(toolRoutes.delete, { params: { id: document.resource.id } });
        if (deleted.ok) editors.discard(document.resource);
        else notifications.failure(deleted.failure);
      },
    }),
    menus.register('editor/title', { command: 'tools.delete', group: '9_delete', when: inTool }),
  );
};
