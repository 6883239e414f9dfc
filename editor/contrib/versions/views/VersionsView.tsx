import './versions.css';
import type { VersionInfo } from '@baton/gateway/api';
import { useState } from 'react';
import { type DraftedDocument, hasDraft } from '../../../platform/draftedDocument.ts';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { List } from '../../../ui/List.tsx';
import type { MenuEntry } from '../../../ui/Menu.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { exactTime, relativeTime } from '../../../ui/time.ts';
import { useContextMenu } from '../../../workbench/contextMenu.tsx';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { askLabel, openDiff, restoreVersion, takeLabel } from '../versionActions.ts';
import type { VersionList } from '../versionList.ts';

/** The versions of the document in front, newest first. */
export function VersionsView({ list }: { list: VersionList }) {
  const { document, items, total, failure } = useReadable(list);
  if (!document) return null;
  if (failure)
    return (
      <div className="versionsnote">
        <Callout tone="error">{failure.message}</Callout>
        <Button size="sm" onClick={() => void list.refresh()}>
          Try again
        </Button>
      </div>
    );
  if (!items) return <Skeleton lines={3} />;
  return <Versions key={document.resource.id} document={document} list={list} items={items} total={total} />;
}

type Row = { id: string; version?: VersionInfo };

function Versions({
  document,
  list,
  items,
  total,
}: {
  document: DraftedDocument;
  list: VersionList;
  items: readonly VersionInfo[];
  total: number;
}) {
  const { clock, notifications } = usePlatform();
  const menu = useContextMenu();
  const kept = useReadable(document.kept);
  const [selected, setSelected] = useState<string>();
  const drafted = hasDraft(kept);
  const latest = kept.published.version;
  const rows: Row[] = [
    ...(drafted ? [{ id: 'draft' }] : []),
    ...items.map((version) => ({ id: String(version.version), version })),
  ];
  const older = (version: number) => items.find((other) => other.version < version)?.version;

  function compare({ version }: Row) {
    if (!version) return void openDiff(document, latest, 'draft');
    if (drafted) return void openDiff(document, version.version, 'draft');
    const before = older(version.version);
    if (before !== undefined) void openDiff(document, before, version.version);
    else notifications.info('Expected an older version to compare with, but this is the first one.');
  }

  function actions({ version: info }: Row): MenuEntry[][] {
    if (!info)
      return [
        [
          {
            id: 'diff',
            title: `Diff with v${latest}`,
            icon: 'codicon:diff',
            run: () => void openDiff(document, latest, 'draft'),
          },
        ],
      ];
    const { version, hash, labels } = info;
    const before = older(version);
    const diffs: MenuEntry[] = [
      ...(drafted
        ? [
            {
              id: 'draft',
              title: 'Diff with the draft',
              run: () => void openDiff(document, version, 'draft'),
            },
          ]
        : []),
      ...(before !== undefined
        ? [
            {
              id: 'previous',
              title: `Diff with v${before}`,
              run: () => void openDiff(document, before, version),
            },
          ]
        : []),
      ...(version !== latest && latest !== before
        ? [
            {
              id: 'latest',
              title: `Diff with v${latest}`,
              run: () => void openDiff(document, version, latest),
            },
          ]
        : []),
    ];
    const changes: MenuEntry[] = document.writable
      ? [
          ...(version !== latest
            ? [
                {
                  id: 'restore',
                  title: `Restore as v${latest + 1}`,
                  icon: 'codicon:history' as const,
                  run: () => void restoreVersion(document, version).then(list.refresh),
                },
              ]
            : []),
          {
            id: 'label',
            title: 'Label…',
            icon: 'codicon:tag',
            run: () => void askLabel(document, version, items).then(list.refresh),
          },
          ...labels.map((label) => ({
            id: `remove ${label}`,
            title: `Remove label ${label}`,
            run: () => void takeLabel(document, label, version).then(list.refresh),
          })),
        ]
      : [];
    const copy: MenuEntry = {
      id: 'copy',
      title: 'Copy hash',
      icon: 'codicon:copy',
      run: () =>
        void navigator.clipboard.writeText(hash).then(
          () => notifications.info(`The hash of v${version} is copied: ${hash.slice(0, 12)}…`),
          () => notifications.info(`The hash of v${version} is ${hash}`),
        ),
    };
    return [diffs, changes, [copy]];
  }

  const openMenu = (row: Row, at: { x: number; y: number }) =>
    menu.show(row.version ? `v${row.version.version}` : 'Draft', actions(row), at);
  return (
    <div className="versions">
      <List
        label="Versions"
        tall
        items={rows}
        idOf={({ id }) => id}
        selected={selected}
        onSelect={({ id }) => setSelected(id)}
        onOpen={compare}
        onMenu={openMenu}
        render={(row) => (
          <>
            <span className="versionlines">
              <span className="versionline">
                <span className="versionname">
                  {row.version ? `v${row.version.version}` : `Draft of v${latest + 1}`}
                </span>
                {row.version?.labels.map((label) => (
                  <span key={label} className="chip outline versionlabel">
                    <Icon name="codicon:tag" size={12} />
                    {label}
                  </span>
                ))}
                <span className="grow" />
                <When at={row.version?.savedAt ?? kept.draft?.updatedAt} now={clock.now()} />
              </span>
              <span className="dim sm ellipsis">
                {row.version
                  ? [row.version.author, row.version.message].filter(Boolean).join(' · ')
                  : kept.draft
                    ? `${kept.draft.updatedBy} · over v${kept.draft.base}`
                    : 'in this browser'}
              </span>
            </span>
            <IconButton
              small
              className="onhover"
              icon="codicon:ellipsis"
              label={`Actions of ${row.version ? `v${row.version.version}` : 'the draft'}`}
              tabIndex={-1}
              onClick={(event) => {
                event.stopPropagation();
                const box = event.currentTarget.getBoundingClientRect();
                setSelected(row.id);
                openMenu(row, { x: box.left, y: box.bottom + 2 });
              }}
            />
          </>
        )}
      />
      {items.length < total && (
        <button type="button" className="versionsmore" onClick={() => void list.more()}>
          {total - items.length} older
        </button>
      )}
      {menu.element}
    </div>
  );
}

function When({ at, now }: { at: string | undefined; now: number }) {
  return at ? (
    <span className="dim sm" title={exactTime(at)}>
      {relativeTime(at, now)}
    </span>
  ) : null;
}
