import type { ApiKey } from '@baton/gateway/api';
import { useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Field } from '../../../ui/Field.tsx';
import { RecordForm } from '../../../ui/RecordsPage.tsx';
import { Select } from '../../../ui/Select.tsx';
import { exactTime, relativeTime } from '../../../ui/time.ts';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { useNow } from '../../../workbench/useNow.ts';
import { useSaving } from '../../../workbench/useSaving.ts';
import { untilWords } from '../adminWords.ts';
import type { ApiKeys } from '../apiKeysStore.ts';
import { byResource } from '../permissionWords.ts';
import { ShownOnce } from './ShownOnce.tsx';

const overlaps = [
  { value: '0', title: 'Not at all: it ends now' },
  { value: '3600', title: '1 hour' },
  { value: '86400', title: '1 day' },
  { value: '604800', title: '1 week' },
];

/** One key: what it may do, whether it is used, and how it is replaced or revoked. */
export function ApiKeyForm({ apiKey, keys, writable }: { apiKey: ApiKey; keys: ApiKeys; writable: boolean }) {
  const platform = usePlatform();
  const issued = useReadable(keys.issued);
  const now = useNow();
  const [overlap, setOverlap] = useState('86400');
  const { busy, refused, save } = useSaving({});
  const { id, name, status, scopes, tools, createdAt, createdBy, expiresAt, lastUsedAt, revokedAt } = apiKey;
  const active = status === 'active';
  return (
    <RecordForm
      label={`API key ${name}`}
      title={name}
      onSubmit={() => {}}
      onClose={() => keys.select(undefined)}
      remove={
        active && writable ? { label: `Revoke ${name}`, run: () => void keys.revoke(apiKey) } : undefined
      }
    >
      {issued?.id === id && (
        <ShownOnce
          label="API key"
          text={issued.key}
          hint={
            issued.replacedUntil
              ? `Programs send it as X-API-KEY. The old one works until ${exactTime(issued.replacedUntil)}.`
              : 'Programs send it in the header X-API-KEY.'
          }
        />
      )}
      {refused && <Callout tone="error">{refused.message}</Callout>}
      {status === 'revoked' && revokedAt && <Callout tone="error">Revoked {exactTime(revokedAt)}.</Callout>}
      {status === 'expired' && expiresAt && <Callout tone="warning">Expired {exactTime(expiresAt)}.</Callout>}
      <dl className="facts">
        <dt>Begins with</dt>
        <dd className="mono">bk_{id.slice(0, 8)}…</dd>
        <dt>Last used</dt>
        <dd title={lastUsedAt && exactTime(lastUsedAt)}>
          {lastUsedAt ? relativeTime(lastUsedAt, now) : 'never'}
        </dd>
        <dt>Ends</dt>
        <dd title={expiresAt && exactTime(expiresAt)}>
          {expiresAt ? untilWords(expiresAt, now) : 'when it is revoked'}
        </dd>
        <dt>Made by</dt>
        <dd title={exactTime(createdAt)}>
          {createdBy}, {relativeTime(createdAt, now)}
        </dd>
        {apiKey.replacedUntil && Date.parse(apiKey.replacedUntil) > now && (
          <>
            <dt>Replaced</dt>
            <dd>the old one works until {exactTime(apiKey.replacedUntil)}</dd>
          </>
        )}
      </dl>
      <section className="usermay" aria-label="Scopes">
        <h2 className="label">
          Scopes<span className="opt">{scopes.length}</span>
        </h2>
        <dl>
          {byResource(scopes).map(([resource, listed]) => (
            <div key={resource}>
              <dt className="sm">{resource}</dt>
              <dd>
                {listed.map((scope) => (
                  <span key={scope} className="chip outline">
                    {scope.split(':')[1]}
                  </span>
                ))}
              </dd>
            </div>
          ))}
          {tools && (
            <div>
              <dt className="sm">Only tools</dt>
              <dd>
                {tools.map((tool) => (
                  <span key={tool} className="chip outline mono">
                    {tool}
                  </span>
                ))}
              </dd>
            </div>
          )}
        </dl>
      </section>
      {platform.context.get('permission:audit:read') && (
        <Button
          size="sm"
          icon="codicon:history"
          onClick={() => void platform.commands.run('audit.search', { actor: id })}
        >
          What it did
        </Button>
      )}
      {active && writable && (
        <section className="usermay" aria-label="Replace">
          <Field
            label="Replace the key; the old one works for"
            hint="The new key is shown once. Scopes and end stay."
          >
            {({ invalid: _, ...control }) => (
              <Select
                {...control}
                options={overlaps}
                value={overlap}
                onChange={(event) => setOverlap(event.currentTarget.value)}
              />
            )}
          </Field>
          <Button
            size="sm"
            icon="codicon:sync"
            busy={busy}
            onClick={() => void save(() => keys.rotate(apiKey, Number(overlap)))}
          >
            Replace
          </Button>
        </section>
      )}
    </RecordForm>
  );
}
