import type { Binding, LinkedResource } from '@baton/engine/model';
import { failed, ok, type Result } from '@baton/engine/protocol';
import type { ElementContext } from '../elementContext.ts';
import type { Failure } from '../types.ts';
import { deploymentOf, findBound } from './bindings.ts';

/** What a job tells of the resources that its element links, as its worker finds it among the headers. */
export function linkResources(
  linked: readonly LinkedResource[],
  context: ElementContext,
): Result<string, Failure> {
  const found: { resourceKey: string; resourceType: string; linkName: string }[] = [];
  for (const { resourceId, resourceType, linkName, binding } of linked) {
    const resource = findBound(context.processing.state.resources, resourceId, binding, context);
    if (!resource)
      return failed({ errorType: 'RESOURCE_NOT_FOUND', message: noResource(resourceId, binding, context) });
    found.push({ resourceKey: `${resource.key}`, resourceType, linkName });
  }
  return ok(JSON.stringify(found));
}

function noResource(id: string, binding: Binding, context: ElementContext): string {
  switch (binding.kind) {
    case 'latest':
      return `Expected to link a resource with id '${id}', but no resource with this id is found, at least a resource with this id should be available. To resolve the Incident please deploy a resource with the same id.`;
    case 'versionTag':
      return `Expected to link a resource with id '${id}' and version tag '${binding.versionTag}', but no such resource found. To resolve the incident, deploy a resource with the given id and version tag.`;
    case 'deployment':
      return `Expected to link a resource with id '${id}' with binding type 'deployment', but no such resource found in the deployment with key ${deploymentOf(context)} which contained the current process. To resolve this incident, migrate the process instance to a process definition that is deployed together with the intended resource to use.`;
  }
}
