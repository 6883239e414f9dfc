import { declares } from '../contract/index.ts';
import { type HostService, refused } from './service.ts';

/** `secrets.get(name)`: the value of a granted secret; what the call leaves behind is masked from then on. */
export const secretService: HostService = {
  kind: 'secret',
  what: ({ name }) => `get ${String(name).slice(0, 80)}`,
  async answer({ name }, { world, tenantId, capabilities, declared, mask }) {
    const wanted = String(name);
    if (!capabilities.secrets.includes(wanted))
      return refused(`the secret '${wanted.slice(0, 80)}'`, declares(declared.secrets, wanted));
    const value = await world.secret(tenantId, wanted);
    if (value === undefined)
      return {
        ok: false,
        code: 'SECRET_MISSING',
        message: `Expected a secret '${wanted}', but the tenant has none of that name`,
      };
    mask.add(value);
    return { ok: true, value };
  },
  outcome: () => 'found',
};
