import type { Binding } from '@baton/engine/model';
import type { Versioned, Versions } from '../../state/versions.ts';
import type { ElementContext } from '../elementContext.ts';

/** The version of a deployed thing that an element means. */
export function findBound<V>(
  versions: Versions<V>,
  id: string,
  binding: Binding,
  context: ElementContext,
): Versioned<V> | undefined {
  const { tenantId } = context.processing;
  switch (binding.kind) {
    case 'latest':
      return versions.latest(tenantId, id);
    case 'versionTag':
      return versions.tagged(tenantId, id, binding.versionTag);
    case 'deployment':
      return versions.deployedWith(tenantId, id, deploymentOf(context));
  }
}

/** The deployment that the process of an element came with. */
export function deploymentOf({ processing, value }: ElementContext): number {
  return processing.state.processes.get(value.processDefinitionKey)!.value.deploymentKey;
}
