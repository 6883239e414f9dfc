import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Icon } from '../../../ui/Icon.tsx';
import { keyAction } from '../../../ui/keyAction.ts';
import { dayOf, exactTime, preciseTime } from '../../../ui/time.ts';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { type Audit, entryAt } from '../auditStore.ts';
import { outcomeWords } from '../auditWords.ts';

/** px. */
const rowHeight = 32;
/** Rows rendered beyond those in sight. */
const beyond = 8;

/** Entries as rows, of which those in sight are rendered; arrows walk, Enter shows the entry. */
export function AuditList({ audit }: { audit: Audit }) {
  const { clock } = usePlatform();
  const state = useReadable(audit);
  const box = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ top: 0, height: 600 });
  const [at, setAt] = useState(0);
  const rows = (state.total ?? 0) + state.fresh.length;
  const first = Math.max(0, Math.floor(sight.top / rowHeight) - beyond);
  const last = Math.min(rows - 1, Math.ceil((sight.top + sight.height) / rowHeight) + beyond);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      if (entry) setSight((before) => ({ ...before, height: entry.contentRect.height }));
    });
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);
  useEffect(() => audit.need(first, last), [audit, first, last]);
  const isAtEnd = sight.top > 0 && last === rows - 1;
  // Who scrolls to the end wants what comes next; of a list that is all in sight nobody can tell.
  useEffect(() => {
    if (isAtEnd) void audit.lookFurtherBack();
  }, [audit, isAtEnd]);
  // Another search begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for each filter
  useEffect(() => {
    box.current!.scrollTop = 0;
    setAt(0);
  }, [state.filter]);

  const go = (row: number) => {
    const next = Math.max(0, Math.min(rows - 1, row));
    setAt(next);
    const view = box.current!;
    if (next * rowHeight < view.scrollTop) view.scrollTop = next * rowHeight;
    const bottom = (next + 1) * rowHeight - view.clientHeight;
    if (bottom > view.scrollTop) view.scrollTop = bottom;
    const entry = entryAt(state, next);
    if (entry && state.selected) audit.select(entry);
  };
  const page = Math.max(1, Math.floor(sight.height / rowHeight) - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const action = keyAction(event.key, [
      ['ArrowDown', () => go(at + 1)],
      ['ArrowUp', () => go(at - 1)],
      ['PageDown', () => go(at + page)],
      ['PageUp', () => go(at - page)],
      ['Home', () => go(0)],
      ['End', () => go(rows - 1)],
      ['Enter', () => audit.select(entryAt(state, at))],
      ['Escape', () => audit.select(undefined)],
    ]);
    if (!action) return;
    event.preventDefault();
    action();
  };
  const now = clock.now();
  return (
    <div
      ref={box}
      className="auditlist scroll"
      role="listbox"
      aria-label="Entries of the audit, newest first"
      tabIndex={0}
      aria-activedescendant={rows > 0 ? `audit-${at}` : undefined}
      onKeyDown={onKeyDown}
      onScroll={(event) => {
        const { scrollTop: top } = event.currentTarget;
        setSight((before) => ({ ...before, top }));
        audit.hold(top > rowHeight);
      }}
    >
      <div style={{ height: rows * rowHeight }} role="presentation">
        {Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => {
          const row = first + offset;
          const entry = entryAt(state, row);
          const { state: tone, icon, word } = outcomeWords[entry?.outcome ?? 'unknown'];
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: the list is the tab stop, rows are its active descendants
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the list
            <div
              key={row}
              id={`audit-${row}`}
              className={auditRowClass(entry !== undefined && entry.id === state.selected?.id, row === at)}
              role="option"
              aria-selected={entry !== undefined && entry.id === state.selected?.id}
              aria-posinset={row + 1}
              aria-setsize={rows}
              style={{ top: row * rowHeight }}
              onClick={() => {
                setAt(row);
                audit.select(entry);
              }}
            >
              {entry ? (
                <>
                  <time className="mono dim" dateTime={entry.at} title={exactTime(entry.at)}>
                    {dayOf(entry.at, now) === 'Today' ? '' : `${shortDay(entry.at)} `}
                    {preciseTime(entry.at)}
                  </time>
                  <span className="auditwho">
                    <Icon name={actorIcons[entry.actor.kind] ?? 'codicon:account'} size={14} />
                    <span className="ellipsis" title={entry.actor.names?.join(', ')}>
                      {entry.actor.name || entry.actor.kind}
                    </span>
                  </span>
                  <span className="mono ellipsis">{entry.action}</span>
                  <span className="ellipsis auditwhat">
                    {entry.resource.kind}
                    {entry.resource.id && (
                      <span className="dim" title={entry.resource.id}>
                        {' '}
                        {entry.resource.names?.[0] ?? entry.resource.id}
                      </span>
                    )}
                  </span>
                  <span className={`state ${tone} plain`}>
                    <Icon name={icon} size={12} />
                    {word}
                  </span>
                </>
              ) : (
                <span className="skeleton" />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

const actorIcons: { readonly [kind: string]: `codicon:${string}` } = {
  user: 'codicon:account',
  key: 'codicon:key',
  service: 'codicon:server-process',
  system: 'codicon:gear',
  anonymous: 'codicon:question',
};

const shortDay = (instant: string) =>
  new Date(instant).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });

const auditRowClass = (selected: boolean, walked: boolean) =>
  ['auditrow', selected && 'is-selected', walked && 'is-walked'].filter(Boolean).join(' ');
