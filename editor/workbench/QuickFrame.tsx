import './QuickInput.css';
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { Icon } from '../ui/Icon.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { keyAction } from '../ui/keyAction.ts';
import { type FuzzyQuery, fuzzyMatch } from './fuzzy.ts';
import type { QuickRow } from './quickRows.ts';

/** As in the stylesheet; heads of sections are as high as rows. */
const rowHeight = 28;
const listHeight = 440;
/** Drawn beyond each end of what is in sight: scrolling draws the next ones. */
const spare = 2;

export interface QuickFrameProps {
  label: string;
  placeholder: string;
  text: string;
  onText(text: string): void;
  rows: readonly QuickRow[];
  /** The text whose results the rows are; nothing while they are waited for. */
  resultsOf?: string | undefined;
  /** What is marked in the labels. */
  query: FuzzyQuery;
  empty: string;
  foot?: ReactNode;
  onClose(): void;
  /** Chosen without rows: a question. */
  onEnter?(): void;
  error?: string | undefined;
  /** What a key means to this list beyond walking and choosing; true: it was used. `walk` moves the choice by so many rows. */
  onKey?(event: KeyboardEvent, walk: (by: number) => void): boolean;
}

/**
 * 640 px at the top: a field and what it finds. Arrows walk, Enter chooses, Ctrl+Enter to the side, Esc closes. Only rows
 * in sight are there: thousands are as quick as ten.
 */
export function QuickFrame(props: QuickFrameProps) {
  const { label, placeholder, text, onText, rows, query, empty, foot, onClose, onEnter, error } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState({ text, row: 0 });
  const [top, setTop] = useState(0);
  const scrolled = useRef(0);
  /** Ctrl was held while the palette's own key walked: letting go chooses. */
  const walking = useRef(false);
  // Another text finds something else, and its best is on top.
  const at = chosen.text === text ? Math.min(chosen.row, Math.max(0, rows.length - 1)) : 0;
  const setSelected = (row: number) => setChosen({ text, row });
  const lines = useMemo(() => linesOf(rows), [rows]);

  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const field = input.current!;
    field.focus();
    field.setSelectionRange(/^[>@#:?]/.test(field.value) ? 1 : 0, field.value.length);
    return () => {
      if (document.activeElement === document.body || field.contains(document.activeElement)) before?.focus();
    };
  }, []);
  useLayoutEffect(() => {
    const line = lines.lineOf[at];
    if (!list.current || line === undefined) return;
    // The head of the first row of a section comes along.
    const from = (lines.lines[line - 1]?.head === undefined ? line : line - 1) * rowHeight;
    const to = (line + 1) * rowHeight;
    // Asking how it is scrolled lays out the page, with every key: the best of a new text is on top.
    if (from === 0 && scrolled.current === 0) return;
    const { scrollTop, clientHeight } = list.current;
    if (from < scrollTop) list.current.scrollTop = from;
    else if (to > scrollTop + clientHeight && clientHeight > 0) list.current.scrollTop = to - clientHeight;
    scrolled.current = list.current.scrollTop;
  }, [at, lines]);

  const walk = (by: number) => setSelected((at + by + Math.max(1, rows.length)) % Math.max(1, rows.length));
  const choose = (side: boolean) => (onEnter ? onEnter() : rows[at]?.item.choose(side));
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (
      props.onKey?.(event, (by) => {
        walking.current = event.ctrlKey || event.metaKey;
        walk(by);
      })
    ) {
      event.preventDefault();
      return;
    }
    const action = keyAction(event.key, [
      ['ArrowDown', () => walk(1)],
      ['ArrowUp', () => walk(-1)],
      ['PageDown', () => setSelected(Math.min(rows.length - 1, at + 10))],
      ['PageUp', () => setSelected(Math.max(0, at - 10))],
      ['Enter', () => choose(event.ctrlKey || event.metaKey)],
      ['Escape', onClose],
      ['Tab', () => undefined],
    ]);
    if (!action) return;
    event.preventDefault();
    action();
  };

  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  const inSight = lines.lines.slice(first, Math.ceil((top + listHeight) / rowHeight) + spare);
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
                if (list.current && scrolled.current > 0) list.current.scrollTop = 0;
                onText(event.target.value);
              }}
              onKeyDown={onKeyDown}
              onKeyUp={(event) => {
                if (walking.current && (event.key === 'Control' || event.key === 'Meta')) choose(false);
              }}
            />
          </span>
          {error && (
            <p className="quickerror" role="alert">
              {error}
            </p>
          )}
        </div>
        {!onEnter && (
          <div
            className="res scroll"
            role="listbox"
            id={`${id}-list`}
            aria-label={label}
            data-results-of={props.resultsOf}
            ref={list}
            onScroll={(event) => {
              scrolled.current = event.currentTarget.scrollTop;
              setTop(scrolled.current);
            }}
          >
            <div role="presentation" className="lines" style={{ height: lines.lines.length * rowHeight }}>
              {inSight.map((line, offset) => {
                const style = { top: (first + offset) * rowHeight };
                if (line.head !== undefined) {
                  return (
                    <div key={`head ${line.row}`} className="sep" role="presentation" style={style}>
                      <span>{line.head}</span>
                    </div>
                  );
                }
                const { item } = rows[line.row]!;
                return (
                  // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, rows are its active descendants
                  // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the field
                  <div
                    key={line.row}
                    id={`${id}-${line.row}`}
                    className={line.row === at ? 'r is-selected' : 'r'}
                    style={{ ...style, ...(item.depth && { paddingLeft: 8 + item.depth * 16 }) }}
                    role="option"
                    aria-selected={line.row === at}
                    aria-setsize={rows.length}
                    aria-posinset={line.row + 1}
                    onClick={(event) => item.choose(event.ctrlKey || event.metaKey)}
                  >
                    <span className="ic">
                      {item.icon && <Icon name={item.icon} {...(item.kind && { kind: item.kind })} />}
                    </span>
                    <span className="nowrap">{highlight(item.label, query)}</span>
                    <span className="dim sm ellipsis">{item.description}</span>
                    <span className="end">
                      <KeyHint keys={item.keys ?? []} />
                    </span>
                  </div>
                );
              })}
            </div>
            {rows.length === 0 && <p className="quickempty">{empty}</p>}
          </div>
        )}
        {foot}
      </div>
    </>,
    document.body,
  );
}

interface Line {
  row: number;
  /** It is the head above the row. */
  head?: string;
}

/** Rows and heads, one line each; and on which line a row is. */
function linesOf(rows: readonly QuickRow[]): { lines: readonly Line[]; lineOf: readonly number[] } {
  const lines: Line[] = [];
  const lineOf: number[] = [];
  rows.forEach(({ section }, row) => {
    if (section) lines.push({ row, head: section });
    lineOf.push(lines.length);
    lines.push({ row });
  });
  return { lines, lineOf };
}

function highlight(label: string, query: FuzzyQuery): ReactNode {
  const marked = new Set(fuzzyMatch(query, label)?.at);
  const parts: ReactNode[] = [];
  for (let from = 0; from < label.length; ) {
    let to = from + 1;
    while (to < label.length && marked.has(to) === marked.has(from)) to++;
    const part = label.slice(from, to);
    parts.push(marked.has(from) ? <em key={from}>{part}</em> : part);
    from = to;
  }
  return parts;
}
