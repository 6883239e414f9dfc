import './Input.css';
import './NamesInput.css';
import { type ClipboardEvent, type KeyboardEvent, useId, useState } from 'react';
import { Icon } from './Icon.tsx';

export interface NamesInputProps {
  id: string;
  'aria-describedby': string | undefined;
  /** What one of them is, read aloud: `host`. */
  what: string;
  names: readonly string[];
  onChange(names: readonly string[]): void;
  /** Names there are, offered while one types. */
  known?: readonly string[] | undefined;
  /** Names that do not stand as they are; `invalid` marks the whole. */
  wrong?: readonly string[];
  invalid?: boolean;
  placeholder?: string;
  readOnly?: boolean;
  mono?: boolean;
  /** Names have spaces: only commas and line breaks part them. */
  spaced?: boolean;
}

/** Several names as chips; Enter, a comma or leaving the field adds what is typed, Backspace takes the last one back. */
export function NamesInput(props: NamesInputProps) {
  const { names, known = [], wrong = [], invalid, placeholder, readOnly, mono, spaced, what } = props;
  const [text, setText] = useState('');
  const list = useId();
  const apart = spaced ? /[,\n]+/ : /[\s,]+/;
  const add = (typed: string) => {
    const added = typed
      .split(apart)
      .map((name) => name.trim())
      .filter(Boolean);
    setText('');
    if (added.length > 0) props.onChange([...new Set([...names, ...added])]);
  };
  const type = (typed: string) => {
    // One that was chosen from the list is whole at once.
    if (apart.test(typed) || (known.includes(typed) && typed.length - text.length > 1)) add(typed);
    else setText(typed);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && text !== '') {
      event.preventDefault();
      add(text);
    } else if (event.key === 'Backspace' && text === '' && names.length > 0) {
      setText(names.at(-1)!);
      props.onChange(names.slice(0, -1));
      event.preventDefault();
    }
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData('text');
    if (!apart.test(pasted)) return;
    event.preventDefault();
    add(text + pasted);
  };
  const state = ['input names', invalid && 'is-error', readOnly && 'is-readonly'];
  return (
    <span className={state.filter(Boolean).join(' ')}>
      {names.map((name) => (
        <span key={name} className={wrong.includes(name) ? 'chip guardrail' : 'chip'}>
          {wrong.includes(name) && <Icon name="codicon:warning" size={12} />}
          <span className={mono ? 'mono ellipsis' : 'ellipsis'}>{name}</span>
          {!readOnly && (
            <button
              type="button"
              className="nameremove"
              aria-label={`Remove ${name}`}
              onClick={() => props.onChange(names.filter((each) => each !== name))}
            >
              <Icon name="codicon:close" size={12} />
            </button>
          )}
        </span>
      ))}
      {!(readOnly && names.length > 0) && (
        <input
          id={props.id}
          aria-describedby={props['aria-describedby']}
          aria-invalid={invalid || undefined}
          className={mono ? 'mono' : undefined}
          readOnly={readOnly}
          list={known.length > 0 ? list : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={readOnly ? 'None' : names.length === 0 ? placeholder : `Another ${what}`}
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => add(text)}
        />
      )}
      {known.length > 0 && (
        <datalist id={list}>
          {known
            .filter((name) => !names.includes(name))
            .map((name) => (
              <option key={name} value={name} />
            ))}
        </datalist>
      )}
    </span>
  );
}
