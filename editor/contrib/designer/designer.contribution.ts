import { workflowRoutes } from '@baton/gateway/api';
import { lazy } from 'react';
import { disposeAll } from '../../base/disposable.ts';
import type { Command } from '../../platform/commands.ts';
import { documentKind } from '../../platform/documents.ts';
import type { DraftedDocument } from '../../platform/draftedDocument.ts';
import type { MenuId, MenuItem } from '../../platform/menus.ts';
import type { Contribution } from '../../platform/platform.ts';
import { openVersioned } from '../../platform/versionedDocument.ts';
import { modeSwitch } from '../../workbench/TwoSides.tsx';
import { blankWorkflow } from './blankWorkflow.ts';
import { createCatalog } from './catalog.ts';
import { createTemplateLibrary } from './elementTemplates/templateLibrary.ts';
import { processXml } from './processXml.ts';
import type { WorkflowDocument, WorkflowMode } from './workflowDocument.ts';
import { workflowKind } from './workflowKind.ts';
import { workflowSides } from './workflowSides.ts';

const editorPane = () => import('./views/WorkflowEditor.tsx');
const propertiesView = () => import('./views/properties/Properties.tsx');
const WorkflowEditor = lazy(() => editorPane().then((module) => ({ default: module.WorkflowEditor })));
const Properties = lazy(() => propertiesView().then((module) => ({ default: module.Properties })));

const inWorkflow = "documentKind == 'workflow'";

interface DesignerCommand extends Omit<Command, 'run' | 'category'> {
  key?: string;
  menus?: readonly [MenuId, Omit<MenuItem, 'command'>][];
  run(workflow: WorkflowDocument): unknown;
}

const show = (mode: WorkflowMode, title: string): DesignerCommand => ({
  id: `designer.show${title}`,
  title: `Show ${title === 'Both' ? 'canvas and XML' : title === 'Xml' ? 'XML' : 'canvas'}`,
  run: (workflow) => workflow.showMode(mode),
});

/** What can be done with the workflow in front of the user. */
const commands: readonly DesignerCommand[] = [
  {
    id: 'designer.run',
    title: 'Run',
    icon: 'run',
    key: 'f5',
    when: 'permission:instances:start && permission:deployments:create',
    menus: [
      ['editor/title', { group: 'navigation', order: 10 }],
      ['menubar/run', { group: '1_run', order: 10 }],
    ],
    run: (workflow) => workflow.run(),
  },
  {
    id: 'designer.deploy',
    title: 'Deploy',
    icon: 'deploy',
    when: 'permission:deployments:create',
    menus: [
      ['editor/title', { group: 'navigation', order: 20 }],
      ['menubar/run', { group: '1_run', order: 20 }],
    ],
    async run(workflow) {
      const deployed = await workflow.deploy();
      const { name, version } = workflow.view.getState().saved;
      if (deployed) workflow.platform.notifications.success(`${name} v${version} is deployed.`);
    },
  },
  show('canvas', 'Canvas'),
  show('both', 'Both'),
  show('xml', 'Xml'),
  {
    id: 'designer.importElementTemplates',
    title: 'Import element templates…',
    icon: 'codicon:cloud-download',
    when: 'permission:templates:write',
    run: (workflow) => workflow.showImport(true),
  },
  { id: 'designer.fit', title: 'Fit diagram', key: 'ctrl+0', run: (workflow) => workflow.editor.fit() },
];

/** Workflows: the document kind, its commands, and the catalog its canvas offers. */
export const designerContribution: Contribution = (platform) => {
  const catalog = createCatalog(platform);
  const templates = createTemplateLibrary(platform);
  const active = () => platform.editors.active.getState() as WorkflowDocument | undefined;

  const versions = platform.versionedKinds.register(workflowKind(platform.api));
  const kind = platform.documentKinds.register(
    documentKind<WorkflowDocument>({
      kind: 'workflow',
      label: 'Workflow',
      icon: 'process',
      folder: 'workflows',
      title: (resource) => (resource.name ? `${resource.name}.bpmn` : 'Workflow'),
      async open(resource, options) {
        // All that is needed is on its way at once: the workflow, what draws it, and what stands around it.
        const reading = openVersioned(platform, resource, options.backup);
        const [{ createDiagramEditor }, { openWorkflowDocument }] = await Promise.all([
          import('./bpmn/diagramEditor.ts'),
          import('./workflowDocument.ts'),
          editorPane(),
          propertiesView(),
        ]);
        const editor = createDiagramEditor({
          agents: () => catalog.getState().agents,
          tools: () => catalog.getState().tools,
          templates: () => templates.getState().map(({ template }) => template),
          agentVersion: (name) => catalog.getState().agents.find((agent) => agent.name === name)?.version,
        });
        const opened = await openWorkflowDocument(
          platform,
          catalog,
          templates,
          resource,
          editor,
          options.backup,
          reading,
        );
        if (!opened.ok) editor.dispose();
        return opened;
      },
      EditorPane: WorkflowEditor,
      onePane: true,
      HeadActions: modeSwitch(workflowSides),
      secondary: { title: 'Properties', View: Properties },
    }),
  );

  const registered = commands.flatMap(({ key, menus = [], run, when, ...command }) => [
    platform.commands.register({
      ...command,
      category: 'Workflow',
      when: when ? `${inWorkflow} && ${when}` : inWorkflow,
      run: () => {
        const workflow = active();
        return workflow && run(workflow);
      },
    }),
    ...(key ? [platform.keybindings.register({ key, command: command.id, when: inWorkflow })] : []),
    ...menus.map(([menu, item]) =>
      platform.menus.register(menu, {
        ...item,
        command: command.id,
        ...(menu === 'editor/title' && { when: inWorkflow }),
      }),
    ),
  ]);

  const create = platform.commands.register({
    id: 'designer.newWorkflow',
    title: 'New workflow…',
    category: 'Workflow',
    icon: 'process',
    when: 'permission:workflows:write',
    async run() {
      const name = await platform.dialogs.input({
        title: 'Name of the new workflow',
        placeholder: 'Refund approval',
        validate: (text) => (text.trim() ? undefined : 'Expected a name, but it is empty.'),
      });
      if (!name) return;
      const made = await platform.api.call(workflowRoutes.createWorkflow, {
        body: { name: name.trim(), xml: blankWorkflow(name.trim()) },
      });
      if (made.ok)
        await platform.editors.open({ kind: 'workflow', id: made.value.id, name: made.value.name });
      else platform.notifications.failure(made.failure);
    },
  });
  const addToolTemplate = async (tool: string) => {
    const added = await templates.addTool(tool);
    if (added.ok)
      platform.notifications.success(
        `${added.value.name} is in the palette of workflows, with a field for each input.`,
      );
    else platform.notifications.failure(added.failure);
  };
  const addTool = platform.commands.register({
    id: 'designer.addToolTemplate',
    title: 'Add a tool to the palette',
    category: 'Workflow',
    when: 'permission:templates:write && permission:tools:read',
    palette: false,
    run: (tool) => addToolTemplate(String(tool)),
  });
  const addOpenTool = platform.commands.register({
    id: 'designer.addOpenTool',
    title: 'Add to the palette of workflows',
    category: 'Tool',
    icon: 'process',
    when: "documentKind == 'tool' && permission:templates:write",
    async run() {
      const tool = platform.editors.active.getState() as DraftedDocument | undefined;
      if (tool) await addToolTemplate(tool.kept.getState().published.name);
    },
  });
  const addOpenToolItem = platform.menus.register('editor/title', {
    command: 'designer.addOpenTool',
    group: '2_use',
    when: "documentKind == 'tool'",
  });
  const createItem = platform.menus.register('explorer/new', { command: 'designer.newWorkflow', order: 10 });

  return disposeAll(
    platform.languages.register(processXml),
    catalog,
    templates,
    versions,
    kind,
    ...registered,
    create,
    createItem,
    addTool,
    addOpenTool,
    addOpenToolItem,
  );
};
