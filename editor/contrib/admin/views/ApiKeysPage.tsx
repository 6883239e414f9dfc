import './admin.css';
import type { ApiKey } from '@baton/gateway/api';
import { useEffect, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { RecordsPage } from '../../../ui/RecordsPage.tsx';
import { RecordsTable } from '../../../ui/RecordsTable.tsx';
import type { Column } from '../../../ui/Table.tsx';
import { exactTime, relativeTime } from '../../../ui/time.ts';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { useNow } from '../../../workbench/useNow.ts';
import { keyState, untilWords } from '../adminWords.ts';
import type { ApiKeys } from '../apiKeysStore.ts';
import { byResource } from '../permissionWords.ts';
import { ApiKeyForm } from './ApiKeyForm.tsx';
import { NewApiKeyForm } from './NewApiKeyForm.tsx';

/** Keys for programs, what they may do and when they were last used. */
export function ApiKeysPage({ keys }: { keys: ApiKeys }) {
  const platform = usePlatform();
  const { items, failure, selected } = useReadable(keys);
  const now = useNow();
  const [text, setText] = useState('');
  const writable = Boolean(platform.context.get('permission:apiKeys:write'));
  useEffect(() => keys.shown(), [keys]);
  const wanted = text.trim().toLowerCase();
  const shown = (items ?? []).filter(({ id, name, scopes, createdBy }) =>
    [id, name, createdBy, ...scopes].some((part) => part.toLowerCase().includes(wanted)),
  );
  const chosen = items?.find(({ id }) => id === selected);
  const add = (look: 'primary' | 'secondary') =>
    writable && (
      <Button look={look} icon="codicon:add" onClick={() => void platform.commands.run('apiKeys.add')}>
        New key
      </Button>
    );
  return (
    <RecordsPage
      className="adminpage"
      title="API keys"
      hint="Programs that come in without a person"
      filter={{ label: 'Filter keys', text, onChange: setText }}
      action={add('primary')}
      aside={
        chosen ? (
          <ApiKeyForm key={chosen.id} apiKey={chosen} keys={keys} writable={writable} />
        ) : (
          selected === null && writable && <NewApiKeyForm keys={keys} />
        )
      }
    >
      <RecordsTable
        label="API keys"
        columns={columnsAt(now)}
        rows={shown}
        idOf={({ id }) => id}
        selected={selected ?? undefined}
        onOpen={({ id }) => keys.select(id)}
        all={items}
        failure={failure}
        onRetry={() => void keys.read()}
        noneFits={`No key has “${text.trim()}” in its name, scopes or maker.`}
        empty={
          <EmptyState icon="codicon:key" title="No keys yet" action={add('secondary')}>
            With a key a program calls the API:
            <pre>{`curl ${globalThis.location?.origin}/api/workflows \\\n  -H "X-API-KEY: bk_…"`}</pre>
          </EmptyState>
        }
      />
    </RecordsPage>
  );
}

const columnsAt = (now: number): readonly Column<ApiKey>[] => [
  {
    id: 'name',
    title: 'Key',
    render: ({ name, id }) => (
      <span className="personlines">
        <span className="strong ellipsis">{name}</span>
        <span className="dim sm mono">bk_{id.slice(0, 8)}…</span>
      </span>
    ),
  },
  {
    id: 'scopes',
    title: 'May',
    render: ({ scopes }) => (
      <span className="sm dim keyscopes" title={scopes.join('\n')}>
        {scopeWords(scopes)}
      </span>
    ),
  },
  {
    id: 'state',
    title: 'State',
    render: (key) => {
      const { state, icon, word } = keyState(key, now);
      return (
        <span className={`state ${state} plain`}>
          <Icon name={icon} size={12} />
          {word}
        </span>
      );
    },
  },
  {
    id: 'ends',
    title: 'Ends',
    render: ({ status, expiresAt }) =>
      status === 'active' && (
        <span className="dim" title={expiresAt && exactTime(expiresAt)}>
          {expiresAt ? untilWords(expiresAt, now) : 'never'}
        </span>
      ),
  },
  {
    id: 'used',
    title: 'Last used',
    render: ({ lastUsedAt }) =>
      lastUsedAt ? (
        <time className="dim" dateTime={lastUsedAt} title={exactTime(lastUsedAt)}>
          {relativeTime(lastUsedAt, now)}
        </time>
      ) : (
        <span className="dim">never</span>
      ),
  },
];

/** `Workflows, Runs and 3 more`. */
function scopeWords(scopes: readonly string[]): string {
  const resources = byResource(scopes).map(([resource]) => resource);
  const more = resources.length - 2;
  return more > 0 ? `${resources.slice(0, 2).join(', ')} and ${more} more` : resources.join(', ');
}
