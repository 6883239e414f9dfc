import { taskRoutes } from '@baton/gateway/api';
import { lazy } from 'react';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import type { Contribution } from '../../platform/platform.ts';
import { registerVersionedCommands } from '../../platform/versionedCommands.ts';
import { modeSwitch } from '../../workbench/TwoSides.tsx';
import { blankTask, openTaskDocument, type TaskDocument } from './taskDocument.ts';
import { taskKind } from './taskKind.ts';
import { taskSides } from './taskSides.ts';

const TaskEditor = lazy(() =>
  import('./views/TaskEditor.tsx').then((module) => ({ default: module.TaskEditor })),
);

/** Tasks: typed contracts between a process and an agent. */
export const tasks: Contribution = (platform) => {
  const { documentKinds, versionedKinds, api } = platform;
  return disposeAll(
    versionedKinds.register(taskKind(api)),
    documentKinds.register(
      documentKind<TaskDocument>({
        kind: 'task',
        label: 'Task',
        icon: 'task',
        folder: 'tasks',
        title: (resource) => (resource.name ? `${resource.name}.task.json` : 'Task'),
        open: (resource, options) => openTaskDocument(platform, resource, options.backup),
        EditorPane: TaskEditor,
        HeadActions: modeSwitch(taskSides),
        wide: true,
      }),
    ),
    registerVersionedCommands(platform, {
      kind: 'task',
      label: 'Task',
      order: 40,
      sides: taskSides,
      exampleName: 'classify-message',
      deletion: 'Runs go on with the version they started with.',
      create: (name) => api.call(taskRoutes.create, { body: { name, content: blankTask } }),
      remove: (id) => api.call(taskRoutes.delete, { params: { id } }),
    }),
  );
};
