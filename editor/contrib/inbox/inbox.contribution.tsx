import { lazy } from 'react';
import { disposeAll } from '../../base/disposable.ts';
import { documentKind } from '../../platform/documents.ts';
import type { Contribution } from '../../platform/platform.ts';
import { createInbox } from './inboxStore.ts';
import type { TaskDocument } from './taskDocument.ts';
import { InboxActions, InboxList } from './views/InboxList.tsx';

const TaskEditor = lazy(() =>
  import('./views/TaskEditor.tsx').then((module) => ({ default: module.TaskEditor })),
);
const inTask = "documentKind == 'userTask'";

/** The inbox: what runs ask of people. */
export const inboxContribution: Contribution = (platform) => {
  const inbox = createInbox(platform);
  const active = () => platform.editors.active.getState() as TaskDocument | undefined;
  const step = async (by: 1 | -1) => {
    const items = inbox.getState().items ?? [];
    const at = items.findIndex((task) => task.key === active()?.resource.id);
    const next = items[(at + by + items.length) % items.length];
    if (next)
      await platform.editors.open({ kind: 'userTask', id: next.key, name: next.name }, { preview: true });
  };
  return disposeAll(
    inbox,
    platform.views.registerContainer({
      id: 'inbox',
      title: 'Inbox',
      icon: 'inbox',
      order: 90,
      badge: inbox.count,
      when: 'permission:userTasks:read',
    }),
    platform.views.register({
      id: 'inbox.list',
      container: 'inbox',
      title: 'Open tasks',
      View: () => <InboxList inbox={inbox} />,
      Actions: () => <InboxActions inbox={inbox} />,
    }),
    platform.documentKinds.register(
      documentKind<TaskDocument>({
        kind: 'userTask',
        label: 'Task',
        icon: 'inbox',
        folder: 'inbox',
        open: async (resource) => (await import('./taskDocument.ts')).openTaskDocument(platform, resource),
        EditorPane: TaskEditor,
      }),
    ),
    platform.commands.register({
      id: 'inbox.show',
      title: 'Show inbox',
      category: 'View',
      icon: 'inbox',
      run: () => platform.layout.showContainer('inbox'),
    }),
    platform.commands.register({
      id: 'inbox.openQuestion',
      title: 'Open the question of a run',
      category: 'Inbox',
      when: 'permission:userTasks:read',
      palette: false,
      run: async (id) => {
        platform.layout.showContainer('inbox');
        const task = await inbox.findQuestion(String(id));
        if (task) await platform.editors.open({ kind: 'userTask', id: task.key, name: task.name });
      },
    }),
    platform.commands.register({
      id: 'inbox.complete',
      title: 'Complete task',
      category: 'Inbox',
      icon: 'codicon:check',
      when: `${inTask} && permission:userTasks:complete`,
      run: () => active()?.complete(),
    }),
    platform.commands.register({
      id: 'inbox.assignToMe',
      title: 'Assign to me',
      category: 'Inbox',
      when: `${inTask} && permission:userTasks:complete`,
      run: () => active()?.assign(platform.me.user.username),
    }),
    platform.commands.register({
      id: 'inbox.next',
      title: 'Next task',
      category: 'Inbox',
      when: inTask,
      run: () => step(1),
    }),
    platform.commands.register({
      id: 'inbox.previous',
      title: 'Previous task',
      category: 'Inbox',
      when: inTask,
      run: () => step(-1),
    }),
    platform.keybindings.register({ key: 'ctrl+enter', command: 'inbox.complete', when: inTask }),
    platform.keybindings.register({ key: 'alt+arrowdown', command: 'inbox.next', when: inTask }),
    platform.keybindings.register({ key: 'alt+arrowup', command: 'inbox.previous', when: inTask }),
  );
};
