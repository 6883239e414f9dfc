import { useMemo, useState } from 'react';
import type { OpenDialog } from '../platform/dialogs.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { DialogDetails, EachDialog } from './EachDialog.tsx';
import { fuzzyQuery } from './fuzzy.ts';
import { Palette } from './Palette.tsx';
import { usePlatform, useReadable } from './platformContext.ts';
import { QuickFrame } from './QuickFrame.tsx';
import { quickIndex, quickRows } from './quickRows.ts';

/** Shows whichever dialog is open. */
export function DialogHost() {
  const { dialogs } = usePlatform();
  const open = useReadable(dialogs);
  if (!open) return null;
  switch (open.type) {
    case 'question':
      return <Question open={open} />;
    case 'each':
      return <EachDialog open={open} />;
    case 'pick':
      return <Pick open={open} />;
    case 'input':
      return <Ask open={open} />;
    case 'palette':
      return <Palette open={open} />;
  }
}

function Question({ open }: { open: Extract<OpenDialog, { type: 'question' }> }) {
  const { title, message, details, actions } = open.question;
  return (
    <Dialog
      title={title}
      onClose={() => open.answer(undefined)}
      actions={[...actions].reverse().map((action) => (
        <Button
          key={action.id}
          look={action.danger ? 'danger' : action === actions[0] ? 'primary' : 'secondary'}
          data-autofocus={action === actions[0] || undefined}
          onClick={() => open.answer(action.id)}
        >
          {action.title}
        </Button>
      ))}
    >
      {message}
      {details && <DialogDetails details={details} />}
    </Dialog>
  );
}

function Pick({ open }: { open: Extract<OpenDialog, { type: 'pick' }> }) {
  const [text, setText] = useState('');
  const { placeholder, items } = open.pick;
  const index = useMemo(
    () => quickIndex(items.map((item) => ({ ...item, choose: () => open.answer(item.value) }))),
    [items, open],
  );
  const rows = useMemo(() => quickRows(index, text), [index, text]);
  return (
    <QuickFrame
      label={placeholder}
      placeholder={placeholder}
      text={text}
      onText={setText}
      rows={rows}
      query={fuzzyQuery(text)}
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
      query={fuzzyQuery('')}
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
