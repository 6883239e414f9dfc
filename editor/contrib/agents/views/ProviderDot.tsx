import type { ValidationStatus } from '@baton/gateway/api';
import type { IconName } from '../../../platform/icons.ts';
import type { State } from '../../../ui/Badge.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { statusWord } from '../knownResources.ts';

/** How the connection of the agent's provider is; shape and word differ with the colour. */
export function ProviderDot({ status, name }: { status: ValidationStatus | undefined; name: string }) {
  const { tone, icon } = status ? dots[status] : gone;
  const word = status ? `${name}: ${statusWord(status)}` : `There is no provider ${name} any more`;
  return (
    <span className={`c-${tone} providerdot`} role="img" aria-label={word} title={word}>
      <Icon name={icon} size={12} />
    </span>
  );
}

interface Dot {
  tone: State;
  icon: IconName;
}
const gone: Dot = { tone: 'incident', icon: 'codicon:error' };
const dots: { readonly [S in ValidationStatus]: Dot } = {
  connected: { tone: 'completed', icon: 'codicon:circle-filled' },
  validating: { tone: 'running', icon: 'codicon:sync' },
  pending: { tone: 'waiting', icon: 'codicon:circle-outline' },
  error: gone,
};
