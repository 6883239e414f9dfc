import type { Access } from '../access/access.ts';
import type { Standing } from '../access/standing.ts';
import type { TenantNames } from '../access/tenantNames.ts';
import type { VerifyToken } from '../auth/verifyToken.ts';
import type { VerifyKey } from '../keys/verifyKey.ts';
import { authenticate } from './authenticate.ts';
import { authorize } from './authorize.ts';
import type { Stage } from './exchange.ts';
import { type IdempotencyOptions, idempotency } from './idempotency.ts';
import { tenantIpFilter } from './ipFilter.ts';
import { jsonBody } from './jsonBody.ts';
import { precondition } from './precondition.ts';
import { type QuotaStageOptions, quota, requestQuota } from './quota.ts';
import { type RateLimitOptions, rateLimit } from './rateLimit.ts';
import { tenant } from './tenant.ts';
import { validate } from './validate.ts';

export interface StageOptions {
  verify: VerifyToken;
  verifyKey: VerifyKey;
  agree: TenantNames;
  standing: Standing;
  access: Access;
  limits: RateLimitOptions;
  repetition: IdempotencyOptions;
  metering: QuotaStageOptions;
}

/**
 * What a request of `/api` passes before its handler, in this order. Nothing is read from the body of a stranger;
 * nothing is validated for somebody who may not ask.
 */
export function stages({
  verify,
  verifyKey,
  agree,
  standing,
  access,
  limits,
  repetition,
  metering,
}: StageOptions): readonly Stage[] {
  return [
    authenticate(verify, verifyKey),
    tenant(agree, standing),
    tenantIpFilter(limits.tenantLimits),
    authorize(access),
    rateLimit(limits),
    requestQuota(metering),
    jsonBody(),
    idempotency(repetition),
    precondition,
    validate,
    quota(metering),
  ];
}
