import './tasksView.css';
import type { AssignedAgent } from '@baton/gateway/api';
import { isDrafted } from '../../../platform/draftedDocument.ts';
import { Callout } from '../../../ui/Callout.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { exactTime } from '../../../ui/time.ts';
import { useActiveDocument, usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import type { TaskUsers } from '../taskUsers.ts';

/** The agents that have the task in front, each with the version its jobs are checked by. */
export function UsedByView({ users }: { users: TaskUsers }) {
  const { task, agents, failure } = useReadable(users);
  const active = useActiveDocument();
  if (!task) return <p className="tasksnone dim sm">Open a task to see who uses it.</p>;
  if (failure)
    return (
      <div className="tasksnote">
        <Callout tone="error">{failure.message}</Callout>
      </div>
    );
  if (!agents) return <Skeleton lines={2} />;
  if (agents.length === 0)
    return (
      <p className="tasksnone dim sm">No agent has it yet. Assigned, it checks what comes in and out.</p>
    );
  const latest = isDrafted(active) ? active.kept.getState().published.version : 0;
  return (
    <ul className="usedby" aria-label="Agents that have the task">
      {agents.map((one) => (
        <User key={one.agent.id} one={one} latest={latest} users={users} />
      ))}
    </ul>
  );
}

function User({ one, latest, users }: { one: AssignedAgent; latest: number; users: TaskUsers }) {
  const { editors, context } = usePlatform();
  const { agent, task, assignedAt, assignedBy, instance } = one;
  const writable = Boolean(context.get('permission:agents:write'));
  return (
    <li className="row">
      <button
        type="button"
        className="usedbyname"
        title={`Assigned by ${assignedBy}, ${exactTime(assignedAt)}`}
        onClick={() =>
          void editors.open({ kind: 'agent', id: agent.id, name: agent.name }, { preview: true })
        }
      >
        <span className="c-agent">
          <Icon name="agent" />
        </span>
        <span className="ellipsis">{agent.name}</span>
      </button>
      {instance.running > 0 && <span className="c-running xs">{instance.running} running</span>}
      <span className="dim sm">v{task.version}</span>
      {writable && task.version < latest && (
        <IconButton
          small
          icon="codicon:arrow-circle-up"
          label={`Use v${latest} for ${agent.name}: later jobs are checked by it`}
          onClick={() => void users.move(one, latest)}
        />
      )}
      {writable && (
        <IconButton
          small
          className="onhover"
          icon="codicon:close"
          label={`Take the task from ${agent.name}`}
          onClick={() => void users.unassign(one)}
        />
      )}
    </li>
  );
}

export function UsedByActions({ users }: { users: TaskUsers }) {
  const { context } = usePlatform();
  const { task } = useReadable(users);
  if (!task || !context.get('permission:agents:write')) return null;
  return (
    <IconButton small icon="codicon:add" label="Assign to an agent…" onClick={() => void users.assign()} />
  );
}
