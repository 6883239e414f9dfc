import { agentRoutes, resourceName } from '@baton/gateway/api';
import { lazy } from 'react';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import type { Contribution } from '../../platform/platform.ts';
import { bound } from '../../workbench/bound.ts';
import type { AgentDocument, AgentMode } from './agentDocument.ts';
import { createAgents } from './agentsStore.ts';
import { blankAgent } from './blankAgent.ts';
import { AgentsActions, AgentsList } from './views/AgentsList.tsx';

const AgentEditor = lazy(() =>
  import('./views/AgentEditor.tsx').then((module) => ({ default: module.AgentEditor })),
);
const HeadActions = lazy(() =>
  import('./views/AgentEditor.tsx').then((module) => ({ default: module.AgentHeadActions })),
);

const inAgent = "documentKind == 'agent'";
const modes: readonly { mode: AgentMode; title: string }[] = [
  { mode: 'form', title: 'Show form' },
  { mode: 'both', title: 'Show form and YAML' },
  { mode: 'yaml', title: 'Show YAML' },
];

/** Agents: a model, its prompts, its tools and its limits. */
export const agents: Contribution = (platform) => {
  const { commands, menus, documentKinds, editors, dialogs, api, notifications, views, layout } = platform;
  const readable = Boolean(platform.context.get('permission:agents:read'));
  const active = () => editors.active.getState() as AgentDocument | undefined;
  const parts = [
    documentKinds.register(
      documentKind<AgentDocument>({
        kind: 'agent',
        label: 'Agent',
        icon: 'agent',
        folder: 'agents',
        title: (resource) => (resource.name ? `${resource.name}.agent.yaml` : 'Agent'),
        open: async (resource, options) =>
          (await import('./agentDocument.ts')).openAgentDocument(platform, resource, options.backup),
        EditorPane: AgentEditor,
        HeadActions,
        wide: true,
      }),
    ),
    ...modes.flatMap(({ mode, title }, order) => [
      menus.register('editor/title', { command: `agents.${mode}`, group: '1_show', order, when: inAgent }),
      commands.register({
        id: `agents.${mode}`,
        title,
        category: 'Agent',
        when: inAgent,
        run: () => active()?.showMode(mode),
      }),
    ]),
    commands.register({
      id: 'agents.new',
      title: 'New agent…',
      category: 'Agent',
      icon: 'agent',
      when: 'permission:agents:write',
      async run() {
        const name = await dialogs.input({
          title: 'Name of the new agent',
          placeholder: 'triage',
          validate: (text) => {
            const parsed = resourceName.safeParse(text.trim());
            return parsed.success
              ? undefined
              : `Expected lower-case letters, digits and -, but it is ${text.trim() ? JSON.stringify(text.trim()) : 'empty'}.`;
          },
        });
        if (!name) return;
        const made = await api.call(agentRoutes.create, { body: { name: name.trim(), content: blankAgent } });
        if (made.ok) await editors.open({ kind: 'agent', id: made.value.id, name: made.value.name });
        else notifications.failure(made.failure);
      },
    }),
    menus.register('explorer/new', { command: 'agents.new', order: 20 }),
    commands.register({
      id: 'agents.delete',
      title: 'Delete agent…',
      category: 'Agent',
      icon: 'codicon:trash',
      when: `${inAgent} && permission:agents:delete`,
      async run() {
        const document = active();
        if (!document) return;
        const { name } = document.view.getState().saved;
        const answer = await dialogs.ask({
          title: `Delete ${name}.agent.yaml?`,
          message: 'All its versions are deleted. Runs go on with the version they started with.',
          actions: [{ id: 'delete', title: 'Delete', danger: true }],
        });
        if (!answer) return;
        const deleted = await api.call(agentRoutes.delete, { params: { id: document.resource.id } });
        if (deleted.ok) editors.discard(document.resource);
        else notifications.failure(deleted.failure);
      },
    }),
    menus.register('editor/title', { command: 'agents.delete', group: '9_delete', when: inAgent }),
  ];
  if (readable) {
    const list = createAgents(platform);
    parts.push(
      list,
      views.registerContainer({ id: 'agents', title: 'Agents', icon: 'agent', order: 40 }),
      views.register({
        id: 'agents.list',
        container: 'agents',
        title: 'Agents',
        View: bound(AgentsList, { agents: list }),
        Actions: AgentsActions,
      }),
      commands.register({
        id: 'agents.show',
        title: 'Show agents',
        category: 'View',
        icon: 'agent',
        run: () => layout.showContainer('agents'),
      }),
      menus.register('menubar/view', { command: 'agents.show', group: '3_views', order: 40 }),
    );
  }
  return disposeAll(...parts);
};
