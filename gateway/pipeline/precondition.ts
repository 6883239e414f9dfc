import { ok } from '@baton/engine/protocol';
import { refuse } from '../refusal.ts';
import type { Stage } from './exchange.ts';

/** Rows that save over a version ask for the hash the client edited (RFC 9110 §13.1.1); others that may conflict take one. */
export const precondition: Stage = (exchange) => {
  const { errors } = exchange.row;
  if (!errors.includes('VERSION_CONFLICT')) return ok();
  const header = exchange.request.get('if-match')?.trim();
  if (!header) {
    if (!errors.includes('IF_MATCH_REQUIRED')) return ok();
    return refuse(
      'IF_MATCH_REQUIRED',
      'Expected the header If-Match with the ETag of the version that was edited, but there is none',
    );
  }
  exchange.ifMatch = header.replace(/^"(.*)"$/, '$1');
  return ok();
};
