import type { Agent, AgentRuntime, ValidationStatus } from '@baton/gateway/api';
import { Chip, KindBadge, type State } from '../../../ui/Badge.tsx';
import { Button } from '../../../ui/Button.tsx';
import { counted } from '../../../ui/figures.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { exactTime, relativeTime } from '../../../ui/time.ts';
import { ProviderDot } from './ProviderDot.tsx';

export interface AgentFacts {
  agent: Agent;
  runtime: AgentRuntime | undefined;
  /** How the connection of its provider is; nothing where one may not know. */
  provider: { status: ValidationStatus | undefined } | undefined;
  tasks: number | undefined;
}

const looks = {
  running: { tone: 'running', icon: 'run' },
  idle: { tone: 'cancelled', icon: 'codicon:circle-outline' },
  stopped: { tone: 'waiting', icon: 'codicon:debug-pause' },
} as const satisfies { [S in AgentRuntime['state']]: { tone: State; icon: string } };

/** Whether it runs, idles or is stopped; the place is kept while that is being read. */
export function RuntimePill({ runtime }: { runtime: AgentRuntime | undefined }) {
  if (!runtime) return <span className="runtimeunknown" aria-hidden="true" />;
  const { tone, icon } = looks[runtime.state];
  const word =
    runtime.state === 'running'
      ? counted(runtime.runs.length, 'run')
      : runtime.state === 'stopped'
        ? 'Stopped'
        : 'Idle';
  const means =
    runtime.state === 'stopped' && runtime.stopped
      ? `Stopped by ${runtime.stopped.by}, ${exactTime(runtime.stopped.at)}: its jobs wait, its runs are refused`
      : undefined;
  return (
    <span className={`state ${tone}`} title={means}>
      <Icon name={icon} size={12} />
      {word}
    </span>
  );
}

export function versionWords({ version, draft }: Agent): string {
  return draft ? `Draft of v${version + 1}` : `v${version}`;
}

/** One agent as a card: what it is for, what it asks and how it runs; the whole card opens it. */
export function AgentCard({
  agent,
  runtime,
  provider,
  tasks,
  now,
  open,
  start,
}: AgentFacts & { now: number; open(): void; start: (() => void) | undefined }) {
  const { content } = agent;
  return (
    <li className={runtime?.state === 'stopped' ? 'agentcard is-stopped' : 'agentcard'}>
      <div className="agentcardhead">
        <KindBadge kind="agent" />
        <button type="button" className="agentcardname ellipsis" onClick={open}>
          {agent.name}
        </button>
        <RuntimePill runtime={runtime} />
      </div>
      <p className={content.description ? 'agentcardtext' : 'agentcardtext muted'}>
        {content.description || 'Nobody has said yet what it is for.'}
      </p>
      <div className="agentcardfacts">
        <span className="agentcardmodel sm">
          {provider && <ProviderDot status={provider.status} name={content.provider} />}
          <span className="mono ellipsis">
            {content.provider}/{content.model}
          </span>
        </span>
        {content.tools.length > 0 && (
          <Chip kind="tool">
            {content.tools.length === 1 ? content.tools[0] : counted(content.tools.length, 'tool')}
          </Chip>
        )}
        {(tasks ?? 0) > 0 && <Chip outline>{counted(tasks ?? 0, 'task')}</Chip>}
        {content.memory.kind === 'conversation' && <Chip outline>remembers</Chip>}
      </div>
      <div className="agentcardfoot dim sm">
        <span className={agent.draft ? 'modified' : undefined}>{versionWords(agent)}</span>
        <span>·</span>
        <time dateTime={agent.updatedAt} title={exactTime(agent.updatedAt)}>
          {relativeTime(agent.updatedAt, now)}
        </time>
        <span className="ellipsis">by {agent.updatedBy}</span>
        <span className="grow" />
        {start && (
          <Button size="sm" icon="codicon:play" onClick={start}>
            Start
          </Button>
        )}
      </div>
    </li>
  );
}
