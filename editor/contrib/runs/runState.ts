import type { ElementInstance, Instance } from '@baton/gateway/api';
import type { State } from '../../ui/Badge.tsx';
import type { TokenCounts } from '../../ui/diagram/index.ts';

/** The state of a run as people name it. */
export function runState(
  instance: Pick<Instance, 'state' | 'incidents'>,
  elements: readonly ElementInstance[] = [],
): State {
  if (instance.state === 'COMPLETED') return 'completed';
  if (instance.state === 'TERMINATED') return 'cancelled';
  if (instance.incidents > 0) return 'incident';
  const active = elements.filter((element) => element.state === 'ACTIVE' && !scopes.has(element.elementType));
  return active.length > 0 && active.every(isWaiting) ? 'waiting' : 'running';
}

const scopes = new Set(['PROCESS', 'SUB_PROCESS']);

/** Stands until a person, a message or the clock moves it on. */
function isWaiting(element: ElementInstance): boolean {
  return element.elementType === 'USER_TASK' || element.elementType.endsWith('_EVENT');
}

/** What stands where, for the tokens on the diagram. */
export function tokenCounts(elements: readonly ElementInstance[]): Map<string, TokenCounts> {
  const counts = new Map<string, TokenCounts>();
  for (const element of elements) {
    if (element.elementType === 'PROCESS') continue;
    const before = counts.get(element.elementId) ?? { running: 0, waiting: 0, incident: 0, completed: 0 };
    const state = stateOf(element);
    if (state) counts.set(element.elementId, { ...before, [state]: before[state] + 1 });
  }
  return counts;
}

function stateOf(element: ElementInstance): keyof TokenCounts | undefined {
  if (element.state === 'COMPLETED') return 'completed';
  if (element.state === 'TERMINATED') return undefined;
  if (element.incidentKey) return 'incident';
  return isWaiting(element) ? 'waiting' : 'running';
}
