import type { ExecutableElement, ExecutableProcess } from '@baton/engine/model';
import type { State } from '../../state/state.ts';

/** Why a gateway that joins paths may not be entered yet; undefined when it may. */
export function obstacleToJoin(
  gateway: ExecutableElement,
  scopeKey: number,
  process: ExecutableProcess,
  state: State,
): string | undefined {
  if (gateway.incoming.length < 2) return undefined;
  const { elementInstances } = state;
  const isTaken = ({ id }: { id: string }) => elementInstances.tokens(scopeKey, id) > 0;
  if (gateway.type === 'PARALLEL_GATEWAY') {
    if (gateway.incoming.every(isTaken)) return undefined;
    return `Expected to be able to activate parallel gateway '${gateway.id}', but not all sequence flows have been taken.`;
  }
  if (gateway.type === 'INCLUSIVE_GATEWAY') {
    const open = new Set(gateway.incoming.filter((flow) => !isTaken(flow)).map(({ id }) => id));
    if (open.size === 0) return undefined;
    // with none taken, another path has brought the gateway all there was
    const some = open.size < gateway.incoming.length;
    if (some && !canBeTaken(open, underWay(gateway, scopeKey, process, state), process)) return undefined;
    return `Expected to be able to activate inclusive gateway '${gateway.id}', but not all sequence flows with a path to it have been taken.`;
  }
  return undefined;
}

/** Inclusive gateways at which paths of the scope wait, though nothing can come any more. */
export function* settledJoins(
  scopeKey: number,
  process: ExecutableProcess,
  state: State,
): Generator<ExecutableElement> {
  for (const gateway of process.elements.values()) {
    if (gateway.type !== 'INCLUSIVE_GATEWAY') continue;
    if (!gateway.incoming.some(({ id }) => state.elementInstances.tokens(scopeKey, id) > 0)) continue;
    if (obstacleToJoin(gateway, scopeKey, process, state) === undefined) yield gateway;
  }
}

/** Elements from which something may still come: those active in the scope, and those about to be entered. */
function* underWay(
  gateway: ExecutableElement,
  scopeKey: number,
  { elements, flows }: ExecutableProcess,
  { elementInstances }: State,
): Generator<ExecutableElement> {
  for (const { value } of elementInstances.children(scopeKey)) yield elements.get(value.elementId)!;
  for (const id of elementInstances.waiting(scopeKey)) {
    const flow = flows.get(id);
    // a boundary event that fired waits like a flow, and so does the target of a link
    const target = elements.get(flow ? flow.target : id)!;
    if (target !== gateway) yield target;
  }
}

/** Whether a path leads from one of the elements to one of the flows. */
function canBeTaken(
  open: ReadonlySet<string>,
  from: Iterable<ExecutableElement>,
  { elements }: ExecutableProcess,
): boolean {
  const ahead = [...from];
  const seen = new Set(ahead);
  for (let element = ahead.pop(); element; element = ahead.pop()) {
    const next: string[] = [...element.boundaryEvents];
    if (element.type === 'INTERMEDIATE_THROW_EVENT' && element.event.kind === 'link')
      next.push(element.event.target);
    for (const { id, target } of element.outgoing) {
      if (open.has(id)) return true;
      next.push(target);
    }
    for (const id of next) {
      const target = elements.get(id)!;
      if (seen.has(target)) continue;
      seen.add(target);
      ahead.push(target);
    }
  }
  return false;
}
