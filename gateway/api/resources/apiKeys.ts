import { z } from 'zod';
import { idParams, instant, listOf, page } from '../common.ts';
import { permissions } from '../permissions.ts';
import { route } from '../route.ts';
import { toolPatterns } from './roles.ts';

const scopes = z.array(z.enum(permissions)).min(1).max(permissions.length);

export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** What it may do at most. */
  scopes: z.array(z.string()),
  /** Tools it sees and calls over MCP, by name or beginning; all without it. */
  tools: z.array(z.string()).optional(),
  status: z.enum(['active', 'expired', 'revoked']),
  createdAt: instant,
  createdBy: z.string(),
  expiresAt: instant.optional(),
  revokedAt: instant.optional(),
  /** To within some minutes. */
  lastUsedAt: instant.optional(),
  /** Until when the key that was replaced still works, too. */
  replacedUntil: instant.optional(),
});
export type ApiKey = z.infer<typeof apiKey>;

/** With the key itself: shown this once. */
const shownOnce = apiKey.extend({ key: z.string() });

export const apiKeyRoutes = {
  list: route({
    method: 'GET',
    path: '/api-keys',
    summary: 'The tenant’s keys for programs, newest first',
    permission: 'apiKeys:read',
    query: page,
    response: listOf(apiKey),
    status: 200,
    errors: [],
  }),
  create: route({
    method: 'POST',
    path: '/api-keys',
    summary: 'Make a key for a program; it is shown this once. It may do no more than who makes it',
    permission: 'apiKeys:write',
    body: z.object({
      name: z.string().trim().min(1).max(100),
      scopes,
      /** Tools it sees and calls over MCP at most; without it those of who makes it. */
      tools: toolPatterns.optional(),
      /** Without it, the key is good until it is revoked. */
      expiresAt: instant.optional(),
    }),
    response: shownOnce,
    status: 201,
    errors: [],
    secret: true,
  }),
  get: route({
    method: 'GET',
    path: '/api-keys/:id',
    summary: 'One key, without the key itself',
    permission: 'apiKeys:read',
    params: idParams,
    response: apiKey,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  rotate: route({
    method: 'POST',
    path: '/api-keys/:id/rotation',
    summary: 'Replace a key; the old one works for a while, too',
    permission: 'apiKeys:write',
    params: idParams,
    body: z.object({
      /** Seconds the old key still works; 0 = no longer. */
      overlap: z
        .number()
        .int()
        .min(0)
        .max(30 * 86_400)
        .default(86_400),
    }),
    response: shownOnce,
    status: 200,
    errors: ['NOT_FOUND', 'INVALID_STATE'],
    secret: true,
  }),
  revoke: route({
    method: 'DELETE',
    path: '/api-keys/:id',
    summary: 'Revoke a key, at once and for good',
    permission: 'apiKeys:write',
    params: idParams,
    status: 204,
    errors: ['NOT_FOUND'],
  }),
};
