/** Kinds of load a request is, each counted for itself. `auth`: signing in, and what leads out of a limit. */
export const rateClasses = ['read', 'write', 'run', 'auth'] as const;
export type RateClass = (typeof rateClasses)[number];

/** Who is counted: everybody of the tenant together, and each user, key or (where nobody signs in) address alone. */
export const rateScopes = ['tenant', 'user', 'key', 'address'] as const;
export type RateScope = (typeof rateScopes)[number];

/** `tenant.read`, `user.run` … */
export type RateName = `${RateScope}.${RateClass}`;
export const rateNames = rateScopes.flatMap((scope) =>
  rateClasses.map((rateClass): RateName => `${scope}.${rateClass}`),
);
