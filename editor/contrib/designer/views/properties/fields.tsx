import type { ReactNode } from 'react';
import type { Problem } from '../../../../platform/problems.ts';
import { Field } from '../../../../ui/Field.tsx';
import { Input } from '../../../../ui/Input.tsx';
import { FeelInput } from './FeelInput.tsx';
import { problemAt, type Selected, splitFeel } from './model.ts';
import { useDraft } from './useDraft.ts';

interface TextFieldProps {
  selected: Selected;
  label: ReactNode;
  value: string;
  commit(value: string): void;
  mono?: boolean;
  note?: string;
  hint?: ReactNode;
  placeholder?: string;
  /** Says what is wrong with a text that is not committed. */
  check?(value: string): string | undefined;
  error?: string | undefined;
  warning?: string | undefined;
}

/** A problem as its field tells it: what stops a deployment is an error, the rest a warning. */
export function told(problem: Problem | undefined): { error?: string; warning?: string } {
  if (!problem) return {};
  return problem.severity === 'error' ? { error: problem.message } : { warning: problem.message };
}

export function TextField({
  selected,
  label,
  value,
  commit,
  check,
  error,
  warning,
  note,
  hint,
  ...input
}: TextFieldProps) {
  const { timers } = selected.document.platform;
  const { draft, change, flush } = useDraft(
    value,
    (text) => check?.(text) === undefined && commit(text),
    timers,
  );
  return (
    <Field label={label} note={note} hint={hint} error={check?.(draft) ?? error} warning={warning}>
      {({ invalid, ...control }) => (
        <Input
          {...control}
          {...input}
          small
          invalid={invalid}
          value={draft}
          onChange={(event) => change(event.target.value)}
          onBlur={flush}
          onKeyDown={(event) => event.key === 'Enter' && flush()}
        />
      )}
    </Field>
  );
}

interface FeelFieldProps {
  selected: Selected;
  label: ReactNode;
  /** As in the file: FEEL begins with `=`. */
  value: string | undefined;
  commit(value: string): void;
  note?: string;
  hint?: ReactNode;
  placeholder?: string;
  /** Last step of the problem path: `conditionExpression`. */
  problem: string;
  nth?: number;
  /** The engine takes FEEL only. */
  always?: boolean;
  /** What is wrong with it besides what the gateway found. */
  error?: string | undefined;
}

/** FEEL or static text; a static text becomes FEEL by typing `=`, FEEL becomes static when emptied. */
export function FeelField({
  selected,
  label,
  value,
  commit,
  note,
  hint,
  placeholder,
  problem,
  nth,
  always,
  error,
}: FeelFieldProps) {
  const { timers } = selected.document.platform;
  const { draft, change, flush } = useDraft(value ?? '', commit, timers);
  const found = problem === '' ? undefined : problemAt(selected, problem, nth);
  const { feel, text } = splitFeel(draft);
  return (
    <Field label={label} note={note} hint={hint} error={error} {...told(found)}>
      {({ invalid, ...control }) =>
        feel || always ? (
          <FeelInput
            {...control}
            invalid={invalid}
            faultAt={found?.offset}
            {...(placeholder && { placeholder })}
            value={text}
            onChange={(next) => change(next === '' && !always ? '' : `=${next}`)}
            onBlur={flush}
          />
        ) : (
          <Input
            {...control}
            small
            invalid={invalid}
            {...(placeholder && { placeholder })}
            value={text}
            onChange={(event) => change(event.target.value)}
            onBlur={flush}
          />
        )
      }
    </Field>
  );
}
