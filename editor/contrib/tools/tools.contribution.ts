import { ok } from '@baton/engine/protocol';
import { createElement, lazy } from 'react';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import { pageDocument } from '../../platform/pageDocument.ts';
import type { Contribution } from '../../platform/platform.ts';
import { chooseStart, freeName, saveAsTemplate, wrongName } from '../../platform/startTemplates.ts';
import { registerVersionedCommands } from '../../platform/versionedCommands.ts';
import { modeSwitch } from '../../workbench/TwoSides.tsx';
import { blankTool } from './blankTool.ts';
import { readDraft } from './draftProblems.ts';
import { exportTools } from './exportTools.ts';
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

const CatalogToolPage = lazy(() =>
  import('./views/CatalogToolPage.tsx').then((module) => ({ default: module.CatalogToolPage })),
);

const inTool = "documentKind == 'tool'";

/** Tools: TypeScript that agents and processes call, with the schemas of what goes in and comes out. */
export const tools: Contribution = (platform) => {
  const { commands, documentKinds, versionedKinds, editors, api, keybindings, views, menus, notifications } =
    platform;
  const list = createToolList(platform);
  const versioned = toolKind(api);
  const active = () => editors.active.getState() as ToolDocument | undefined;
  const taken = () => list.getState().found?.items.map(({ name }) => name) ?? [];
  /** What is granted shows in the list, too. */
  const withList = async (change: (tool: ToolDocument) => Promise<void>) => {
    const tool = active();
    if (!tool) return;
    await change(tool);
    await list.refresh();
  };
  return disposeAll(
    list,
    versionedKinds.register(versioned),
    documentKinds.register(
      documentKind<ToolDocument>({
        kind: 'tool',
        label: 'Tool',
        icon: 'tool',
        folder: 'tools',
        title: (resource) => (resource.name ? versioned.fileName(resource.name) : 'Tool'),
        open: (resource, options) => openToolDocument(platform, resource, options.backup),
        EditorPane: ToolEditor,
        HeadActions: modeSwitch(toolSides),
        secondary: { title: 'Test and capabilities', View: ToolTestView },
        onePane: true,
        wide: true,
      }),
    ),
    documentKinds.register(
      documentKind({
        kind: 'catalogTool',
        label: 'Tool',
        icon: 'tool',
        folder: 'tools',
        open: async (resource) => ok(pageDocument(resource, resource.name ?? resource.id)),
        EditorPane: CatalogToolPage,
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
      run: () => withList((tool) => accessOf(tool).grant()),
    }),
    commands.register({
      id: 'tools.revoke',
      title: 'Take back what the tool is granted',
      category: 'Tool',
      when: `${inTool} && permission:tools:grant`,
      run: () => withList((tool) => accessOf(tool).revoke()),
    }),
    commands.register({
      id: 'tools.import',
      title: 'Import tools…',
      category: 'Tool',
      icon: 'codicon:cloud-download',
      when: 'permission:tools:write',
      run() {
        platform.layout.showContainer('tools');
        list.showImport(true);
      },
    }),
    commands.register({
      id: 'tools.exportAll',
      title: 'Export all tools',
      category: 'Tool',
      icon: 'codicon:cloud-upload',
      when: 'permission:tools:read',
      run: () => exportTools(platform),
    }),
    commands.register({
      id: 'tools.export',
      title: 'Export tool',
      category: 'Tool',
      icon: 'codicon:cloud-upload',
      when: `${inTool} && permission:tools:read`,
      run: () => exportTools(platform, active()?.view.getState().saved.name),
    }),
    commands.register({
      id: 'tools.saveAsTemplate',
      title: 'Save as template…',
      category: 'Tool',
      when: `${inTool} && permission:templates:write`,
      async run() {
        const tool = active();
        if (!tool) return;
        const { draft, saved } = tool.view.getState();
        const content = readDraft(draft);
        if (!content.ok)
          return notifications.error(`${content.failure[0]?.message ?? ''} A template is a tool that works.`);
        const { description } = content.value;
        const kept = await saveAsTemplate(platform, saved.name, {
          of: 'tool',
          description: description.slice(0, 1_000),
          content: content.value,
        });
        if (!kept.ok) notifications.failure(kept.failure);
        else if (kept.value) notifications.success(`New tools can start from ${kept.value} now.`);
      },
    }),
    menus.register('view/tools', { command: 'tools.import', group: '1_files', order: 10 }),
    menus.register('view/tools', { command: 'tools.exportAll', group: '1_files', order: 20 }),
    menus.register('editor/title', { command: 'tools.export', group: '6_template', order: 10, when: inTool }),
    menus.register('editor/title', {
      command: 'tools.saveAsTemplate',
      group: '6_template',
      order: 20,
      when: inTool,
    }),
    menus.register('menubar/view', { command: 'tools.show', group: '3_views', order: 50 }),
    keybindings.register({ key: 'ctrl+enter', command: 'tools.run', when: inTool }),
    registerVersionedCommands(platform, {
      versioned,
      sides: toolSides,
      exampleName: 'look-up-order',
      async start() {
        const start = await chooseStart(platform, {
          of: 'tool',
          title: 'Blank tool',
          description: 'Greets a person: shows where what goes',
          icon: 'tool',
          content: blankTool,
        });
        return start && { ...start, name: start.name && freeName(start.name, taken()) };
      },
      wrongName: (name) => wrongName(name, 'a tool', taken()),
      begin: (_name, start) => start?.content ?? blankTool,
    }),
  );
};
