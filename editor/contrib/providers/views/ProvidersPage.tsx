import './providers.css';
import { type Provider, providerTypes } from '@baton/gateway/api';
import { useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { RecordsPage } from '../../../ui/RecordsPage.tsx';
import { RecordsTable } from '../../../ui/RecordsTable.tsx';
import { type Column, Table } from '../../../ui/Table.tsx';
import { exactTime, relativeTime } from '../../../ui/time.ts';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { useNow } from '../../../workbench/useNow.ts';
import { useRemaining } from '../../../workbench/useRemaining.ts';
import type { Providers } from '../providersStore.ts';
import { connectionOf, placesWithout, someOf, typeIcons } from '../providerWords.ts';
import { ProviderForm } from './ProviderForm.tsx';

/** All providers, how they are connected, what they cost; the selected one beside them. */
export function ProvidersPage({ providers }: { providers: Providers }) {
  const platform = usePlatform();
  const { items, failure, selected } = useRemaining(providers, 'provider', ({ id }) => id);
  const now = useNow();
  const [text, setText] = useState('');
  const writable = Boolean(platform.context.get('permission:providers:write'));
  const add = () => void platform.commands.run('providers.add');
  const chosen = items?.find(({ id }) => id === selected);
  const wanted = text.trim().toLowerCase();
  const shown = (items ?? []).filter(({ name, type, base_url, models }) =>
    [name, type, base_url ?? '', ...models].some((part) => part.toLowerCase().includes(wanted)),
  );
  const prices = (items ?? []).flatMap(({ id, name, prices }) =>
    prices.map((price) => ({ id: `${id}/${price.model}`, provider: name, ...price })),
  );
  return (
    <RecordsPage
      className="providers"
      title="Providers"
      hint="Models your agents may use"
      filter={{ label: 'Filter providers', text, onChange: setText }}
      action={
        writable && (
          <Button look="primary" icon="codicon:add" onClick={add}>
            Add provider
          </Button>
        )
      }
      aside={
        (chosen || selected === 'new') && (
          <ProviderForm key={selected} provider={chosen} providers={providers} writable={writable} />
        )
      }
    >
      <RecordsTable
        label="Providers"
        columns={columnsAt(now)}
        rows={shown}
        idOf={({ id }) => id}
        selected={selected}
        onOpen={({ id }) => providers.select(id)}
        all={items}
        failure={failure}
        onRetry={() => void providers.read()}
        noneFits={`No provider has “${text.trim()}” in its name, address or models.`}
        empty={
          <EmptyState
            icon="codicon:plug"
            title="No providers yet"
            action={
              writable && (
                <Button look="secondary" onClick={add}>
                  Add provider
                </Button>
              )
            }
          >
            A provider is where agents find their models. With Ollama on this machine it is one address:
            http://localhost:11434.
          </EmptyState>
        }
      />
      {prices.length > 0 && (
        <section className="providerprices" aria-label="Prices">
          <h2>
            Prices per 1M tokens{' '}
            <span className="dim sm">Used for every cost figure; a change counts from now on.</span>
          </h2>
          <Table
            dense
            label="Prices per 1M tokens"
            rows={prices}
            idOf={({ id }) => id}
            onOpen={({ id }) => providers.select(id.split('/', 1)[0])}
            columns={[
              { id: 'model', title: 'Model', render: ({ model }) => <span className="mono">{model}</span> },
              {
                id: 'provider',
                title: 'Provider',
                render: ({ provider }) => <span className="dim">{provider}</span>,
              },
              { id: 'input', title: 'Input', numeric: true, render: ({ input }) => money(input) },
              {
                id: 'cached',
                title: 'Cached input',
                numeric: true,
                render: ({ cached_input }) => (
                  <span className="dim">{cached_input === undefined ? 'as input' : money(cached_input)}</span>
                ),
              },
              { id: 'output', title: 'Output', numeric: true, render: ({ output }) => money(output) },
            ]}
          />
        </section>
      )}
    </RecordsPage>
  );
}

const columnsAt = (now: number): readonly Column<Provider>[] => [
  {
    id: 'name',
    title: 'Provider',
    render: ({ name, type }) => (
      <span className="providerrow">
        <span className="kind">
          <Icon name={typeIcons[type]} size={14} />
        </span>
        <span className="providerlines">
          <span className="strong ellipsis">{name}</span>
          <span className="dim sm">{providerTypes[type].title}</span>
        </span>
      </span>
    ),
  },
  {
    id: 'address',
    title: 'Address',
    render: ({ base_url, type }) => (
      <span className="mono dim ellipsis provideraddress">
        {placesWithout[type] ?? hostOf(base_url ?? providerTypes[type].defaultUrl ?? '')}
      </span>
    ),
  },
  {
    id: 'connection',
    title: 'Connection',
    render: (provider) => <Connection provider={provider} now={now} />,
  },
  {
    id: 'models',
    title: 'Models',
    render: ({ models }) => (
      <span className={models.length === 0 ? 'muted sm' : 'sm'} title={models.slice(0, 40).join('\n')}>
        {someOf(models)}
      </span>
    ),
  },
  { id: 'agents', title: 'Agents', numeric: true, render: ({ agents }) => agents },
];

/** Shape, word and time of the last check; the reason as tooltip, and whole beside the table. */
function Connection({ provider, now }: { provider: Provider; now: number }) {
  const { state, icon, word } = connectionOf(provider);
  const { validated_at: at, validation_message: message } = provider;
  return (
    <span className="providerconnection" role="status" aria-live="polite">
      <span className={`state ${state}`} title={message || undefined}>
        <span className={state === 'running' ? 'spin' : undefined}>
          <Icon name={icon} size={12} />
        </span>
        {word}
      </span>
      {at && state !== 'running' && (
        <time className="dim sm" dateTime={at} title={exactTime(at)}>
          {relativeTime(at, now)}
        </time>
      )}
    </span>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

function money(dollars: number): string {
  return `$${dollars.toFixed(2)}`;
}
