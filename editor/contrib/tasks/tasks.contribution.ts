import { createElement, lazy } from 'react';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import type { Contribution } from '../../platform/platform.ts';
import { registerVersionedCommands } from '../../platform/versionedCommands.ts';
import { bound } from '../../workbench/bound.ts';
import { modeSwitch } from '../../workbench/TwoSides.tsx';
import { blankTask, openTaskDocument, type TaskDocument } from './taskDocument.ts';
import { taskKind } from './taskKind.ts';
import { taskSides } from './taskSides.ts';
import { createTasks } from './tasksStore.ts';
import { createTaskUsers } from './taskUsers.ts';
import { TasksActions, TasksList } from './views/TasksList.tsx';
import { UsedByActions, UsedByView } from './views/UsedByView.tsx';

const TaskEditor = lazy(() =>
  import('./views/TaskEditor.tsx').then((module) => ({ default: module.TaskEditor })),
);

/** Tasks: typed contracts between a process and an agent. */
export const tasks: Contribution = (platform) => {
  const { documentKinds, versionedKinds, api, views, commands, menus, layout } = platform;
  const readable = Boolean(platform.context.get('permission:tasks:read'));
  const users = createTaskUsers(platform);
  const versioned = taskKind(api);
  const parts: Disposable[] = [];
  if (readable) {
    const list = createTasks(platform);
    parts.push(
      list,
      views.registerContainer({ id: 'tasks', title: 'Tasks', icon: 'task', order: 60 }),
      views.register({
        id: 'tasks.list',
        container: 'tasks',
        title: 'Tasks',
        order: 10,
        headless: true,
        View: bound(TasksList, { tasks: list }),
        Actions: TasksActions,
      }),
      views.register({
        id: 'tasks.users',
        container: 'tasks',
        title: 'Used by',
        order: 20,
        fits: true,
        View: bound(UsedByView, { users }),
        Actions: bound(UsedByActions, { users }),
      }),
      commands.register({
        id: 'tasks.show',
        title: 'Show tasks',
        category: 'View',
        icon: 'task',
        run: () => layout.showContainer('tasks'),
      }),
      menus.register('menubar/view', { command: 'tasks.show', group: '3_views', order: 60 }),
    );
  }
  return disposeAll(
    users,
    ...parts,
    commands.register({
      id: 'tasks.assign',
      title: 'Assign to an agent…',
      category: 'Task',
      icon: 'agent',
      when: "documentKind == 'task' && permission:agents:write",
      run: () => users.assign(),
    }),
    menus.register('editor/title', {
      command: 'tasks.assign',
      group: '3_assign',
      when: "documentKind == 'task'",
    }),
    versionedKinds.register(versioned),
    documentKinds.register(
      documentKind<TaskDocument>({
        kind: 'task',
        label: 'Task',
        icon: 'task',
        folder: 'tasks',
        title: (resource) => (resource.name ? versioned.fileName(resource.name) : 'Task'),
        open: (resource, options) => openTaskDocument(platform, resource, options.backup),
        EditorPane: (props) => createElement(TaskEditor, { ...props, users }),
        HeadActions: modeSwitch(taskSides),
        wide: true,
      }),
    ),
    registerVersionedCommands(platform, {
      versioned,
      sides: taskSides,
      exampleName: 'classify-message',
      begin: () => blankTask,
    }),
  );
};
