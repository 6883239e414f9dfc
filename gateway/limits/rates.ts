import type { RateClass, RateName, Route } from '../api/index.ts';

/** Requests in any minute. */
export type Rates = { readonly [N in RateName]: number };

/** ms of every window. */
export const rateSpan = 60_000;

/**
 * Of an installation that says nothing else. An editor with an open run asks some 100 times a minute, at its worst 10 times
 * that; a tenant's limit holds for 10 busy users at once.
 */
export const defaultRates: Rates = {
  'tenant.read': 30_000,
  'tenant.write': 12_000,
  'tenant.run': 6_000,
  'tenant.auth': 1_200,
  'user.read': 3_000,
  'user.write': 1_200,
  'user.run': 600,
  'user.auth': 120,
  'key.read': 3_000,
  'key.write': 1_200,
  'key.run': 600,
  'key.auth': 120,
  'address.read': 600,
  'address.write': 120,
  'address.run': 120,
  'address.auth': 120,
};

/** Permissions of rows that start work in the engine or in the sandbox. */
const runs = new Set(['instances:start', 'tools:run', 'agents:run']);

/** What kind of load the row is. */
export function rateClassOf({ rate, method, permission }: Route): RateClass {
  if (rate) return rate;
  if (runs.has(permission)) return 'run';
  if (method === 'GET') return 'read';
  return permission === 'public' ? 'auth' : 'write';
}
