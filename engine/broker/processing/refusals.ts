import { type Failed, failed, type Rejection, type RejectionType } from '@baton/engine/protocol';

/** A command is refused; `reason` is the sentence of the real broker. */
export function refuse(type: RejectionType, reason: string): Failed<Rejection> {
  return failed({ type, reason });
}

/**
 * What a command names by its key, if its sender may see it: a sender with a tenant sees that tenant's things only, and
 * for others it is as if they did not exist. From here on the command acts for the tenant of the thing.
 */
export function reach<T extends { readonly tenantId: string }>(
  thing: T | undefined,
  context: { readonly tenantId: string; actFor(tenantId: string): void },
): T | undefined {
  if (!thing || (context.tenantId !== '' && context.tenantId !== thing.tenantId)) return undefined;
  if (context.tenantId === '') context.actFor(thing.tenantId);
  return thing;
}
