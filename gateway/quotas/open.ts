import { ok, type Result } from '@baton/engine/protocol';
import type { DocumentStore } from '@baton/infra/store';
import type { QuotaAlert } from '../api/index.ts';
import type { Audit } from '../audit/ports.ts';
import type { UserDirectory } from '../auth/userDirectory.ts';
import type { GatewayDependencies } from '../dependencies.ts';
import type { TenantLimitsSource } from '../limits/tenantLimits.ts';
import { type Refusal, refusedByEngine } from '../refusal.ts';
import { createQuotas, type QuotaService } from './quotas.ts';
import { createRequestMeter, type RequestMeter } from './requests.ts';
import { followStartedRuns, type StartedRuns } from './runs.ts';

export interface OpenQuotas {
  quotas: QuotaService;
  requests: RequestMeter;
  runs: StartedRuns;
  close(): Promise<void>;
}

export interface OpenQuotasOptions {
  dependencies: Pick<GatewayDependencies, 'store' | 'engine' | 'clock' | 'log'>;
  /** Of an issuer that can be asked who there is. */
  directory: UserDirectory | undefined;
  tenantLimits: TenantLimitsSource;
  audit: Audit;
  newId(): string;
  alert(tenantId: string, alert: QuotaAlert): void;
}

/** Quotas over the store and the engine; who comes near one is told on `alerts` and in the audit. */
export function openQuotas({
  dependencies,
  directory,
  tenantLimits,
  audit,
  newId,
  alert,
}: OpenQuotasOptions): OpenQuotas {
  const { store, engine, clock, log } = dependencies;
  const runs = followStartedRuns(engine, clock);
  const quotas = createQuotas({
    ledger: store.ledger,
    tenantLimits,
    counted: (tenantId) => countedIn(store, directory, clock, tenantId),
    async activeRuns(tenantId): Promise<Result<number, Refusal>> {
      const found = await engine.queries.instances(tenantId, { state: 'ACTIVE' }, { from: 0, limit: 1 });
      return found.ok ? ok(found.value.total) : refusedByEngine(found.failure);
    },
    recorded: (tenantId, run) => recordedOf(store, tenantId, run),
    runsLooked: runs.looked,
    now: clock.now,
    newId,
    async warn(tenantId, warning) {
      alert(tenantId, { kind: 'quota', ...warning });
      await audit
        .append({
          tenantId,
          actor: { kind: 'system', id: 'quotas', name: 'quotas' },
          action: 'quotas.warning',
          outcome: 'done',
          resource: { kind: 'quotas', id: warning.quota },
          requestId: newId(),
          at: clock.now(),
        })
        .catch((err: unknown) => log.error({ err, tenantId }, 'a warning about a quota is not in the audit'));
    },
  });
  const requests = createRequestMeter(quotas, clock);
  return {
    quotas,
    requests,
    runs,
    async close() {
      await runs.close();
      await requests
        .close()
        .catch((err: unknown) => log.error({ err }, 'the last requests are not counted for their quotas'));
    },
  };
}

/** Millionths of a US dollar in one. */
const millionths = 1_000_000;

async function recordedOf({ calls }: Pick<DocumentStore, 'calls'>, tenantId: string, run: string) {
  let tokens = 0;
  let cost = 0;
  for (const { usage } of await calls.ofElement(tenantId, run)) {
    tokens += usage.inputTokens + usage.outputTokens;
    cost += usage.cost;
  }
  return { tokens, money: Math.round(cost * millionths) };
}

/** Users are all there are, disabled ones too, and those who may still accept an invitation. */
async function countedIn(
  { resources, members, invitations }: DocumentStore,
  directory: UserDirectory | undefined,
  { now }: GatewayDependencies['clock'],
  tenantId: string,
) {
  const one = { limit: 1, offset: 0 };
  const people = async () =>
    directory ? directory.list(tenantId, one) : ok(await members.list(tenantId, {}, one));
  const [{ counts, bytes }, found, invited] = await Promise.all([
    resources.stored(tenantId),
    people(),
    invitations.countOpen(tenantId, new Date(now())),
  ]);
  return {
    workflows: counts.workflow,
    agents: counts.agent,
    tools: counts.tool,
    ...(found.ok && { users: found.value.total + invited }),
    storageBytes: bytes,
  };
}
