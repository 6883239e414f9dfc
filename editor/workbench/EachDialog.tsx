import './EachDialog.css';
import { useState } from 'react';
import type { DialogQuestion, OpenDialog } from '../platform/dialogs.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Select } from '../ui/Select.tsx';

/** A list with a choice at each row, and one above for all of them. */
export function EachDialog({ open }: { open: Extract<OpenDialog, { type: 'each' }> }) {
  const { title, message, details, rows, choices, action } = open.question;
  const choicesOf = (row: (typeof rows)[number]) =>
    choices.filter(({ value }) => row.choices?.includes(value) ?? true);
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(rows.map((row) => [row.id, choicesOf(row)[0]!.value])),
  );
  const values = new Set(Object.values(chosen));
  const forAll = values.size === 1 ? [...values][0]! : '';
  const chooseAll = (value: string) =>
    setChosen((before) =>
      Object.fromEntries(
        rows.map((row) => [
          row.id,
          choicesOf(row).some((choice) => choice.value === value) ? value : before[row.id]!,
        ]),
      ),
    );
  return (
    <Dialog
      wide
      title={title}
      onClose={() => open.answer(undefined)}
      actions={
        <Button look="primary" data-autofocus onClick={() => open.answer(chosen)}>
          {action}
        </Button>
      }
    >
      {message}
      {rows.length > 0 && (
        <ul className="eachrows">
          {rows.length > 1 && (
            <li className="all">
              <span className="what">All {rows.length}</span>
              <Select
                small
                aria-label="For all"
                value={forAll}
                options={
                  forAll === ''
                    ? [{ value: '', title: 'Each as below', disabled: true }, ...choices]
                    : choices
                }
                onChange={(event) => chooseAll(event.target.value)}
              />
            </li>
          )}
          {rows.map((row) => (
            <li key={row.id}>
              <span className="what">
                <span title={row.title}>{row.title}</span>
                {row.note && <small title={row.note}>{row.note}</small>}
              </span>
              <Select
                small
                aria-label={`For ${row.title}`}
                value={chosen[row.id]!}
                options={choicesOf(row)}
                onChange={(event) => setChosen({ ...chosen, [row.id]: event.target.value })}
              />
            </li>
          ))}
        </ul>
      )}
      {details && <DialogDetails details={details} />}
    </Dialog>
  );
}

/** What a question is about, one by one. */
export function DialogDetails({ details }: { details: NonNullable<DialogQuestion['details']> }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with the keyboard
    <ul className="dialogdetails" tabIndex={0} aria-label="Details">
      {details.map((detail) => (
        <li key={detail.title}>
          {detail.title}
          {detail.lines.map((line) => (
            <code key={line} title={line}>
              {line}
            </code>
          ))}
        </li>
      ))}
    </ul>
  );
}
