import { type ReactNode, useEffect, useState } from 'react';
import { checkFeel } from '../../../../platform/languages/feelLanguage.ts';
import type { CodeFinding } from '../../../../platform/languages/languages.ts';
import type { Problem } from '../../../../platform/problems.ts';
import { Field } from '../../../../ui/Field.tsx';
import { Input } from '../../../../ui/Input.tsx';
import { FeelInput } from './FeelInput.tsx';
import { FeelLarge } from './FeelLarge.tsx';
import { feelScope } from './feelScope.ts';
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
  const [large, setLarge] = useState(false);
  const unread = useUnread(selected, feel || always ? text : '');
  const scope = () => {
    const { xml, saved } = selected.document.view.getState();
    return feelScope(xml, saved.content.startForm);
  };
  return (
    <Field
      label={label}
      note={note}
      hint={hint}
      error={error ?? (found ? undefined : unread?.message)}
      {...told(found)}
    >
      {({ invalid, ...control }) =>
        feel || always ? (
          <>
            {large && (
              <FeelLarge
                platform={selected.document.platform}
                title={typeof label === 'string' ? label : 'Expression'}
                value={text}
                scope={scope()}
                onDone={(next) => {
                  setLarge(false);
                  if (next !== undefined) change(next === '' && !always ? '' : `=${next}`);
                }}
              />
            )}
            <FeelInput
              {...control}
              invalid={invalid}
              faultAt={found?.offset ?? unread?.from}
              scope={scope}
              onEnlarge={() => setLarge(true)}
              {...(placeholder && { placeholder })}
              value={text}
              onChange={(next) => change(next === '' && !always ? '' : `=${next}`)}
              onBlur={flush}
            />
          </>
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

/** Looked at this many ms after the last key. */
const settle = 250;

/** What the engine would not read of an expression, before anything is asked of the server. */
function useUnread({ document }: Selected, text: string): CodeFinding | undefined {
  const [finding, setFinding] = useState<CodeFinding>();
  const { timers } = document.platform;
  useEffect(() => {
    let over = false;
    const waiting = timers.after(settle, async () => {
      const [first] = await checkFeel(text);
      if (!over) setFinding(first);
    });
    return () => {
      over = true;
      waiting.dispose();
    };
  }, [text, timers]);
  return finding;
}
