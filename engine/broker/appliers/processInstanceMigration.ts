import type { Applier } from '../processing/types.ts';
import type { State } from '../state/state.ts';

/** Paths that wait at joins wait there by the flows that theirs are mapped to. */
export const processInstanceMigrated: Applier<'PROCESS_INSTANCE_MIGRATION'> = (state, { key, value }) => {
  const mapped = new Map(
    value.mappingInstructions.map((each) => [each.sourceElementId, each.targetElementId]),
  );
  renameTokens(key, mapped, state);
};

function renameTokens(scopeKey: number, mapped: ReadonlyMap<string, string>, state: State): void {
  const { elementInstances } = state;
  const tokens = [...elementInstances.waiting(scopeKey)]
    .filter((id) => mapped.has(id))
    .map((id) => ({ id, count: elementInstances.tokens(scopeKey, id) }));
  for (const { id } of tokens) elementInstances.setTokens(scopeKey, id, 0);
  for (const { id, count } of tokens) {
    const flow = mapped.get(id)!;
    elementInstances.setTokens(scopeKey, flow, elementInstances.tokens(scopeKey, flow) + count);
  }
  for (const child of elementInstances.children(scopeKey))
    if (child.children > 0 || child.activeFlows > 0) renameTokens(child.key, mapped, state);
}
