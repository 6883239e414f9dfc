import { type DeploymentResource, failed, ok, type Result } from '@baton/engine/protocol';

/** The `id` and `versionTag` of a JSON file, or what is wrong with them in the words of the real broker. */
export function readIdentified(
  kind: 'form' | 'resource',
  { resourceName, resource }: DeploymentResource,
): Result<{ id: string; versionTag: string }, string> {
  const unreadable = (reason: string) => failed(`Failed to parse ${kind} JSON. '${resourceName}': ${reason}`);
  let value: unknown;
  try {
    value = JSON.parse(resource);
  } catch (thrown) {
    return unreadable((thrown as Error).message);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return unreadable('Expected an object, but it is none');
  const { id, versionTag } = value as { id?: unknown; versionTag?: unknown };
  const isText = (one: unknown) => one === undefined || one === null || typeof one !== 'object';
  if (!isText(id) || !isText(versionTag)) return unreadable("Expected 'id' and 'versionTag' to be texts");
  if (id === undefined || id === null) return failed(`Expected the ${kind} id to be present, but none given`);
  if (`${id}`.trim() === '') return failed(`Expected the ${kind} id to be filled, but it is blank`);
  return ok({ id: `${id}`, versionTag: `${versionTag ?? ''}` });
}
