import type { Feel } from '@baton/engine/feel';
import { type DecisionGraph, readDecisionGraph } from '@baton/engine/model';
import type { DecisionRequirementsValue, DecisionValue } from '@baton/engine/protocol';
import type { Store } from './store.ts';
import { createVersions, type Versions } from './versions.ts';

/** Deployed decisions and the graphs they are part of. */
export interface Decisions {
  readonly versions: Versions<DecisionValue>;
  readonly requirements: Versions<DecisionRequirementsValue>;
  /** Keys of the decisions of a graph, in the order of their deployment. */
  ofRequirements(decisionRequirementsKey: number): number[];
  /** Ready to evaluate; made from the XML once and kept in memory. Throws for a key that is not deployed. */
  graph(decisionRequirementsKey: number): DecisionGraph;
}

/** Graphs kept in memory. */
const KEPT = 200;

export function createDecisions(store: Store, feel: Feel): Decisions {
  const versions = createVersions<DecisionValue>(store, 'decisions', ({ decisionId, ...facts }) => ({
    ...facts,
    id: decisionId,
  }));
  const requirements = createVersions<DecisionRequirementsValue>(
    store,
    'decisionRequirements',
    ({ decisionRequirementsId, decisionRequirementsVersion }) => ({
      id: decisionRequirementsId,
      version: decisionRequirementsVersion,
      versionTag: '',
      deploymentKey: -1,
    }),
  );
  const members = store.table<[number, number], number>('decisionsByRequirements');
  const ready = new Map<number, DecisionGraph>();

  return {
    versions: {
      ...versions,
      add(decision) {
        versions.add(decision);
        members.put([decision.value.decisionRequirementsKey, decision.key], decision.key);
      },
      remove(key) {
        const decision = versions.get(key);
        versions.remove(key);
        if (decision) members.delete([decision.value.decisionRequirementsKey, key]);
      },
    },
    requirements,
    ofRequirements(key) {
      const range = { start: [key, 0] as [number, number], end: [key + 1, 0] as [number, number] };
      return [...members.range(range)].map(({ value }) => value);
    },
    graph(key) {
      const known = ready.get(key);
      if (known) return known;
      const deployed = requirements.get(key);
      if (!deployed)
        throw new Error(`Expected decision requirements ${key} to be deployed, but they are not`);
      const read = readDecisionGraph(deployed.value.resource, feel);
      if (!read.ok) throw new Error(read.failure);
      if (ready.size >= KEPT) ready.delete(ready.keys().next().value!);
      ready.set(key, read.value);
      return read.value;
    },
  };
}
