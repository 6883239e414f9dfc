import '../../../../ui/FeelField.css';
import '../../../../ui/Input.css';
import './FeelInput.css';
import type { ReactNode } from 'react';
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
  'aria-describedby'?: string | undefined;
}

/** A FEEL expression: `=` cell, coloured while typing, squiggle where it failed. Grows with its text. */
export function FeelInput({
  value,
  onChange,
  onBlur,
  id,
  label,
  invalid,
  faultAt,
  placeholder,
  ...aria
}: FeelInputProps) {
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
          id={id}
          aria-label={label}
          aria-invalid={invalid || undefined}
          aria-describedby={aria['aria-describedby']}
          rows={1}
          spellCheck={false}
          autoCapitalize="off"
          placeholder={placeholder}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onBlur={onBlur}
        />
      </div>
    </div>
  );
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
