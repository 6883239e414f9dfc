import { secretNamePattern } from '@baton/tools-registry/contract';
import { z } from 'zod';
import { instant, listOf, page } from '../common.ts';
import { route } from '../route.ts';

const name = z.string().regex(secretNamePattern, 'Expected a name of letters, digits, _ . and -');
const params = z.object({ name });
const value = z.string().min(4).max(16_000);

/** A secret of the tenant, without what it is: nobody reads that again but the tools it is granted to. */
export const secretInfo = z.object({ name: z.string(), changedAt: instant, changedBy: z.string() });
export type SecretInfo = z.infer<typeof secretInfo>;

export const secretRoutes = {
  list: route({
    method: 'GET',
    path: '/secrets',
    summary: 'Names of the tenant’s secrets',
    permission: 'secrets:read',
    query: page,
    response: listOf(secretInfo),
    status: 200,
    errors: [],
  }),
  create: route({
    method: 'POST',
    path: '/secrets',
    summary: 'Keep a secret for tools that it is granted to; it is stored encrypted and never answered',
    permission: 'secrets:write',
    body: z.object({ name, value }),
    response: secretInfo,
    status: 201,
    errors: ['ALREADY_EXISTS'],
  }),
  replace: route({
    method: 'PUT',
    path: '/secrets/:name',
    summary: 'Give a secret another value',
    permission: 'secrets:write',
    params,
    body: z.object({ value }),
    response: secretInfo,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  delete: route({
    method: 'DELETE',
    path: '/secrets/:name',
    summary: 'Delete a secret; tools that ask for it fail from then on',
    permission: 'secrets:write',
    params,
    status: 204,
    errors: ['NOT_FOUND'],
  }),
};
