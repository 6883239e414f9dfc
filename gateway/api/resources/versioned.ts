import { z } from 'zod';
import { id, idParams, instant, listOf, page, resourceName, versionInfo } from '../common.ts';
import type { Permission } from '../permissions.ts';
import { type RowQuota, route } from '../route.ts';

/**
 * Rows of a versioned resource (agents, tools, tasks): one mechanism, the content is the kind's own.
 * Every save is a version with a content hash; the answer's `ETag` is that hash.
 */
export function versionedRoutes<C extends z.ZodObject, const P extends 'agents' | 'tools' | 'tasks'>(
  plural: P,
  content: C,
) {
  const singular = plural.slice(0, -1);
  const read = `${plural}:read` as Permission;
  const write = `${plural}:write` as Permission;
  const counted = plural === 'tasks' ? undefined : (plural as 'agents' | 'tools');
  const onSave: RowQuota = { takes: ['storageBytes'] };
  const onCreate: RowQuota = { takes: counted ? [counted, 'storageBytes'] : ['storageBytes'] };
  const onDelete: RowQuota | undefined = counted && { returns: counted };
  const resource = z.object({
    id,
    name: resourceName,
    version: z.number().int(),
    hash: z.string(),
    updatedAt: instant,
    updatedBy: z.string(),
    content,
  });
  const body = z.object({ name: resourceName, content, message: z.string().max(500).default('') });
  return {
    list: route({
      method: 'GET',
      path: `/${plural}`,
      summary: `The tenant's ${plural}, by name`,
      permission: read,
      query: page,
      response: listOf(resource),
      status: 200,
      errors: [],
    }),
    create: route({
      quota: onCreate,
      method: 'POST',
      path: `/${plural}`,
      summary: `Save a new ${singular} as version 1`,
      permission: write,
      body,
      response: resource,
      status: 201,
      errors: ['ALREADY_EXISTS'],
      etag: true,
    }),
    get: route({
      method: 'GET',
      path: `/${plural}/:id`,
      summary: `One ${singular}, latest or a given version`,
      permission: read,
      params: idParams,
      query: z.object({ version: z.coerce.number().int().min(1).optional() }),
      response: resource,
      status: 200,
      errors: ['NOT_FOUND'],
      etag: true,
    }),
    update: route({
      quota: onSave,
      method: 'PUT',
      path: `/${plural}/:id`,
      summary: 'Save the next version',
      permission: write,
      params: idParams,
      body: body.partial({ name: true }),
      response: resource,
      status: 200,
      errors: ['NOT_FOUND', 'ALREADY_EXISTS', 'VERSION_CONFLICT', 'IF_MATCH_REQUIRED'],
      etag: true,
    }),
    delete: route({
      quota: onDelete,
      method: 'DELETE',
      path: `/${plural}/:id`,
      summary: `Delete; running instances go on with what they started with`,
      permission: `${plural}:delete` as Permission,
      params: idParams,
      status: 204,
      errors: ['NOT_FOUND'],
    }),
    versions: route({
      method: 'GET',
      path: `/${plural}/:id/versions`,
      summary: 'Saved versions, newest first',
      permission: read,
      params: idParams,
      query: page,
      response: listOf(versionInfo),
      status: 200,
      errors: ['NOT_FOUND'],
    }),
  };
}
