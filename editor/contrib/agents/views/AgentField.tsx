import type { JsonValue } from '@baton/gateway/api';
import { type ReactNode, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { type ContentPath, pathKey, problemsAt, valueAt } from '../../../platform/contentPath.ts';
import { Field } from '../../../ui/Field.tsx';
import { FigureInput } from '../../../ui/FigureInput.tsx';
import { plainNumber } from '../../../ui/quantities.ts';
import { usePlaceMenu } from '../../../workbench/placeMenu.ts';
import type { AgentDocument } from '../agentDocument.ts';
import { quantityAt } from '../agentFigures.ts';

export interface FieldParts {
  /** Goes on the control. */
  control: { id: string; 'aria-describedby': string | undefined; invalid: boolean };
  value: JsonValue | undefined;
  /** The value as a text field shows it. */
  text: string;
  change(value: JsonValue | undefined): void;
}

interface FieldOptions {
  document: AgentDocument;
  path: ContentPath;
  label: string;
  note?: ReactNode;
  hint?: ReactNode;
}

/** One field of the agent: its value, what is wrong with it, and its lines in the text while it is worked on. */
export function AgentField({
  document,
  path,
  label,
  note,
  hint,
  children,
}: FieldOptions & { children(parts: FieldParts): ReactNode }) {
  const key = pathKey(path);
  const value = useStore(document.view, (view) => valueAt(view.reading.value, path));
  const problems = useStore(document.view, (view) => view.problems);
  const selected = useStore(document.view, (view) => view.selected && pathKey(view.selected) === key);
  const place = useRef<HTMLDivElement>(null);
  const menu = usePlaceMenu(document.platform);
  useEffect(() => {
    // Called from Problems; a field that has the focus is in sight already.
    if (!selected || place.current?.contains(window.document.activeElement)) return;
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const own = problemsAt(problems, path);
  const of = (severity: string) => own.find((problem) => problem.severity === severity)?.message;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the control inside takes the focus, this only hears of it
    <div
      className="agentfield"
      ref={place}
      onFocus={() => document.select(path)}
      onContextMenu={(event) => {
        // Where a text is typed, the browser's own menu has copy and paste.
        if ((event.target as Element).closest('input, textarea')) return;
        document.select(path);
        if (document.named?.().length) menu.open(event, label);
      }}
    >
      <Field label={label} note={note} hint={hint} error={of('error')} warning={of('warning')}>
        {(control) =>
          children({
            control,
            value,
            text: textFor(value),
            change: (next) => document.change(path, next),
          })
        }
      </Field>
      {menu.element}
    </div>
  );
}

/** A figure in its unit; while it is empty, what counts then stands there in grey. */
export function FigureField({
  otherwise,
  ...field
}: FieldOptions & { otherwise?: number | string | undefined }) {
  return (
    <AgentField {...field}>
      {({ control, value, change }) => (
        <FigureInput
          {...control}
          quantity={quantityAt(field.path) ?? plainNumber}
          value={value}
          otherwise={otherwise}
          change={change}
        />
      )}
    </AgentField>
  );
}

function textFor(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
