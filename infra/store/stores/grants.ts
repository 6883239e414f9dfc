import type { BudgetGrant, GrantStore } from '@baton/engine/protocol';
import { isDuplicateKey } from '../duplicateKey.ts';
import type { StoredGrant } from '../models/grant.ts';
import type { Models } from '../models/index.ts';
import { naturalId } from '../naturalId.ts';

export function grantStore({ grants }: Models): GrantStore {
  return {
    async add({ id, ...grant }) {
      try {
        await grants.create({ _id: naturalId(grant.tenantId, id), ...grant });
      } catch (failure) {
        // The same grant told again.
        if (!isDuplicateKey(failure)) throw failure;
      }
    },
    async ofElement(tenantId, elementInstanceKey) {
      const found = await grants
        .find({ tenantId, elementInstanceKey })
        .sort({ at: 1, _id: 1 })
        .lean<StoredGrant[]>();
      return found.map(toGrant);
    },
  };
}

function toGrant({ _id, ...grant }: StoredGrant): BudgetGrant {
  return { ...grant, id: decodeURIComponent(_id.slice(_id.indexOf('/') + 1)) };
}
