import { type DeploymentResource, failed, ok, type Result } from '@baton/engine/protocol';
import type { ProcessingContext } from '../types.ts';
import { type Deployment, prepareVersion, type ReadKind } from './kind.ts';

/** What is known of a new version, whatever its kind calls the id and the key. */
interface NewVersion {
  id: string;
  key: number;
  metadata: {
    version: number;
    resourceName: string;
    checksum: string;
    duplicate: false;
    deploymentKey: number;
    versionTag: string;
  };
}

interface IdentifiedKind<V extends { version: number; checksum: string; resourceName: string }> {
  latest(id: string, context: ProcessingContext): V | undefined;
  /** Notes in the deployment that it is known already. */
  keep(latest: V, deployment: Deployment): void;
  /** Emits the version and notes it in the deployment. */
  create(version: NewVersion, content: string, deployment: Deployment, context: ProcessingContext): void;
}

/** Files of JSON that say who they are by `id` and `versionTag`. */
export function identified<V extends { version: number; checksum: string; resourceName: string }>(
  kind: 'form' | 'resource',
  { latest: latestOf, keep, create }: IdentifiedKind<V>,
): ReadKind {
  return (resource) => {
    const read = readIdentity(kind, resource);
    if (!read.ok) return failed(read.failure);
    const { id, versionTag } = read.value;
    return ok([
      {
        resource,
        claims: [{ kind, id }],
        prepare(deployment, context) {
          const latest = latestOf(id, context);
          const keepLatest = (known: V) => keep(known, deployment);
          return prepareVersion(resource, latest, keepLatest, (checksum) => {
            const version: NewVersion = {
              id,
              key: context.nextKey(),
              metadata: {
                version: (latest?.version ?? 0) + 1,
                resourceName: resource.resourceName,
                checksum,
                duplicate: false,
                deploymentKey: deployment.key,
                versionTag,
              },
            };
            return () => {
              create(version, resource.resource, deployment, context);
              return undefined;
            };
          });
        },
      },
    ]);
  };
}

const NOTHING =
  'No content to map due to end-of-input\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1]';

/** What the real broker calls a file that holds nothing but `null`. */
const nullNames = { form: 'form', resource: 'res' };

/** The `id` and `versionTag` of a JSON file, or what is wrong with them in the words of the real broker. */
function readIdentity(
  kind: 'form' | 'resource',
  { resourceName, resource }: DeploymentResource,
): Result<{ id: string; versionTag: string }, string> {
  const unreadable = (reason: string) => failed(`Failed to parse ${kind} JSON. '${resourceName}': ${reason}`);
  if (resource.trim() === '') return unreadable(NOTHING);
  let value: unknown;
  try {
    value = JSON.parse(resource);
  } catch (thrown) {
    return unreadable((thrown as Error).message);
  }
  if (value === null)
    return failed(`'${resourceName}': Cannot read field "id" because "${nullNames[kind]}" is null`);
  if (typeof value !== 'object' || Array.isArray(value))
    return unreadable('Expected an object, but it is none');
  const { id, versionTag } = value as { id?: unknown; versionTag?: unknown };
  const isText = (one: unknown) => one === undefined || one === null || typeof one !== 'object';
  if (!isText(id) || !isText(versionTag)) return unreadable("Expected 'id' and 'versionTag' to be texts");
  if (id === undefined || id === null) return failed(`Expected the ${kind} id to be present, but none given`);
  if (`${id}`.trim() === '') return failed(`Expected the ${kind} id to be filled, but it is blank`);
  return ok({ id: `${id}`, versionTag: `${versionTag ?? ''}` });
}
