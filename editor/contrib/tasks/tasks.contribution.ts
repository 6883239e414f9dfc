import { resourceName, taskRoutes } from '@baton/gateway/api';
import { lazy } from 'react';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import type { Contribution } from '../../platform/platform.ts';
import { blankTask, openTaskDocument, type TaskDocument, type TaskMode } from './taskDocument.ts';

const TaskEditor = lazy(() =>
  import('./views/TaskEditor.tsx').then((module) => ({ default: module.TaskEditor })),
);
const HeadActions = lazy(() =>
  import('./views/TaskEditor.tsx').then((module) => ({ default: module.TaskHeadActions })),
);

const inTask = "documentKind == 'task'";
const modes: readonly { mode: TaskMode; title: string }[] = [
  { mode: 'cards', title: 'Show cards' },
  { mode: 'both', title: 'Show cards and JSON' },
  { mode: 'json', title: 'Show JSON' },
];

/** Tasks: typed contracts between a process and an agent. */
export const tasks: Contribution = (platform) => {
  const { commands, menus, documentKinds, editors, dialogs, api, notifications } = platform;
  return disposeAll(
    documentKinds.register(
      documentKind<TaskDocument>({
        kind: 'task',
        label: 'Task',
        icon: 'task',
        folder: 'tasks',
        title: (resource) => (resource.name ? `${resource.name}.task.json` : 'Task'),
        open: (resource, options) => openTaskDocument(platform, resource, options.backup),
        EditorPane: TaskEditor,
        HeadActions,
        wide: true,
      }),
    ),
    ...modes.flatMap(({ mode, title }, order) => [
      menus.register('editor/title', { command: `tasks.${mode}`, group: '1_show', order, when: inTask }),
      commands.register({
        id: `tasks.${mode}`,
        title,
        category: 'Task',
        when: inTask,
        run: () => (editors.active.getState() as TaskDocument | undefined)?.showMode(mode),
      }),
    ]),
    commands.register({
      id: 'tasks.new',
      title: 'New task…',
      category: 'Task',
      icon: 'task',
      when: 'permission:tasks:write',
      async run() {
        const name = await dialogs.input({
          title: 'Name of the new task',
          placeholder: 'classify-message',
          validate: (text) => {
            const parsed = resourceName.safeParse(text.trim());
            return parsed.success
              ? undefined
              : `Expected lower-case letters, digits and -, but it is ${text.trim() ? JSON.stringify(text.trim()) : 'empty'}.`;
          },
        });
        if (!name) return;
        const made = await api.call(taskRoutes.create, { body: { name: name.trim(), content: blankTask } });
        if (made.ok) await editors.open({ kind: 'task', id: made.value.id, name: made.value.name });
        else notifications.failure(made.failure);
      },
    }),
    menus.register('explorer/new', { command: 'tasks.new', order: 40 }),
    commands.register({
      id: 'tasks.delete',
      title: 'Delete task…',
      category: 'Task',
      icon: 'codicon:trash',
      when: `${inTask} && permission:tasks:delete`,
      async run() {
        const document = editors.active.getState() as TaskDocument | undefined;
        if (!document) return;
        const { name } = document.view.getState().saved;
        const answer = await dialogs.ask({
          title: `Delete ${name}.task.json?`,
          message: 'All its versions are deleted. Runs go on with the version they started with.',
          actions: [{ id: 'delete', title: 'Delete', danger: true }],
        });
        if (!answer) return;
        const deleted = await api.call(taskRoutes.delete, { params: { id: document.resource.id } });
        if (deleted.ok) editors.discard(document.resource);
        else notifications.failure(deleted.failure);
      },
    }),
    menus.register('editor/title', { command: 'tasks.delete', group: '9_delete', when: inTask }),
  );
};
