import './admin.css';
import './tenant.css';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Field } from '../../../ui/Field.tsx';
import { FigureInput } from '../../../ui/FigureInput.tsx';
import { Input } from '../../../ui/Input.tsx';
import { NamesInput } from '../../../ui/NamesInput.tsx';
import { count } from '../../../ui/quantities.ts';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { exactTime } from '../../../ui/time.ts';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { useSaving } from '../../../workbench/useSaving.ts';
import { wrongNetworks } from '../addresses.ts';
import { ownRates } from '../rateWords.ts';
import type { OwnTenant, Tenant } from '../tenantStore.ts';
import { ChangedMeanwhile } from './ChangedMeanwhile.tsx';
import { useDraft } from './useDraft.ts';

/** One's own tenant: its name, how much comes in at once and from where, and the way out with all it has. */
export function TenantPage({ tenant }: { tenant: Tenant }) {
  const platform = usePlatform();
  const { items, failure } = useReadable(tenant);
  useEffect(() => tenant.shown(), [tenant]);
  const own = items?.[0];
  const writable = Boolean(platform.context.get('permission:tenant:write'));
  return (
    <div className="records adminpage">
      <div className="recordsmain scroll">
        <header className="recordshead">
          <h1>Tenant</h1>
          <span className="dim recordshint">{own?.tenant.id}</span>
        </header>
        {failure && (
          <div className="pad">
            <Callout tone="error">
              {failure.message}{' '}
              <Button size="sm" onClick={() => void tenant.read()}>
                Try again
              </Button>
            </Callout>
          </div>
        )}
        {!own && !failure && <Skeleton lines={8} />}
        {own && (
          <div className="tenantparts">
            <Name own={own} tenant={tenant} writable={writable} />
            <Rates own={own} tenant={tenant} writable={writable} />
            <Addresses own={own} tenant={tenant} writable={writable} />
            {platform.context.get('permission:tenant:delete') && <Leave tenant={tenant} />}
          </div>
        )}
      </div>
    </div>
  );
}

interface PartProps {
  own: OwnTenant;
  tenant: Tenant;
  writable: boolean;
}

function Part({
  title,
  hint,
  children,
  save,
}: {
  title: string;
  hint: string;
  children: ReactNode;
  /** Shown once something is typed. */
  save?: { run(): void; busy: boolean; undo(): void } | undefined;
}) {
  return (
    <form
      className="tenantpart"
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        save?.run();
      }}
    >
      <h2>{title}</h2>
      <p className="dim sm">{hint}</p>
      {children}
      {save && (
        <span className="hstack">
          <Button look="primary" size="sm" type="submit" busy={save.busy}>
            Save
          </Button>
          <Button size="sm" onClick={save.undo}>
            Cancel
          </Button>
        </span>
      )}
    </form>
  );
}

function Name({ own, tenant, writable }: PartProps) {
  const { draft, dirty, change, theirs, takeTheirs } = useDraft(own, (now) => ({ name: now.tenant.name }));
  const length = draft.name.trim().length;
  const { problems, busy, refused, save } = useSaving<{ name?: string }>(
    length >= 1 && length <= 100
      ? {}
      : { name: `Expected a name of 1 to 100 characters, but it has ${length || 'none'}.` },
  );
  return (
    <Part
      title="Name"
      hint={`Everybody sees it; the id ${own.tenant.id} stays. Made ${exactTime(own.tenant.createdAt)}.`}
      save={
        dirty ? { run: () => void save(() => tenant.rename(draft.name)), busy, undo: takeTheirs } : undefined
      }
    >
      {refused && <Callout tone="error">{refused.message}</Callout>}
      {theirs && <ChangedMeanwhile what="the name" onTake={takeTheirs} />}
      <Field label="Name" error={problems.name}>
        {({ invalid, ...control }) => (
          <Input
            {...control}
            invalid={invalid}
            data-autofocus
            readOnly={!writable}
            maxLength={120}
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
        )}
      </Field>
    </Part>
  );
}

function Rates({ own, tenant, writable }: PartProps) {
  const { draft, dirty, change, theirs, takeTheirs } = useDraft<OwnTenant, { own: Record<string, unknown> }>(
    own,
    (now) => ({ own: now.limits.own }),
  );
  const wrong = Object.values(draft.own).some(
    (amount) => typeof amount !== 'number' || !Number.isInteger(amount) || amount < 0 || amount > 1_000_000,
  );
  const { problems, busy, refused, save } = useSaving<{ own?: string }>(
    wrong ? { own: 'Expected whole numbers up to 1,000,000, but one is none.' } : {},
  );
  return (
    <Part
      title="Requests in any minute"
      hint="What is more is refused with the time to wait. Set lower ones for yourselves; what the platform gives is never exceeded."
      save={
        dirty
          ? {
              run: () => void save(() => tenant.setRates(draft.own as OwnTenant['limits']['own'])),
              busy,
              undo: takeTheirs,
            }
          : undefined
      }
    >
      {refused && <Callout tone="error">{refused.message}</Callout>}
      {theirs && <ChangedMeanwhile what="the rates" onTake={takeTheirs} />}
      {problems.own && <Callout tone="error">{problems.own}</Callout>}
      <table className="table dense tenantrates">
        <thead>
          <tr>
            <th scope="col">Of whom, for what</th>
            <th scope="col" className="num">
              In force
            </th>
            <th scope="col">Own lower rate</th>
          </tr>
        </thead>
        <tbody>
          {ownRates.map(({ name, words }) => (
            <tr key={name}>
              <td>{words}</td>
              <td className="num">{own.limits.rates[name]?.toLocaleString('en')}</td>
              <td>
                <FigureInput
                  small
                  aria-label={`Own rate: ${words}`}
                  quantity={count}
                  readOnly={!writable}
                  value={draft.own[name]}
                  otherwise="none"
                  change={(amount) => {
                    const { [name]: _, ...others } = draft.own;
                    change({ own: amount === undefined ? others : { ...others, [name]: amount } });
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

function Addresses({ own, tenant, writable }: PartProps) {
  const { draft, dirty, change, theirs, takeTheirs } = useDraft(own, ({ limits }) => ({
    allow: limits.allow as readonly string[],
    deny: limits.deny as readonly string[],
  }));
  const wrong = { allow: wrongNetworks(draft.allow), deny: wrongNetworks(draft.deny) };
  const said = (names: readonly string[]) =>
    `Expected an address or a network such as 192.0.2.0/24, but ${names.join(', ')} ${names.length > 1 ? 'are' : 'is'} none.`;
  const { problems, busy, refused, save } = useSaving<{ allow?: string; deny?: string }>({
    ...(wrong.allow.length > 0 && { allow: said(wrong.allow) }),
    ...(wrong.deny.length > 0 && { deny: said(wrong.deny) }),
  });
  return (
    <Part
      title="Addresses"
      hint="From where people and programs come in. Lists that would keep you out yourself are refused."
      save={
        dirty
          ? {
              run: () => void save(() => tenant.setAddresses(draft.allow, draft.deny)),
              busy,
              undo: takeTheirs,
            }
          : undefined
      }
    >
      {refused && <Callout tone="error">{refused.message}</Callout>}
      {theirs && <ChangedMeanwhile what="the addresses" onTake={takeTheirs} />}
      <Networks
        label="Let in"
        hint={draft.allow.length === 0 ? 'Empty: everybody is let in.' : 'Only these are let in.'}
        error={problems.allow}
        names={draft.allow}
        wrong={wrong.allow}
        placeholder="192.0.2.0/24"
        readOnly={!writable}
        onChange={(allow) => change({ allow })}
      />
      <Networks
        label="Keep out"
        hint="These are kept out, even if they are let in above."
        error={problems.deny}
        names={draft.deny}
        wrong={wrong.deny}
        placeholder="198.51.100.7"
        readOnly={!writable}
        onChange={(deny) => change({ deny })}
      />
    </Part>
  );
}

interface NetworksProps {
  label: string;
  hint: string;
  error: string | undefined;
  names: readonly string[];
  wrong: readonly string[];
  placeholder: string;
  readOnly: boolean;
  onChange(names: readonly string[]): void;
}

function Networks({ label, hint, error, ...input }: NetworksProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <NamesInput {...control} {...input} what="address or network" mono />}
    </Field>
  );
}

function Leave({ tenant }: { tenant: Tenant }) {
  const [busy, setBusy] = useState(false);
  return (
    <Part
      title="Export and delete"
      hint="Everything the tenant made but secrets, as one file. Deleting ends its runs, its people and all that is stored; it needs an export that has everything."
    >
      <span className="hstack">
        <Button
          icon="codicon:desktop-download"
          busy={busy}
          onClick={async () => {
            setBusy(true);
            await tenant.export();
            setBusy(false);
          }}
        >
          Export
        </Button>
        <Button look="danger" icon="codicon:trash" onClick={() => void tenant.remove()}>
          Delete the tenant…
        </Button>
      </span>
    </Part>
  );
}
