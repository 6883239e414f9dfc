import type { Provider } from '@baton/gateway/api';
import type { IconName } from '../../platform/icons.ts';
import type { State } from '../../ui/Badge.tsx';

/** How a connection looks: shape, colour and word differ, so that none of them is the only sign. */
export function connectionOf({ validation_status, validation_code }: Provider): {
  state: State;
  icon: IconName;
  word: string;
} {
  switch (validation_status) {
    case 'connected':
      return { state: 'completed', icon: 'codicon:check', word: 'Connected' };
    case 'validating':
      return { state: 'running', icon: 'codicon:sync', word: 'Checking…' };
    case 'pending':
      return { state: 'waiting', icon: 'codicon:watch', word: 'Not checked' };
    default:
      return validation_code === 'KEY_MISSING'
        ? { state: 'waiting', icon: 'codicon:key', word: 'Key missing' }
        : { state: 'incident', icon: 'codicon:error', word: 'Error' };
  }
}

export const typeIcons: { readonly [T in Provider['type']]: IconName } = {
  ollama: 'codicon:server',
  openai: 'codicon:cloud',
  'openai-compatible': 'codicon:cloud',
  anthropic: 'codicon:cloud',
  local: 'codicon:chip',
  mock: 'codicon:beaker',
  scripted: 'codicon:output',
};

/** What stands for the address of those that have none. */
export const placesWithout: { readonly [T in Provider['type']]?: string } = {
  local: 'files here, no server',
  mock: 'built in, deterministic',
  scripted: 'by its scenario',
};

/** `a, b, 3 more`. */
export function someOf(models: readonly string[]): string {
  if (models.length === 0) return 'None yet';
  return models.length <= 2 ? models.join(', ') : `${models[0]}, ${models.length - 1} more`;
}
