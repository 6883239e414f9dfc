import './QuickInput.css';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { OpenDialog, QuickPickItem } from '../platform/dialogs.ts';
import { readJson } from '../platform/host.ts';
import type { Platform } from '../platform/platform.ts';
import type { QuickAccess, QuickAccessItem } from '../platform/quickAccess.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/Icon.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { keyAction } from '../ui/keyAction.ts';
import { type FuzzyMatch, fuzzyMatch } from './fuzzy.ts';
import { usePlatform, useReadable } from './platformContext.ts';

/** Shows whichever dialog is open. */
export function DialogHost() {
  const { dialogs } = usePlatform();
  const open = useReadable(dialogs);
  if (!open) return null;
  switch (open.type) {
    case 'question':
      return <Question open={open} />;
    case 'pick':
      return <Pick open={open} />;
    case 'input':
      return <Ask open={open} />;
    case 'palette':
      return <Palette open={open} />;
  }
}

function Question({ open }: { open: Extract<OpenDialog, { type: 'question' }> }) {
  const { title, message, actions } = open.question;
  return (
    <Dialog
      title={title}
      onClose={() => open.answer(undefined)}
      actions={
        <>
          <Button look="ghost" onClick={() => open.answer(undefined)}>
            Cancel
          </Button>
          {[...actions].reverse().map((action) => (
            <Button
              key={action.id}
              look={action.danger ? 'danger' : action === actions[0] ? 'primary' : 'secondary'}
              data-autofocus={action === actions[0] || undefined}
              onClick={() => open.answer(action.id)}
            >
              {action.title}
            </Button>
          ))}
        </>
      }
    >
      {message}
    </Dialog>
  );
}

interface Row {
  id: string;
  item: Omit<QuickAccessItem, 'run' | 'id'>;
  match: FuzzyMatch;
  /** Head above this row. */
  section?: string | undefined;
  choose(): void;
}

interface QuickFrameProps {
  label: string;
  placeholder: string;
  text: string;
  onText(text: string): void;
  rows: readonly Row[];
  empty: string;
  foot?: ReactNode;
  onClose(): void;
  /** Chosen without rows: a question. */
  onEnter?(): void;
  error?: string | undefined;
}

/** 640 px at the top: a field and what it finds. Arrows walk, Enter chooses, Esc closes. */
function QuickFrame({
  label,
  placeholder,
  text,
  onText,
  rows,
  empty,
  foot,
  onClose,
  onEnter,
  error,
}: QuickFrameProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useState(0);
  const at = Math.min(selected, Math.max(0, rows.length - 1));

  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const field = input.current!;
    field.focus();
    field.setSelectionRange(field.value.startsWith('>') ? 1 : 0, field.value.length);
    return () => {
      if (document.activeElement === document.body || field.contains(document.activeElement)) before?.focus();
    };
  }, []);
  useEffect(() => {
    list.current?.querySelector(`[data-row="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const onKeyDown = (event: KeyboardEvent) => {
    const action = keyAction(event.key, [
      ['ArrowDown', () => setSelected((at + 1) % Math.max(1, rows.length))],
      ['ArrowUp', () => setSelected((at + rows.length - 1) % Math.max(1, rows.length))],
      ['PageDown', () => setSelected(Math.min(rows.length - 1, at + 10))],
      ['PageUp', () => setSelected(Math.max(0, at - 10))],
      ['Enter', () => (onEnter ? onEnter() : rows[at]?.choose())],
      ['Escape', onClose],
      ['Tab', () => undefined],
    ]);
    event.stopPropagation();
    if (!action) return;
    event.preventDefault();
    action();
  };

  return createPortal(
    <>
      <div className="quickground" onPointerDown={onClose} />
      <div className="quick" role="dialog" aria-label={label}>
        <div className="in">
          <span className={error ? 'input is-error' : 'input'}>
            <input
              ref={input}
              role="combobox"
              aria-label={label}
              aria-expanded={rows.length > 0}
              aria-controls={`${id}-list`}
              aria-activedescendant={rows.length > 0 ? `${id}-${at}` : undefined}
              aria-invalid={error !== undefined}
              autoComplete="off"
              spellCheck={false}
              placeholder={placeholder}
              value={text}
              onChange={(event) => {
                setSelected(0);
                onText(event.target.value);
              }}
              onKeyDown={onKeyDown}
            />
          </span>
          {error && (
            <p className="quickerror" role="alert">
              {error}
            </p>
          )}
        </div>
        {!onEnter && (
          <div className="res scroll" role="listbox" id={`${id}-list`} aria-label={label} ref={list}>
            {rows.map((row, index) => (
              <div key={row.id} role="presentation">
                {row.section && (
                  <div className="sep" role="presentation">
                    <span>{row.section}</span>
                  </div>
                )}
                {/* biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, rows are its active descendants */}
                {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the field */}
                <div
                  id={`${id}-${index}`}
                  data-row={index}
                  className={index === at ? 'r is-selected' : 'r'}
                  role="option"
                  aria-selected={index === at}
                  onClick={row.choose}
                >
                  <span className="ic">
                    {row.item.icon && (
                      <Icon name={row.item.icon} {...(row.item.kind && { kind: row.item.kind })} />
                    )}
                  </span>
                  <span className="nowrap">{highlight(row.item.label, row.match)}</span>
                  <span className="dim sm ellipsis">{row.item.description}</span>
                  <span className="end">
                    <KeyHint keys={row.item.keys ?? []} />
                  </span>
                </div>
              </div>
            ))}
            {rows.length === 0 && <p className="quickempty">{empty}</p>}
          </div>
        )}
        {foot}
      </div>
    </>,
    document.body,
  );
}

function highlight(label: string, match: FuzzyMatch): ReactNode {
  const parts: ReactNode[] = [];
  const bold = new Set(match.at);
  for (let from = 0; from < label.length; ) {
    let to = from + 1;
    while (to < label.length && bold.has(to) === bold.has(from)) to++;
    const part = label.slice(from, to);
    parts.push(bold.has(from) ? <em key={from}>{part}</em> : part);
    from = to;
  }
  return parts;
}

function matching<T extends { label: string; description?: string }>(items: readonly T[], query: string) {
  return items
    .flatMap((item) => {
      const match = fuzzyMatch(query, item.label);
      return match ? [{ item, match }] : [];
    })
    .sort((a, b) => b.match.score - a.match.score);
}

function Pick({ open }: { open: Extract<OpenDialog, { type: 'pick' }> }) {
  const [text, setText] = useState('');
  const { placeholder, items } = open.pick;
  const rows = useMemo(() => {
    let section: string | undefined;
    return matching<QuickPickItem>(items, text).map(({ item, match }): Row => {
      const head = item.section !== section ? item.section : undefined;
      section = item.section;
      return { id: item.id, item, match, section: head, choose: () => open.answer(item.value) };
    });
  }, [items, text, open]);
  return (
    <QuickFrame
      label={placeholder}
      placeholder={placeholder}
      text={text}
      onText={setText}
      rows={rows}
      empty="Nothing matches."
      onClose={() => open.answer(undefined)}
    />
  );
}

function Ask({ open }: { open: Extract<OpenDialog, { type: 'input' }> }) {
  const { title, value = '', placeholder, validate } = open.input;
  const [text, setText] = useState(value);
  const [tried, setTried] = useState(false);
  const error = validate?.(text.trim());
  return (
    <QuickFrame
      label={title}
      placeholder={placeholder ?? title}
      text={text}
      onText={setText}
      rows={[]}
      empty=""
      error={tried || text !== value ? error : undefined}
      onClose={() => open.answer(undefined)}
      onEnter={() => {
        setTried(true);
        if (!error) open.answer(text.trim());
      }}
      foot={
        <div className="qfoot">
          <span className="ellipsis">{title}</span>
          <span className="grow" />
          <span>
            <KeyHint keys={[['↵']]} /> accept
          </span>
          <span>
            <KeyHint keys={[['Esc']]} /> cancel
          </span>
        </div>
      }
    />
  );
}

const recentKey = 'recentCommands';
const recentKept = 8;

function Palette({ open }: { open: Extract<OpenDialog, { type: 'palette' }> }) {
  const platform = usePlatform();
  const [text, setText] = useState(open.text);
  const accesses = useReadable(platform.quickAccess);
  const access =
    accesses.find((item) => item.prefix !== '' && text.startsWith(item.prefix)) ??
    accesses.find((item) => item.prefix === '');
  const items = useAccessItems(access);
  const documents = useAccessItems(accesses.find((item) => item.prefix === ''));
  const query = access ? text.slice(access.prefix.length).trim() : text;
  const rows = useMemo(() => {
    const close = (item: QuickAccessItem) => () => {
      open.answer();
      if (access?.prefix === '>') remember(platform, item.id);
      item.run();
    };
    const row = ({ item, match }: { item: QuickAccessItem; match: FuzzyMatch }, section?: string): Row => ({
      id: item.id,
      item,
      match,
      section,
      choose: close(item),
    });
    const found = matching(items, query);
    if (access?.prefix !== '>') return found.map((entry) => row(entry));
    const recent = readJson<string[]>(platform.storage, recentKey) ?? [];
    const used = recent.flatMap((id) => found.filter(({ item }) => item.id === id));
    const others = found.filter(({ item }) => !recent.includes(item.id));
    const other = query === '' ? [] : matching(documents, query);
    return [
      ...used.map((entry, at) => row(entry, at === 0 ? 'recently used' : undefined)),
      ...others.map((entry, at) => row(entry, at === 0 && used.length > 0 ? 'other commands' : undefined)),
      ...other.map((entry, at) => row(entry, at === 0 ? 'documents' : undefined)),
    ];
  }, [items, documents, query, access, open, platform]);
  return (
    <QuickFrame
      label="Command palette"
      placeholder={access?.placeholder ?? 'Search'}
      text={text}
      onText={setText}
      rows={rows}
      empty="Nothing matches."
      onClose={() => open.answer()}
      foot={
        <div className="qfoot">
          <span>
            <KeyHint keys={[['↑', '↓']]} /> select
          </span>
          <span>
            <KeyHint keys={[['↵']]} /> {access?.prefix === '>' ? 'run' : 'open'}
          </span>
          <span className="grow" />
          {accesses.map(
            (item) =>
              item.prefix !== '' && (
                <span key={item.id}>
                  <b>{item.prefix}</b> {item.title}
                </span>
              ),
          )}
        </div>
      }
    />
  );
}

function useAccessItems(access: QuickAccess | undefined): readonly QuickAccessItem[] {
  const [items, setItems] = useState<readonly QuickAccessItem[]>([]);
  useEffect(() => {
    let current = true;
    void Promise.resolve(access?.items() ?? []).then((found) => current && setItems(found));
    return () => {
      current = false;
    };
  }, [access]);
  return items;
}

function remember(platform: Platform, id: string): void {
  const before = readJson<string[]>(platform.storage, recentKey) ?? [];
  platform.storage.set(
    recentKey,
    JSON.stringify([id, ...before.filter((other) => other !== id)].slice(0, recentKept)),
  );
}
