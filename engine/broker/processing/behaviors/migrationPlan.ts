import type { ExecutableElement, ExecutableProcess } from '@baton/engine/model';
import type { ElementInstance } from '../../state/elementInstances.ts';
import type { Process } from '../../state/processes.ts';
import type { State } from '../../state/state.ts';

/** Where one process instance goes, and as what. */
export interface Plan {
  /** Of the process instance. */
  key: number;
  definition: Process;
  source: ExecutableProcess;
  target: ExecutableProcess;
  /** Target ids by source ids, of elements and sequence flows. */
  mapped: ReadonlyMap<string, string>;
}

export function typeOfId(id: string, { elements, flows }: ExecutableProcess): string | undefined {
  return elements.get(id)?.type ?? (flows.has(id) ? 'SEQUENCE_FLOW' : undefined);
}

/** What an element itself waits for, as the real broker names it; undefined when it waits for nothing. */
export function eventKind(element: ExecutableElement): string | undefined {
  if (!('trigger' in element) || element.trigger.kind === 'none') return undefined;
  return element.trigger.kind.toUpperCase();
}

/** Gateways of a scope that some of their flows have reached. */
export function* joinsOf(
  scope: ElementInstance,
  { elements, flows }: ExecutableProcess,
  { elementInstances }: State,
): Generator<{ gateway: ExecutableElement; flows: string[] }> {
  const reached = new Map<ExecutableElement, string[]>();
  for (const id of elementInstances.waiting(scope.key)) {
    const target = elements.get(flows.get(id)?.target ?? '');
    if (target?.type !== 'PARALLEL_GATEWAY' && target?.type !== 'INCLUSIVE_GATEWAY') continue;
    if (target.incoming.length < 2) continue;
    reached.set(target, [...(reached.get(target) ?? []), id]);
  }
  for (const [gateway, ids] of reached) yield { gateway, flows: ids };
}

/** What an element waits for: its own event, those at its boundary, behind a gateway, or of event sub-processes in it. */
export function eventsOf(
  element: ExecutableElement,
  { elements }: ExecutableProcess,
): { id: string; element: ExecutableElement }[] {
  const own = eventKind(element) === undefined ? [] : [element.id];
  const behind = element.type === 'EVENT_BASED_GATEWAY' ? element.events : [];
  const handlers = 'handlers' in element ? element.handlers : [];
  return [...own, ...element.boundaryEvents, ...behind, ...handlers].map((id) => ({
    id,
    element: id === element.id ? element : elements.get(id)!,
  }));
}
