import { ok } from '@baton/engine/protocol';
import { agentRoutes } from '@baton/gateway/api';
import { lazy } from 'react';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import { pageDocument } from '../../platform/pageDocument.ts';
import type { Contribution } from '../../platform/platform.ts';
import { chooseStart, freeName, saveAsTemplate, wrongName } from '../../platform/startTemplates.ts';
import { registerVersionedCommands } from '../../platform/versionedCommands.ts';
import { bound } from '../../workbench/bound.ts';
import { modeSwitch } from '../../workbench/TwoSides.tsx';
import type { AgentDocument } from './agentDocument.ts';
import { agentKind } from './agentKind.ts';
import { agentSides } from './agentSides.ts';
import { createAgents } from './agentsStore.ts';
import { createAssignedTasks } from './assignedTasks.ts';
import { blankAgent } from './blankAgent.ts';
import { exampleAgent } from './exampleAgent.ts';
import type { NewAgent } from './newAgent.ts';
import { registerRuntime } from './runtimeCommands.ts';
import { registerTestChat } from './testChatCommands.ts';
import { registerTextKinds } from './textKinds.ts';
import { AgentsActions, AgentsList } from './views/AgentsList.tsx';
import { AssignedTasksActions, AssignedTasksView } from './views/AssignedTasksView.tsx';

const AgentsPage = lazy(() =>
  import('./views/AgentsPage.tsx').then((module) => ({ default: module.AgentsPage })),
);
const NewAgentPage = lazy(() =>
  import('./views/NewAgentPage.tsx').then((module) => ({ default: module.NewAgentPage })),
);
const AgentEditor = lazy(() =>
  import('./views/AgentEditor.tsx').then((module) => ({ default: module.AgentEditor })),
);

/** Agents: a model, its prompts, its tools and its limits. */
export const agents: Contribution = (platform) => {
  const { commands, menus, documentKinds, versionedKinds, api, views, layout, editors, notifications } =
    platform;
  const readable = Boolean(platform.context.get('permission:agents:read'));
  const list = readable ? createAgents(platform) : undefined;
  const taken = () => list?.getState().items?.map(({ name }) => name) ?? [];
  const versioned = agentKind(api);
  const parts = [
    versionedKinds.register(versioned),
    documentKinds.register(
      documentKind<AgentDocument>({
        kind: 'agent',
        label: 'Agent',
        icon: 'agent',
        folder: 'agents',
        title: (resource) => (resource.name ? versioned.fileName(resource.name) : 'Agent'),
        open: async (resource, options) =>
          (await import('./agentDocument.ts')).openAgentDocument(platform, resource, options.backup),
        EditorPane: AgentEditor,
        HeadActions: modeSwitch(agentSides),
        wide: true,
      }),
    ),
    registerVersionedCommands(platform, {
      versioned,
      sides: agentSides,
      exampleName: 'triage',
      async start() {
        const start = await chooseStart(platform, {
          of: 'agent',
          title: 'Blank agent',
          description: 'Answers in one sentence, without a key or a server',
          icon: 'agent',
          content: blankAgent,
        });
        return start && { ...start, name: start.name && freeName(start.name, taken()) };
      },
      wrongName: (name) => wrongName(name, 'an agent', taken()),
      begin: (_name, start) => start?.content ?? blankAgent,
    }),
  ];

  parts.push(registerTestChat(platform), registerRuntime(platform), registerTextKinds(platform));
  if (list) {
    const assigned = createAssignedTasks(platform);
    parts.push(
      list,
      views.registerContainer({ id: 'agents', title: 'Agents', icon: 'agent', order: 40 }),
      views.register({
        id: 'agents.list',
        container: 'agents',
        title: 'Agents',
        order: 10,
        headless: true,
        View: bound(AgentsList, { agents: list }),
        Actions: AgentsActions,
      }),
      documentKinds.register(
        documentKind({
          kind: 'agents',
          label: 'Agents',
          icon: 'agent',
          open: async (resource) => ok(pageDocument(resource, 'Agents')),
          EditorPane: bound(AgentsPage, { agents: list }),
        }),
      ),
      commands.register({
        id: 'agents.page',
        title: 'Show all agents as cards or table',
        category: 'Agent',
        icon: 'agent',
        run: () => editors.open({ kind: 'agents', id: 'all' }).then(() => undefined),
      }),
      documentKinds.register(
        documentKind<NewAgent>({
          kind: 'newAgent',
          label: 'New agent',
          icon: 'agent',
          open: async (resource) => ok((await import('./newAgent.ts')).createNewAgent(platform, resource)),
          EditorPane: NewAgentPage,
        }),
      ),
      commands.register({
        id: 'agents.wizard',
        title: 'New agent, step by step',
        category: 'Agent',
        icon: 'agent',
        when: 'permission:agents:write',
        run: () => editors.open({ kind: 'newAgent', id: 'new' }).then(() => undefined),
      }),
      assigned,
      views.register({
        id: 'agents.tasks',
        container: 'agents',
        title: 'Assigned tasks',
        order: 20,
        fits: true,
        View: bound(AssignedTasksView, { tasks: assigned }),
        Actions: bound(AssignedTasksActions, { tasks: assigned }),
      }),
      commands.register({
        id: 'agents.example',
        title: 'Add the example agent',
        category: 'Agent',
        when: 'permission:agents:write',
        async run() {
          const name = freeName(exampleAgent.name, taken());
          const made = await api.call(agentRoutes.create, { body: { name, content: exampleAgent.content } });
          if (made.ok) await editors.open({ kind: 'agent', id: made.value.id, name });
          else notifications.failure(made.failure);
        },
      }),
      commands.register({
        id: 'agents.saveAsTemplate',
        title: 'Save as template…',
        category: 'Agent',
        when: "documentKind == 'agent' && permission:templates:write",
        async run() {
          const document = editors.active.getState() as AgentDocument | undefined;
          const content = document?.content();
          if (!document || !content) return;
          const saved = content.ok
            ? await saveAsTemplate(platform, document.view.getState().saved.name, {
                of: 'agent',
                description: content.value.description,
                content: content.value,
              })
            : content;
          if (!saved.ok) notifications.failure(saved.failure);
          else if (saved.value) notifications.success(`New agents can start from ${saved.value} now.`);
        },
      }),
      menus.register('editor/title', {
        command: 'agents.saveAsTemplate',
        group: '6_template',
        when: "documentKind == 'agent'",
      }),
      commands.register({
        id: 'agents.assign',
        title: 'Assign a task…',
        category: 'Agent',
        when: "documentKind == 'agent' && permission:agents:write",
        run: () => assigned.assign(),
      }),
      menus.register('editor/title', {
        command: 'agents.assign',
        group: '5_tasks',
        when: "documentKind == 'agent'",
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
