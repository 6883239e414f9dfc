import type { ConnectionKind } from '@baton/gateway/api';
import type { IconName } from '../../platform/icons.ts';
import type { State } from '../../ui/Badge.tsx';
import type { Trial } from './connectionsStore.ts';

export const kindIcons: { readonly [K in ConnectionKind]: IconName } = {
  postgres: 'codicon:database',
  mysql: 'codicon:database',
  mongodb: 'codicon:json',
  smtp: 'codicon:mail',
};

/** How a connection looks: shape, colour and word differ, so that none of them is the only sign. */
export function trialWords(trial: Trial | undefined): { state: State; icon: IconName; word: string } {
  if (!trial) return { state: 'cancelled', icon: 'codicon:circle-outline', word: 'Not tried' };
  if (trial.state === 'running') return { state: 'running', icon: 'codicon:sync', word: 'Trying…' };
  return trial.ok
    ? { state: 'completed', icon: 'codicon:check', word: 'Connected' }
    : { state: 'incident', icon: 'codicon:error', word: 'Error' };
}
