import { type Grants, type QuotaName, rateNames, type TenantView } from '@baton/gateway/api';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Field } from '../../../ui/Field.tsx';
import { FigureInput } from '../../../ui/FigureInput.tsx';
import { Foldable } from '../../../ui/Foldable.tsx';
import { Input } from '../../../ui/Input.tsx';
import { count } from '../../../ui/quantities.ts';
import { RecordForm } from '../../../ui/RecordsPage.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { exactTime } from '../../../ui/time.ts';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { useSaving } from '../../../workbench/useSaving.ts';
import { quotaOrder, quotaWords } from '../quotaWords.ts';
import type { Tenants } from '../tenantsStore.ts';
import { ShownOnce } from './ShownOnce.tsx';
import { useDraft } from './useDraft.ts';

/** One tenant from outside: its name, whether anybody gets in, what it is given, and its end. */
export function TenantForm({
  tenant,
  tenants,
  writable,
}: {
  tenant: TenantView;
  tenants: Tenants;
  writable: boolean;
}) {
  const platform = usePlatform();
  const made = useReadable(tenants.made);
  const grants = useReadable(tenants.grants);
  const { draft, dirty, change } = useDraft(tenant, ({ name }) => ({ name }));
  const length = draft.name.trim().length;
  const { problems, busy, refused, save } = useSaving<{ name?: string }>(
    length >= 1 && length <= 100
      ? {}
      : { name: `Expected a name of 1 to 100 characters, but it has ${length || 'none'}.` },
  );
  const suspended = tenant.status === 'suspended';
  const run = (id: string) => () => void platform.commands.run(id);
  return (
    <RecordForm
      label={`Tenant ${tenant.name}`}
      title={tenant.id}
      exact
      onSubmit={() => void save(() => tenants.rename(tenant, draft.name))}
      onClose={() => tenants.select(undefined)}
      submit={writable && dirty ? { label: 'Save', busy } : undefined}
    >
      {made?.tenant === tenant.id && (
        <ShownOnce
          label="Link for the first owner"
          text={made.link}
          hint={`Send it to ${made.email}. Good for one person until ${exactTime(made.expiresAt)}.`}
        />
      )}
      {refused && <Callout tone="error">{refused.message}</Callout>}
      {suspended && (
        <Callout tone="warning">
          Suspended since {exactTime(tenant.changedAt)}
          {tenant.statusReason ? `: ${tenant.statusReason}` : '.'}
        </Callout>
      )}
      <Field label="Name" error={problems.name}>
        {({ invalid, ...control }) => (
          <Input
            {...control}
            invalid={invalid}
            readOnly={!writable}
            data-autofocus
            maxLength={120}
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
        )}
      </Field>
      {writable && (
        <Button
          size="sm"
          icon={suspended ? 'codicon:debug-continue' : 'codicon:debug-pause'}
          onClick={run(suspended ? 'tenants.resume' : 'tenants.suspend')}
        >
          {suspended ? 'Resume' : 'Suspend…'}
        </Button>
      )}
      {grants ? (
        <Given key={tenant.id} tenant={tenant} tenants={tenants} grants={grants} writable={writable} />
      ) : (
        <Skeleton lines={4} />
      )}
      {platform.context.get('permission:tenants:delete') && (
        <section className="usermay" aria-label="Export and delete">
          <p className="dim sm">
            {suspended
              ? 'Deleting saves an export first and ends its runs, its people and all that is stored.'
              : 'A tenant is exported and deleted once it is suspended.'}
          </p>
          <span className="hstack">
            <Button
              size="sm"
              icon="codicon:desktop-download"
              disabled={!suspended}
              onClick={run('tenants.export')}
            >
              Export
            </Button>
            <Button
              size="sm"
              look="danger"
              icon="codicon:trash"
              disabled={!suspended}
              onClick={run('tenants.delete')}
            >
              Delete…
            </Button>
          </span>
        </section>
      )}
    </RecordForm>
  );
}

/** What a tenant is given instead of the defaults of the installation. */
function Given({
  tenant,
  tenants,
  grants,
  writable,
}: {
  tenant: TenantView;
  tenants: Tenants;
  grants: Grants;
  writable: boolean;
}) {
  const { draft, dirty, change, takeTheirs } = useDraft<
    Grants,
    { quotas: Record<string, unknown>; rates: Record<string, unknown> }
  >(grants, ({ quotas, rates }) => ({ quotas, rates }));
  const wrong = [...Object.values(draft.quotas), ...Object.values(draft.rates)].some(
    (amount) => typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount < 0,
  );
  const { problems, busy, refused, save } = useSaving<{ amounts?: string }>(
    wrong ? { amounts: 'Expected amounts of 0 or more, but one is none.' } : {},
  );
  const set = (part: 'quotas' | 'rates', name: string, amount: unknown) => {
    const { [name]: _, ...others } = draft[part];
    change({ [part]: amount === undefined ? others : { ...others, [name]: amount } });
  };
  const row = (part: 'quotas' | 'rates', name: string, words: string, quantity = count) => (
    <div key={name} className="givenrow">
      <span className="sm">{words}</span>
      <FigureInput
        small
        aria-label={words}
        quantity={quantity}
        readOnly={!writable}
        value={draft[part][name]}
        otherwise="default"
        change={(amount) => set(part, name, amount)}
      />
    </div>
  );
  return (
    <>
      <Foldable title="Quotas it is given">
        <div className="given">
          {quotaOrder.map((name: QuotaName) =>
            row('quotas', name, quotaWords[name].title, quotaWords[name].quantity),
          )}
        </div>
      </Foldable>
      <Foldable title="Requests in any minute">
        <div className="given">{rateNames.map((name) => row('rates', name, name.replace('.', ', ')))}</div>
      </Foldable>
      {(refused || problems.amounts) && (
        <Callout tone="error">{refused?.message ?? problems.amounts}</Callout>
      )}
      {dirty && writable && (
        <span className="hstack">
          <Button
            size="sm"
            look="primary"
            busy={busy}
            onClick={() => void save(() => tenants.setGrants(tenant, draft as Grants))}
          >
            Give these
          </Button>
          <Button size="sm" onClick={takeTheirs}>
            As before
          </Button>
        </span>
      )}
    </>
  );
}
