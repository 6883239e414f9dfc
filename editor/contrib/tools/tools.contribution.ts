import { toolRoutes } from '@baton/gateway/api';
import { createElement, lazy } from 'react';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import type { Contribution } from '../../platform/platform.ts';
import { registerVersionedCommands } from '../../platform/versionedCommands.ts';
import { modeSwitch } from '../../workbench/TwoSides.tsx';
import { blankTool } from './blankTool.ts';
import { accessOf } from './toolAccess.ts';
import { openToolDocument, type ToolDocument } from './toolDocument.ts';
import { toolKind } from './toolKind.ts';
import { createToolList } from './toolList.ts';
import { toolSides } from './toolSides.ts';

const ToolEditor = lazy(() =>
  import('./views/ToolEditor.tsx').then((module) => ({ default: module.ToolEditor })),
);
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

/** Tools: TypeScript that agents and processes call, with the schemas of what goes in and comes out. */
export const tools: Contribution = (platform) => {
  const { commands, documentKinds, versionedKinds, editors, api, keybindings, views } = platform;
  const list = createToolList(platform);
  const active = () => editors.active.getState() as ToolDocument | undefined;
  return disposeAll(
    list,
    versionedKinds.register(toolKind(api)),
    documentKinds.register(
      documentKind<ToolDocument>({
        kind: 'tool',
        label: 'Tool',
        icon: 'tool',
        folder: 'tools',
        title: (resource) => (resource.name ? `${resource.name}.tool.ts` : 'Tool'),
        open: (resource, options) => openToolDocument(platform, resource, options.backup),
        EditorPane: ToolEditor,
        HeadActions: modeSwitch(toolSides),
        secondary: { title: 'Test and capabilities', View: ToolTestView },
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
    commands.register({
      id: 'tools.test',
      title: 'Run tests',
      category: 'Tool',
      icon: 'run',
      when: `${inTool} && permission:tools:run`,
      async run() {
        platform.layout.set({ secondary: true });
        const tool = active();
        if (tool) await accessOf(tool).test();
      },
    }),
    commands.register({
      id: 'tools.grant',
      title: 'Grant what the tool declares',
      category: 'Tool',
      when: `${inTool} && permission:tools:grant`,
      async run() {
        const tool = active();
        if (tool) await accessOf(tool).grant();
      },
    }),
    commands.register({
      id: 'tools.revoke',
      title: 'Take back what the tool is granted',
      category: 'Tool',
      when: `${inTool} && permission:tools:grant`,
      async run() {
        const tool = active();
        if (tool) await accessOf(tool).revoke();
      },
    }),
    keybindings.register({ key: 'ctrl+enter', command: 'tools.run', when: inTool }),
    registerVersionedCommands(platform, {
      kind: 'tool',
      label: 'Tool',
      order: 30,
      sides: toolSides,
      exampleName: 'look-up-order',
      deletion: 'Runs that call it from now on find no such tool.',
      create: (name) => api.call(toolRoutes.create, { body: { name, content: blankTool } }),
      remove: (id) => api.call(toolRoutes.delete, { params: { id } }),
    }),
  );
};
