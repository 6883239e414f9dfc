import '../../../ui/Meter.css';
import './admin.css';
import type { QuotaUseView } from '@baton/gateway/api';
import { useEffect, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Field } from '../../../ui/Field.tsx';
import { FigureInput } from '../../../ui/FigureInput.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { RecordForm, RecordsPage } from '../../../ui/RecordsPage.tsx';
import { RecordsTable } from '../../../ui/RecordsTable.tsx';
import type { Column } from '../../../ui/Table.tsx';
import { exactTime } from '../../../ui/time.ts';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { useNow } from '../../../workbench/useNow.ts';
import { useSaving } from '../../../workbench/useSaving.ts';
import { type Forecast, forecast, nearEnd } from '../forecast.ts';
import type { Quotas } from '../quotasStore.ts';
import { quotaWords } from '../quotaWords.ts';

/** What the tenant may use up, how much it has, and what comes of it. */
export function QuotasPage({ quotas }: { quotas: Quotas }) {
  const platform = usePlatform();
  const { items, failure, selected } = useReadable(quotas);
  const now = useNow();
  const [text, setText] = useState('');
  const writable = Boolean(platform.context.get('permission:quotas:write'));
  useEffect(() => quotas.shown(), [quotas]);
  // What is used up says no word of it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again as time goes by
  useEffect(() => {
    if (quotas.getState().items) void quotas.read();
  }, [quotas, now]);
  const wanted = text.trim().toLowerCase();
  const shown = (items ?? []).filter(({ name }) => quotaWords[name].title.toLowerCase().includes(wanted));
  const chosen = items?.find(({ name }) => name === selected);
  const comingOf = (quota: QuotaUseView) => forecast(quota, now, items ?? []);
  const pressing = (items ?? [])
    .map((quota) => ({ quota, coming: comingOf(quota) }))
    .filter(({ coming }) => coming.tone !== 'running')
    .sort((one, other) => (other.coming.share ?? 0) - (one.coming.share ?? 0));
  return (
    <RecordsPage
      className="adminpage"
      title="Quotas"
      hint="Reserved before an action, settled after it"
      filter={{ label: 'Filter quotas', text, onChange: setText }}
      aside={
        chosen && (
          <QuotaForm
            key={chosen.name}
            quota={chosen}
            coming={comingOf(chosen)}
            quotas={quotas}
            writable={writable}
          />
        )
      }
    >
      {pressing.slice(0, 2).map(({ quota: { name }, coming }) => (
        <div className="quotanote" key={name}>
          <Callout tone={coming.tone === 'incident' ? 'error' : 'warning'}>
            <strong>
              {quotaWords[name].title}: {coming.words || `${Math.floor((coming.share ?? 0) * 100)} % used`}.
            </strong>{' '}
            At 100 %: {quotaWords[name].consequence}
          </Callout>
        </div>
      ))}
      <RecordsTable
        label="Quotas"
        columns={columnsOf(comingOf)}
        rows={shown}
        idOf={({ name }) => name}
        selected={selected ?? undefined}
        onOpen={({ name }) => quotas.select(name)}
        all={items}
        failure={failure}
        onRetry={() => void quotas.read()}
        noneFits={`No quota is called “${text.trim()}”.`}
        empty={<EmptyState icon="codicon:dashboard" title="No quotas" />}
      />
    </RecordsPage>
  );
}

const columnsOf = (comingOf: (quota: QuotaUseView) => Forecast): readonly Column<QuotaUseView>[] => [
  {
    id: 'name',
    title: 'Quota',
    render: ({ name }) => (
      <span className="personrow">
        <Icon name={quotaWords[name].icon} />
        <span>{quotaWords[name].title}</span>
      </span>
    ),
  },
  { id: 'bar', title: 'Used', width: '30%', render: (quota) => <Bar {...comingOf(quota)} /> },
  {
    id: 'now',
    title: 'Now',
    numeric: true,
    render: ({ name, used, reserved }) => (
      <span
        title={reserved > 0 ? `${quotaWords[name].show(reserved)} reserved by what is under way` : undefined}
      >
        {quotaWords[name].show(used)}
        {reserved > 0 && <span className="dim"> +{quotaWords[name].show(reserved)}</span>}
      </span>
    ),
  },
  {
    id: 'limit',
    title: 'Limit',
    numeric: true,
    render: ({ name, limit, own }) => (
      <span className="dim">
        {limit === null ? 'none' : quotaWords[name].show(limit)}
        {own !== null && own === limit && ' (own)'}
      </span>
    ),
  },
  {
    id: 'forecast',
    title: 'Forecast',
    render: (quota) => {
      const { tone, words } = comingOf(quota);
      return <span className={tone === 'running' ? 'dim' : `c-${tone}`}>{words}</span>;
    },
  },
];

/** How much of the limit is taken, with the mark from which on it is near its end. */
function Bar({ share, tone }: Forecast) {
  const percent = share === undefined ? undefined : Math.floor(share * 100);
  return (
    <span className="quotabar">
      <span
        className="meter"
        role="img"
        aria-label={percent === undefined ? 'No limit' : `${percent} % of the limit`}
      >
        <i
          style={{
            width: `${Math.min(100, percent ?? 0)}%`,
            background: `var(--baton-${tone === 'waiting' ? 'waiting-fill' : tone})`,
          }}
        />
        {share !== undefined && <span className="mark" style={{ left: `${nearEnd * 100}%` }} />}
      </span>
      <span className={tone === 'running' ? 'dim' : `c-${tone}`}>
        {percent === undefined ? '–' : `${percent} %`}
      </span>
    </span>
  );
}

/** One quota: what is given, what the tenant wants less of, and what follows at its end. */
function QuotaForm({
  quota,
  coming: { words },
  quotas,
  writable,
}: {
  quota: QuotaUseView;
  coming: Forecast;
  quotas: Quotas;
  writable: boolean;
}) {
  const { name, limit, own, used, reserved, resetsAt } = quota;
  const { title, show, quantity, consequence } = quotaWords[name];
  const [typed, setTyped] = useState<number | string | undefined>(own ?? undefined);
  const wrong =
    typed !== undefined && (typeof typed !== 'number' || !Number.isSafeInteger(typed) || typed < 0);
  const problem = wrong
    ? `Expected an amount such as ${show(limit ?? 1_000_000)}, but it is none.`
    : undefined;
  const { problems, busy, refused, save } = useSaving<{ own?: string }>(problem ? { own: problem } : {});
  const dirty = typed !== (own ?? undefined);
  const amount = typeof typed === 'number' ? typed : undefined;
  return (
    <RecordForm
      label={`Quota ${title}`}
      title={title}
      onSubmit={() => void save(() => quotas.setOwn(name, amount))}
      onClose={() => quotas.select(undefined)}
      submit={writable && dirty ? { label: 'Save', busy } : undefined}
    >
      {refused && <Callout tone="error">{refused.message}</Callout>}
      <dl className="facts">
        <dt>Used</dt>
        <dd>{show(used)}</dd>
        <dt>Reserved</dt>
        <dd>{show(reserved)} by what is under way</dd>
        <dt>In force</dt>
        <dd>{limit === null ? 'No limit' : show(limit)}</dd>
        {resetsAt && (
          <>
            <dt>Refills</dt>
            <dd>{exactTime(resetsAt)}</dd>
          </>
        )}
        {words && (
          <>
            <dt>Forecast</dt>
            <dd>{words}</dd>
          </>
        )}
        <dt>At 100 %</dt>
        <dd>{consequence}</dd>
      </dl>
      <Field
        label="Own lower limit"
        hint="What the platform gives is never exceeded; empty means that is the limit."
        error={problems.own}
        {...(amount !== undefined &&
          amount <= used + reserved && {
            warning: `Full at once: ${show(used + reserved)} is taken already.`,
          })}
      >
        {({ invalid, ...control }) => (
          <FigureInput
            {...control}
            invalid={invalid}
            data-autofocus
            readOnly={!writable}
            quantity={quantity}
            value={typed}
            otherwise="No lower limit"
            change={setTyped}
          />
        )}
      </Field>
      {writable && own !== null && (
        <Button size="sm" onClick={() => void save(() => quotas.setOwn(name, undefined))}>
          Take the own limit away
        </Button>
      )}
    </RecordForm>
  );
}
