import '../../../../ui/FeelField.css';
import '../../../../ui/Input.css';
import './FeelInput.css';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { completeFeel, explainFeel, type FeelVariable } from '../../../../platform/languages/feelLanguage.ts';
import type { Suggestion, Suggestions } from '../../../../platform/languages/languages.ts';
import { IconButton } from '../../../../ui/IconButton.tsx';
import { FeelAbout, FeelSuggestions } from './FeelSuggestions.tsx';
import { feelTokens } from './feelTokens.ts';

export interface FeelInputProps {
  /** Without the leading `=`. */
  value: string;
  onChange(value: string): void;
  onBlur?(): void;
  id?: string;
  label?: string;
  invalid?: boolean;
  /** 0-based place of the fault inside the expression. */
  faultAt?: number | undefined;
  placeholder?: string;
  /** What it can read; asked when it is needed. */
  scope?: () => readonly FeelVariable[];
  /** Opens it with more room. */
  onEnlarge?: () => void;
  'aria-describedby'?: string | undefined;
}

/** As many as one looks through. */
const mostShown = 60;

interface Open extends Suggestions {
  active: number;
}

/** A FEEL expression: `=` cell, coloured while typing, squiggle where it failed, suggestions. Grows with its text. */
export function FeelInput({
  value,
  onChange,
  onBlur,
  id,
  label,
  invalid,
  faultAt,
  placeholder,
  scope = () => [],
  onEnlarge,
  ...aria
}: FeelInputProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [open, setOpen] = useState<Open>();
  const [about, setAbout] = useState<{ text: string; x: number; y: number }>();
  const listId = useId();

  function suggest(text: string, at: number, asked: boolean) {
    const found = completeFeel(text, at, scope());
    const typed = found ? text.slice(found.from, at).toLowerCase() : '';
    if (!found || (!asked && typed === '' && text[at - 1] !== '.')) return setOpen(undefined);
    const items = found.items
      .filter(({ label: name }) => name.toLowerCase().includes(typed))
      .sort((one, other) => rank(one, typed) - rank(other, typed))
      .slice(0, mostShown);
    const done = items.length === 1 && items[0]!.label === typed && !asked;
    setOpen(items.length > 0 && !done ? { ...found, items, active: 0 } : undefined);
  }

  function accept(item: Suggestion, { from, to }: Suggestions) {
    const { text, caret } = plain(item);
    onChange(`${value.slice(0, from)}${text}${value.slice(to)}`);
    setOpen(undefined);
    const area = field.current;
    // The caret goes where the text is set, which React does after this event.
    queueMicrotask(() => area?.setSelectionRange(from + caret, from + caret));
  }

  function keys(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      suggest(value, event.currentTarget.selectionStart, true);
      return;
    }
    if (!open) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setOpen({ ...open, active: (open.active + step + open.items.length) % open.items.length });
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      accept(open.items[open.active]!, open);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setOpen(undefined);
    }
  }

  const at = open && field.current?.getBoundingClientRect();
  return (
    <div className={`input feel feelinput${invalid ? ' is-error' : ''}`}>
      <span className="eq" aria-hidden="true">
        =
      </span>
      <div className="feeltext">
        <pre aria-hidden="true">
          {coloured(value, invalid ? (faultAt ?? 0) : undefined)}
          {'\u200b'}
        </pre>
        <textarea
          ref={field}
          id={id}
          role="combobox"
          aria-label={label}
          aria-invalid={invalid || undefined}
          aria-describedby={aria['aria-describedby']}
          aria-autocomplete="list"
          aria-expanded={open !== undefined}
          aria-controls={open && listId}
          aria-activedescendant={open && `${listId}-${open.active}`}
          rows={1}
          spellCheck={false}
          autoCapitalize="off"
          placeholder={placeholder}
          value={value}
          onChange={(event) => {
            const { value: text, selectionStart } = event.target;
            onChange(text);
            setAbout(undefined);
            suggest(text, selectionStart, false);
          }}
          onKeyDown={keys}
          onMouseMove={({ clientX: x, clientY: y }) => {
            const place = document.caretPositionFromPoint?.(x, y);
            const found =
              place?.offsetNode === field.current && place
                ? explainFeel(value, place.offset, scope())
                : undefined;
            if (found?.text !== about?.text) setAbout(found && { text: found.text, x, y });
          }}
          onMouseLeave={() => setAbout(undefined)}
          onBlur={() => {
            setOpen(undefined);
            onBlur?.();
          }}
        />
      </div>
      {onEnlarge && <IconButton icon="codicon:screen-full" label="Edit in large" onClick={onEnlarge} />}
      {open && at && (
        <FeelSuggestions
          id={listId}
          items={open.items}
          active={open.active}
          at={at}
          onPick={(item) => accept(item, open)}
        />
      )}
      {about && !open && (
        <div className="feelhover" role="tooltip" style={{ left: about.x, top: about.y + 14 }}>
          <FeelAbout text={about.text} />
        </div>
      )}
    </div>
  );
}

/** What begins as typed comes first, variables before functions. */
function rank({ label, order = 5 }: Suggestion, typed: string): number {
  return (label.toLowerCase().startsWith(typed) ? 0 : 10) + order;
}

/** A field has no places to walk: the words of places go, and the caret stands at the first. */
function plain({ label, insert = label }: Suggestion): { text: string; caret: number } {
  const first = insert.indexOf('${');
  const text = insert.replace(/\$\{\d+(?::(\w+))?\}/g, (_, word) => (first < 0 ? '' : (word ?? '')));
  return { text, caret: first < 0 ? text.length : first };
}

function coloured(text: string, faultAt: number | undefined): ReactNode {
  let at = 0;
  const tokens = feelTokens(text);
  const last = Math.max(0, text.trimEnd().length - 1);
  return tokens.map((token) => {
    const from = at;
    at += token.text.length;
    const faulty = faultAt !== undefined && Math.min(faultAt, last) >= from && Math.min(faultAt, last) < at;
    return (
      <span key={from} className={`feel-${token.kind}${faulty ? ' squiggle' : ''}`}>
        {token.text}
      </span>
    );
  });
}
