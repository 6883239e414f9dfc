import { z } from 'zod';
import { instant } from '../common.ts';
import { quotaNames } from '../quotas.ts';
import { route } from '../route.ts';

const amount = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const quotaUse = z.object({
  name: z.enum(quotaNames),
  /** In force; null = unlimited. Money in millionths of a US dollar. */
  limit: amount.nullable(),
  /** Lower limit the tenant has set for itself. */
  own: amount.nullable(),
  used: z.number().int(),
  /** By what is under way. */
  reserved: z.number().int(),
  /** When a day or month ends. */
  resetsAt: instant.optional(),
});
export type QuotaUseView = z.infer<typeof quotaUse>;

/** Payload of the topic `alerts`. */
export const quotaAlert = z.object({
  kind: z.literal('quota'),
  quota: z.enum(quotaNames),
  limit: amount,
  used: z.number().int(),
});
export type QuotaAlert = z.infer<typeof quotaAlert>;

export const quotaRoutes = {
  listQuotas: route({
    method: 'GET',
    path: '/quotas',
    rate: 'auth',
    summary: 'What the tenant may have and use up, and what it does',
    permission: 'quotas:read',
    response: z.object({ items: z.array(quotaUse) }),
    status: 200,
    errors: [],
  }),
  updateQuotas: route({
    method: 'PUT',
    path: '/quotas',
    rate: 'auth',
    summary: 'Set lower limits for oneself; what the platform gives is never exceeded',
    permission: 'quotas:write',
    body: z.object({ own: z.partialRecord(z.enum(quotaNames), amount) }),
    response: z.object({ items: z.array(quotaUse) }),
    status: 200,
    errors: [],
  }),
};
