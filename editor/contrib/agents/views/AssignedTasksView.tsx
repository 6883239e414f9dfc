import './agents.css';
import type { AssignedTask } from '@baton/gateway/api';
import { Callout } from '../../../ui/Callout.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { exactTime } from '../../../ui/time.ts';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import type { AssignedTasks } from '../assignedTasks.ts';

/** The tasks of the agent in front, each at its version and with its instance. */
export function AssignedTasksView({ tasks }: { tasks: AssignedTasks }) {
  const { agent, items, failure } = useReadable(tasks);
  if (!agent) return <p className="assignednone dim sm">Open an agent to see its tasks.</p>;
  if (failure)
    return (
      <div className="agentslist pad">
        <Callout tone="error">{failure.message}</Callout>
      </div>
    );
  if (!items) return <Skeleton lines={2} />;
  if (items.length === 0)
    return (
      <p className="assignednone dim sm">
        None yet. With a task, jobs are checked: what comes in and what goes out.
      </p>
    );
  return (
    <ul className="assigned" aria-label="Assigned tasks">
      {items.map((item) => (
        <Row key={item.task.id} item={item} tasks={tasks} />
      ))}
    </ul>
  );
}

function Row({ item, tasks }: { item: AssignedTask; tasks: AssignedTasks }) {
  const { editors, context } = usePlatform();
  const { task, instance, assignedAt, assignedBy } = item;
  const writable = Boolean(context.get('permission:agents:write'));
  const newer = task.latestVersion !== null && task.latestVersion > task.version;
  const gone = task.latestVersion === null;
  return (
    <li className="row">
      <button
        type="button"
        className="pressablerow assignedname"
        title={`${task.name} v${task.version}, assigned by ${assignedBy}, ${exactTime(assignedAt)}`}
        disabled={gone}
        onClick={() => void editors.open({ kind: 'task', id: task.id, name: task.name }, { preview: true })}
      >
        <Icon name="task" />
        <span className="ellipsis">{task.name}</span>
      </button>
      <InstanceState instance={instance} />
      <span className="dim sm assignedversion">{gone ? 'deleted' : `v${task.version}`}</span>
      {newer && writable && (
        <IconButton
          small
          icon="codicon:arrow-circle-up"
          label={`Use v${task.latestVersion} of ${task.name}: later jobs are checked by it`}
          onClick={() => void tasks.moveToLatest(item)}
        />
      )}
      {newer && !writable && (
        <span className="dim sm" title={`v${task.latestVersion} is there`}>
          <Icon name="codicon:arrow-circle-up" size={14} />
        </span>
      )}
      {writable && (
        <IconButton
          small
          className="onhover"
          icon="codicon:close"
          label={`Unassign ${task.name}`}
          onClick={() => void tasks.unassign(item)}
        />
      )}
    </li>
  );
}

function InstanceState({ instance }: { instance: AssignedTask['instance'] }) {
  if (instance.state === 'running')
    return (
      <span className="c-running instancestate xs" title="Jobs its instance is at">
        <span className="dot live" />
        {instance.running} running
      </span>
    );
  const word =
    instance.state === 'idle'
      ? `Its instance is idle${instance.lastUsedAt ? `, last used ${exactTime(instance.lastUsedAt)}` : ''}`
      : 'Its instance is made when a job comes';
  return (
    <span
      className={`instancestate ${instance.state === 'idle' ? 'c-completed' : 'muted'}`}
      role="img"
      aria-label={word}
      title={word}
    >
      <Icon name={instance.state === 'idle' ? 'codicon:circle-filled' : 'codicon:circle-outline'} size={12} />
    </span>
  );
}

export function AssignedTasksActions({ tasks }: { tasks: AssignedTasks }) {
  const { context } = usePlatform();
  const { agent } = useReadable(tasks);
  if (!agent || !context.get('permission:agents:write')) return null;
  return <IconButton small icon="codicon:add" label="Assign a task…" onClick={() => void tasks.assign()} />;
}
