import './tasksView.css';
import type { Task } from '@baton/gateway/api';
import { useState } from 'react';
import { resourceKey } from '../../../platform/documents.ts';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { List } from '../../../ui/List.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { useActiveDocument, usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { useRemaining } from '../../../workbench/useRemaining.ts';
import type { Tasks } from '../tasksStore.ts';

/** The tenant's tasks in the side bar, each with the fields of its answer. */
export function TasksList({ tasks }: { tasks: Tasks }) {
  const platform = usePlatform();
  const { items, failure } = useRemaining(tasks, 'task', ({ id }) => id);
  const problems = useReadable(platform.problems);
  const active = useActiveDocument()?.resource;
  const [text, setText] = useState('');
  if (failure)
    return (
      <div className="tasksnote">
        <Callout tone="error">{failure.message}</Callout>
      </div>
    );
  if (!items) return <Skeleton lines={6} />;
  if (items.length === 0)
    return (
      <EmptyState
        icon="task"
        title="No tasks yet"
        action={
          platform.commands.enabled('tasks.new') && (
            <Button look="primary" onClick={() => void platform.commands.run('tasks.new')}>
              New task
            </Button>
          )
        }
      >
        A task is what an agent is asked and what it must answer, field by field: “kind: one of order,
        complaint, question”.
      </EmptyState>
    );
  const shown = items.filter((task) => matches(task, text));
  return (
    <div className="taskslist">
      <div className="tasksfind">
        <Input
          small
          icon="codicon:search"
          aria-label="Find tasks"
          placeholder="Search tasks and fields"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
      {shown.length === 0 && <p className="tasksnone dim">No task or field has “{text.trim()}” in it.</p>}
      <List
        label="Tasks"
        tall
        items={shown}
        idOf={(task) => task.id}
        selected={active?.kind === 'task' ? active.id : undefined}
        onSelect={(task) =>
          void platform.editors.open({ kind: 'task', id: task.id, name: task.name }, { preview: true })
        }
        render={(task) => {
          const own = problems.get(resourceKey({ kind: 'task', id: task.id }))?.problems ?? [];
          const wrong = own.filter(({ severity }) => severity === 'error').length;
          const marks = [wrong || undefined, task.draft && 'M'].filter(Boolean).join(', ');
          return (
            <span className="taskrow" title={task.content.description || undefined}>
              <Icon name="task" />
              <span className="tasklines">
                <span className={wrong ? 'ellipsis is-wrong' : 'ellipsis'}>{task.name}</span>
                <span className="dim sm ellipsis">{fieldNames(task).join(', ') || 'No fields'}</span>
              </span>
              {marks && (
                <span className={wrong ? 'taskmarks is-wrong' : 'taskmarks'} title={marksTip(wrong, task)}>
                  {marks}
                </span>
              )}
            </span>
          );
        }}
      />
    </div>
  );
}

function marksTip(wrong: number, { draft }: Task): string {
  return [
    wrong > 0 && (wrong === 1 ? '1 problem' : `${wrong} problems`),
    draft && `Draft by ${draft.updatedBy}`,
  ]
    .filter(Boolean)
    .join(', ');
}

export function TasksActions() {
  const platform = usePlatform();
  if (!platform.context.get('permission:tasks:write')) return null;
  return (
    <IconButton icon="codicon:add" label="New task" onClick={() => void platform.commands.run('tasks.new')} />
  );
}

/** Fields of the answer. */
function fieldNames({ content }: Task): string[] {
  const { properties } = content.responseSchema;
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

function matches(task: Task, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  const parts = [task.name, task.content.description, ...fieldNames(task)];
  return parts.some((part) => part.toLowerCase().includes(wanted));
}
