import './Badge.css';
import type { ReactNode } from 'react';
import type { IconName, Kind } from '../platform/icons.ts';
import { Icon } from './Icon.tsx';

export type State = 'running' | 'waiting' | 'incident' | 'completed' | 'cancelled';

const states: Record<State, { icon: IconName; word: string }> = {
  running: { icon: 'run', word: 'Running' },
  waiting: { icon: 'codicon:watch', word: 'Waiting' },
  incident: { icon: 'codicon:zap', word: 'Incident' },
  completed: { icon: 'codicon:check', word: 'Completed' },
  cancelled: { icon: 'codicon:close', word: 'Cancelled' },
};

/** State of a run or element: tint, shape and word, so that colour is never the only sign. */
export function StatePill({
  state,
  children,
  plain,
}: {
  state: State;
  children?: ReactNode;
  plain?: boolean;
}) {
  return (
    <span className={`state ${state}${plain ? ' plain' : ''}`}>
      <Icon name={states[state].icon} size={12} />
      {children ?? states[state].word}
    </span>
  );
}

/** The shape of a state alone, for lists whose rows are named for it elsewhere; read aloud as its word. */
export function StateIcon({ state }: { state: State }) {
  return (
    <span className={`c-${state} stateicon`} role="img" aria-label={states[state].word}>
      <Icon name={states[state].icon} />
    </span>
  );
}

/** What a thing is: tinted square with its icon. */
export function KindBadge({ kind, icon, large }: { kind: Kind; icon?: IconName; large?: boolean }) {
  return (
    <span className={`kind ${kind === 'task' ? 'process' : kind}${large ? ' lg' : ''}`}>
      <Icon name={icon ?? kind} size={large ? 20 : 14} />
    </span>
  );
}

export function CountBadge({ count }: { count: number }) {
  return <span className="count-badge">{count > 999 ? `${(count / 1000).toFixed(1)}k` : count}</span>;
}

/** A small thing one can open or remove; `outline` for plain facts. */
export function Chip({ kind, outline, children }: { kind?: Kind; outline?: boolean; children: ReactNode }) {
  return (
    <span className={['chip', kind, outline && 'outline'].filter(Boolean).join(' ')}>
      {kind && <Icon name={kind} size={12} />}
      {children}
    </span>
  );
}

export function Avatar({ initials, large }: { initials: string; large?: boolean }) {
  const hue = 'abcde'[[...initials].reduce((sum, char) => sum + char.charCodeAt(0), 0) % 5];
  return <span className={`avatar ${hue}${large ? ' lg' : ''}`}>{initials}</span>;
}
