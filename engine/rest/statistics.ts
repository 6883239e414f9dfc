import type { Run } from '@baton/engine/broker';

interface ElementStatistics {
  elementId: string;
  active: number;
  canceled: number;
  incidents: number;
  completed: number;
}

/** How often each element of these runs was entered, and how that ended. */
export async function elementStatistics(
  runs: Iterable<Run> | AsyncIterable<Run>,
): Promise<ElementStatistics[]> {
  const byElement = new Map<string, ElementStatistics>();
  for await (const { elements } of runs) {
    for (const { elementId, state, incidentKey } of elements) {
      const counts = byElement.get(elementId) ?? {
        elementId,
        active: 0,
        canceled: 0,
        incidents: 0,
        completed: 0,
      };
      byElement.set(elementId, counts);
      if (state === 'COMPLETED') counts.completed++;
      else if (state === 'TERMINATED') counts.canceled++;
      else if (incidentKey !== undefined) counts.incidents++;
      else counts.active++;
    }
  }
  return [...byElement.values()];
}
