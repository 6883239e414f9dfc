import { ok } from '@baton/engine/protocol';
import { type QuotaName, type QuotaUseView, quotaAlert, quotaRoutes } from '@baton/gateway/api';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { createRecords, type Records } from './liveRecords.ts';
import { quotaOrder, quotaWords } from './quotaWords.ts';

/** ms before the same quota is spoken of again. */
const sayAgainAfter = 3_600_000;

export interface Quotas extends Records<QuotaUseView> {
  /** Sets one lower limit for oneself, or takes it away. */
  setOwn(name: QuotaName, amount: number | undefined): Promise<Failure | undefined>;
}

/** What the tenant may use up, and what it does; says when it comes near an end. */
export function createQuotas(platform: Platform, show: () => void): Quotas {
  const { api, live, notifications, clock } = platform;
  const inOrder = (items: readonly QuotaUseView[]) =>
    [...items].sort((one, other) => quotaOrder.indexOf(one.name) - quotaOrder.indexOf(other.name));
  const records = createRecords<QuotaUseView>(platform, ['quotas', 'tenant', 'alerts'], async () => {
    const answer = await api.call(quotaRoutes.listQuotas);
    return answer.ok ? ok(inOrder(answer.value.items)) : answer;
  });
  const said = new Map<string, number>();
  const alerts = live.subscribeTopic('alerts', {
    event(data) {
      const alert = quotaAlert.safeParse(data);
      if (!alert.success) return;
      const { quota, used, limit } = alert.data;
      // What is reserved in portions comes and goes around the mark.
      const now = clock.now();
      if (now - (said.get(`${quota} ${limit}`) ?? Number.NEGATIVE_INFINITY) < sayAgainAfter) return;
      said.set(`${quota} ${limit}`, now);
      const { title, show: amount, consequence } = quotaWords[quota];
      notifications.warning(`${title}: ${amount(used)} of ${amount(limit)} used. At 100 %: ${consequence}`, [
        { title: 'Show quotas', run: show },
      ]);
    },
  });
  return {
    ...records,
    async setOwn(name, amount) {
      // All of them are replaced at once, so those that others have set meanwhile are read first.
      const now = await api.call(quotaRoutes.listQuotas);
      if (!now.ok) return now.failure;
      const own = Object.fromEntries(
        now.value.items.flatMap((item) =>
          item.own === null || item.name === name ? [] : [[item.name, item.own]],
        ),
      );
      const answer = await api.call(quotaRoutes.updateQuotas, {
        body: { own: { ...own, ...(amount !== undefined && { [name]: amount }) } },
      });
      if (!answer.ok) return answer.failure;
      await records.read();
      return undefined;
    },
    dispose() {
      alerts.dispose();
      records.dispose();
    },
  };
}
