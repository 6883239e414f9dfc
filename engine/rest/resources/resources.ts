import { commands, referred } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import { notFound, refused } from '../problem.ts';
import { readCommandKey, readKey, readReference } from '../requests.ts';
import type { RestContext, RestRequest, Routes } from '../route.ts';

export const resources: Routes = {
  'POST /v2/resources/{key}/deletion': async (request, { broker }) => {
    const key = readCommandKey('resourceKey', request.params.key);
    if (!key.ok) return key;
    const body = request.json();
    if (!body.ok) return body;
    const reference = readReference(body.value);
    if (!reference.ok) return reference;
    const deleted = await broker.execute(referred(commands.deleteResource(key.value), reference.value));
    return deleted.ok ? ok({ status: 204 }) : failed(refused('DELETE', deleted.failure));
  },

  'GET /v2/resources/{key}': (request, context) => {
    const resource = find(request, context);
    if (!resource.ok) return resource;
    const { key, tenantId, value } = resource.value;
    const { resourceName, version, versionTag, resourceId } = value;
    return ok({
      status: 200,
      json: {
        resourceKey: String(key),
        resourceId,
        resourceName,
        version,
        versionTag: versionTag || undefined,
        tenantId,
      },
    });
  },

  'GET /v2/resources/{key}/content': (request, context) => {
    const resource = find(request, context);
    if (!resource.ok) return resource;
    const { resourceProp } = resource.value.value;
    return ok({ status: 200, text: resourceProp, type: 'application/json' });
  },
};

function find({ params }: RestRequest, { broker }: RestContext) {
  const key = readKey('resourceKey', params.key);
  if (!key.ok) return key;
  const resource = broker.queries.resource(key.value);
  if (resource) return ok(resource);
  return failed(
    notFound(
      `Command 'FETCH' rejected with code 'NOT_FOUND': Expected to fetch resource but no resource found with key \`${params.key}\``,
    ),
  );
}
