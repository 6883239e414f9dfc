import { readDecisionGraph } from '@baton/engine/model';
import { type DecisionRequirementsValue, type DecisionValue, failed, ok } from '@baton/engine/protocol';
import { prepareVersion, type ReadKind } from './kind.ts';

/** A `.dmn` file: a graph and its decisions. */
export const decisions: ReadKind = (resource, { feel }) => {
  const { resourceName } = resource;
  const read = readDecisionGraph(resource.resource, feel);
  if (!read.ok) return failed(`'${resourceName}': ${read.failure}`);
  const graph = read.value;
  const claimed = [...graph.decisions.keys()].map((id) => ({ kind: 'decision', id }) as const);
  return ok([
    {
      resource,
      claims: [{ kind: 'decision requirements', id: graph.id }, ...claimed],
      prepare({ key: deploymentKey, decisionsMetadata, decisionRequirementsMetadata }, context) {
        const { state, tenantId } = context;
        const { versions, requirements, ofRequirements } = state.decisions;
        const keep = ({ resource: _, ...known }: DecisionRequirementsValue) => {
          decisionRequirementsMetadata.push({ ...known, duplicate: true });
          for (const key of ofRequirements(known.decisionRequirementsKey))
            decisionsMetadata.push({ ...versions.get(key)!.value, duplicate: true });
        };
        const latest = requirements.latest(tenantId, graph.id);
        return prepareVersion(resource, latest?.value, keep, (checksum) => {
          const metadata = {
            decisionRequirementsId: graph.id,
            decisionRequirementsName: graph.name,
            decisionRequirementsVersion: (latest?.value.decisionRequirementsVersion ?? 0) + 1,
            decisionRequirementsKey: context.nextKey(),
            namespace: graph.namespace,
            resourceName,
            checksum,
            duplicate: false,
          };
          const { decisionRequirementsKey } = metadata;
          const made = [...graph.decisions.values()].map(
            (decision): DecisionValue => ({
              decisionId: decision.id,
              decisionName: decision.name,
              version: (versions.latest(tenantId, decision.id)?.value.version ?? 0) + 1,
              decisionKey: context.nextKey(),
              decisionRequirementsId: graph.id,
              decisionRequirementsKey,
              duplicate: false,
              deploymentKey,
              versionTag: decision.versionTag,
            }),
          );
          return () => {
            const value = { ...metadata, resource: resource.resource };
            context.event('DECISION_REQUIREMENTS', 'CREATED', decisionRequirementsKey, value);
            for (const decision of made) context.event('DECISION', 'CREATED', decision.decisionKey, decision);
            decisionRequirementsMetadata.push(metadata);
            decisionsMetadata.push(...made);
            return undefined;
          };
        });
      },
    },
  ]);
};
