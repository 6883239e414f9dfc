import type { Notices } from '@baton/infra/coordination';
import type { LimitStore } from '@baton/infra/store';
import type { QuotaName, QuotaUseView } from '../../api/index.ts';
import type { QuotaService } from '../../quotas/quotas.ts';

export interface QuotaSettings {
  list(tenantId: string): Promise<QuotaUseView[]>;
  /** Replaces what the tenant set for itself. */
  setOwn(tenantId: string, own: { [N in QuotaName]?: number }): Promise<QuotaUseView[]>;
}

export function createQuotaSettings(
  quotas: QuotaService,
  store: LimitStore,
  notices: Notices,
): QuotaSettings {
  async function list(tenantId: string): Promise<QuotaUseView[]> {
    const [uses, { quotas: layers }] = await Promise.all([quotas.usage(tenantId), store.get(tenantId)]);
    return uses.map(({ name, limit, used, reserved, resetsAt }) => ({
      name,
      limit: limit ?? null,
      own: layers.own[name] ?? null,
      used,
      reserved,
      ...(resetsAt === undefined ? {} : { resetsAt: new Date(resetsAt).toISOString() }),
    }));
  }
  return {
    list,
    async setOwn(tenantId, own) {
      await store.change(tenantId, { quotas: { own: own as { [name: string]: number } } });
      await notices.publish({ kind: 'limits', tenantId });
      return list(tenantId);
    },
  };
}
