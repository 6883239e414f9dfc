import './admin.css';
import './audit.css';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { Menu } from '../../../ui/Menu.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import type { ApiKeys } from '../apiKeysStore.ts';
import { type AuditFilter, type AuditOutcome, anything, auditActions } from '../auditFilter.ts';
import type { Audit } from '../auditStore.ts';
import { outcomeWords, spans } from '../auditWords.ts';
import type { Users } from '../usersStore.ts';
import { AuditEntry } from './AuditEntry.tsx';
import { AuditList } from './AuditList.tsx';
import { LookedBack } from './LookedBack.tsx';

/** Who did what, was denied what, and when: searched, followed live, and taken away as a file. */
export function AuditPage({ audit, users, keys }: { audit: Audit; users: Users; keys: ApiKeys }) {
  const platform = usePlatform();
  const { filter, total, fresh, held, failure, selected, lookedBackTo } = useReadable(audit);
  const live = useReadable(platform.live).state === 'live';
  const people = useReadable(users).items ?? [];
  const programs = useReadable(keys).items ?? [];
  const [menuAt, setMenuAt] = useState<{ x: number; y: number }>();
  // The same each time: a menu that is handed another one gives the focus back and takes it again.
  const closeMenu = useCallback(() => setMenuAt(undefined), []);
  useEffect(() => {
    audit.shown();
    if (platform.context.get('permission:users:read')) users.shown();
    if (platform.context.get('permission:apiKeys:read')) keys.shown();
    return () => audit.hold(false);
  }, [audit, users, keys, platform]);
  const search = (part: Partial<AuditFilter>) => audit.search({ ...filter, ...part });
  const isSearch = JSON.stringify(filter) !== JSON.stringify(anything);
  const rows = (total ?? 0) + fresh.length;
  const who = [
    { value: '', title: 'Anyone' },
    ...people.map(({ id, name }) => ({ value: id, title: name })),
    ...programs.map(({ id, name }) => ({ value: id, title: `${name} (key)` })),
  ];
  if (filter.actor && !who.some(({ value }) => value === filter.actor))
    who.push({ value: filter.actor, title: filter.actor });

  let list: ReactNode = <AuditList audit={audit} />;
  if (total === undefined) list = failure ? null : <Skeleton lines={12} />;
  else if (rows === 0) {
    list = (
      <EmptyState
        icon="codicon:history"
        title={isSearch ? 'Nothing is like that' : 'Nothing yet'}
        action={isSearch ? <Button onClick={() => audit.search(anything)}>Show all</Button> : undefined}
      >
        {lookedBackTo ? (
          <LookedBack audit={audit} />
        ) : (
          'Every change, sign-in, denial and use of a key leaves an entry that nobody can change.'
        )}
      </EmptyState>
    );
  }
  return (
    <div className="records adminpage auditpage">
      <div className="recordsmain">
        <header className="recordshead">
          <h1>Audit</h1>
          <span
            className={`state ${live ? 'running' : 'cancelled'} plain`}
            title={
              live ? 'New entries appear by themselves' : 'New entries appear once there is a connection'
            }
          >
            {live ? 'Live' : 'Not live'}
          </span>
          <span className="grow" />
          <span className="dim sm" role="status">
            {total === undefined
              ? ''
              : `${rows.toLocaleString('en')} ${rows === 1 ? 'entry' : 'entries'}${lookedBackTo ? ' so far' : ''}`}
          </span>
          <Button
            icon="codicon:desktop-download"
            aria-haspopup="menu"
            onClick={(event) => {
              const { right, bottom } = event.currentTarget.getBoundingClientRect();
              setMenuAt({ x: right, y: bottom });
            }}
          >
            Export
          </Button>
        </header>
        <search className="auditsearch" aria-label="Search the audit">
          <Input
            icon="codicon:search"
            aria-label="Search who, action, what, error or request"
            placeholder="Search who, action, what…"
            data-autofocus
            value={filter.text}
            maxLength={200}
            onChange={(event) => search({ text: event.currentTarget.value })}
          />
          <Select
            aria-label="Time"
            options={spans}
            value={String(filter.hours ?? '')}
            onChange={(event) => search({ hours: Number(event.currentTarget.value) || undefined })}
          />
          <Select
            aria-label="Who"
            options={who}
            value={filter.actor ?? ''}
            onChange={(event) => search({ actor: event.currentTarget.value || undefined })}
          />
          <Select
            aria-label="Action"
            options={[
              { value: '', title: 'Any action' },
              ...auditActions.map((action) => ({ value: action, title: action })),
            ]}
            value={filter.action ?? ''}
            onChange={(event) => search({ action: event.currentTarget.value || undefined })}
          />
          <Select
            aria-label="Outcome"
            options={[
              { value: '', title: 'Any outcome' },
              ...Object.entries(outcomeWords).map(([value, { word }]) => ({ value, title: word })),
            ]}
            value={filter.outcome ?? ''}
            onChange={(event) =>
              search({ outcome: (event.currentTarget.value || undefined) as AuditOutcome | undefined })
            }
          />
          {filter.resource && (
            <span className="chip">
              <span className="mono ellipsis auditchip">{filter.resource}</span>
              <IconButton
                small
                icon="codicon:close"
                label="Of any thing"
                onClick={() => search({ resource: undefined })}
              />
            </span>
          )}
          {isSearch && (
            <Button look="ghost" onClick={() => audit.search(anything)}>
              Clear
            </Button>
          )}
        </search>
        {failure && (
          <div className="pad">
            <Callout tone="error">
              {failure.message}{' '}
              <Button size="sm" onClick={() => void audit.read()}>
                Try again
              </Button>
            </Callout>
          </div>
        )}
        <div className="audithead" aria-hidden="true">
          <span>Time</span>
          <span>Who</span>
          <span>Action</span>
          <span>What</span>
          <span>Outcome</span>
        </div>
        {held.length > 0 && (
          <div className="auditheld">
            <Button
              size="sm"
              look="primary"
              icon="codicon:arrow-up"
              onClick={() => document.querySelector('.auditlist')?.scrollTo({ top: 0 })}
            >
              {held.length === 1 ? '1 new entry' : `${held.length} new entries`}
            </Button>
          </div>
        )}
        {list}
        {rows > 0 && lookedBackTo && (
          <footer className="auditback">
            <LookedBack audit={audit} />
          </footer>
        )}
      </div>
      {selected && <AuditEntry entry={selected} audit={audit} />}
      {menuAt && (
        <Menu
          label="Export"
          at={menuAt}
          align="end"
          onClose={closeMenu}
          groups={[
            [
              {
                id: 'csv',
                title: 'As CSV',
                icon: 'codicon:table',
                run: () => void platform.commands.run('audit.exportCsv'),
              },
              {
                id: 'json',
                title: 'As JSON',
                icon: 'codicon:json',
                run: () => void platform.commands.run('audit.exportJson'),
              },
            ],
          ]}
        />
      )}
    </div>
  );
}
