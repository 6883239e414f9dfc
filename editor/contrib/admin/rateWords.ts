import { type RateName, rateNames } from '@baton/gateway/api';

const scopes: { readonly [scope: string]: string } = {
  tenant: 'Everybody together',
  user: 'Each user',
  key: 'Each API key',
};
const classes: { readonly [kind: string]: string } = {
  read: 'reading',
  write: 'changing',
  run: 'starting runs',
};

/** Rates a tenant may lower for itself, in words. */
export const ownRates: readonly { name: RateName; words: string }[] = rateNames
  .filter((name) => !name.endsWith('.auth') && !name.startsWith('address.'))
  .map((name) => {
    const [scope = '', kind = ''] = name.split('.');
    return { name, words: `${scopes[scope] ?? scope}, ${classes[kind] ?? kind}` };
  });
