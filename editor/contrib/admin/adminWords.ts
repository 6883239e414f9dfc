import type { ApiKey, InvitationView } from '@baton/gateway/api';
import type { IconName } from '../../platform/icons.ts';
import type { State } from '../../ui/Badge.tsx';

/** Shape, colour and word of a state: none of them is the only sign. */
export interface StateWords {
  state: State;
  icon: IconName;
  word: string;
}

export function invitationState({ status, acceptedBy }: InvitationView): StateWords {
  switch (status) {
    case 'open':
      return { state: 'waiting', icon: 'codicon:mail', word: 'Open' };
    case 'accepted':
      return { state: 'completed', icon: 'codicon:check', word: `Accepted by ${acceptedBy ?? 'somebody'}` };
    case 'expired':
      return { state: 'cancelled', icon: 'codicon:watch', word: 'Expired' };
    case 'revoked':
      return { state: 'cancelled', icon: 'codicon:discard', word: 'Taken back' };
  }
}

const hour = 3_600_000;
/** Before a key ends somebody has this many ms to replace it. */
const soon = 7 * 24 * hour;

export function keyState({ status, expiresAt, replacedUntil }: ApiKey, now: number): StateWords {
  if (status === 'revoked') return { state: 'cancelled', icon: 'codicon:circle-slash', word: 'Revoked' };
  if (status === 'expired') return { state: 'cancelled', icon: 'codicon:watch', word: 'Expired' };
  if (replacedUntil && Date.parse(replacedUntil) > now)
    return { state: 'running', icon: 'codicon:sync', word: 'Replaced, old one still works' };
  if (expiresAt && Date.parse(expiresAt) - now < soon)
    return { state: 'waiting', icon: 'codicon:warning', word: 'Ends soon' };
  return { state: 'completed', icon: 'codicon:check', word: 'Active' };
}

/** `in 3 days`, `in 5 h`, `in 20 min`; `past` afterwards. */
export function untilWords(instant: string, now: number): string {
  const left = Date.parse(instant) - now;
  if (left <= 0) return 'past';
  if (left >= 48 * hour) return `in ${Math.floor(left / (24 * hour))} days`;
  if (left >= hour) return `in ${Math.floor(left / hour)} h`;
  return `in ${Math.max(1, Math.floor(left / 60_000))} min`;
}
