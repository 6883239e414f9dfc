import { type KeyboardEvent, useEffect, useState } from 'react';
import { keybindingProblem, strokeName } from '../../../platform/keybindings.ts';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Input } from '../../../ui/Input.tsx';
import { keysText } from '../../../ui/KeyHint.tsx';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { conflictsOf, type KeyRow } from '../keyRows.ts';

/** Asks for the keys of a command by having them pressed. Enter takes them, Esc leaves; both are keys only with others. */
export function RecordKeys({
  row,
  rows,
  onTake,
  onClose,
}: {
  row: KeyRow;
  rows: readonly KeyRow[];
  onTake(key: string, when: string | undefined): void;
  onClose(): void;
}) {
  const { keybindings } = usePlatform();
  const [strokes, setStrokes] = useState<readonly string[]>([]);
  const [when, setWhen] = useState(row.when ?? '');
  useEffect(() => {
    const pause = keybindings.pause();
    return () => pause.dispose();
  }, [keybindings]);
  const key = strokes.length > 0 ? strokes.join(' ') : row.key;
  const whenWrong = keybindingProblem({ key: 'f1', when });
  const others =
    key === undefined ? [] : conflictsOf({ key, command: row.command, when: when || undefined }, rows);
  const kept = key === undefined ? undefined : keybindings.keptByBrowser(key);
  const ready = key !== undefined && whenWrong === undefined;
  const take = () => ready && onTake(key, when.trim() || undefined);

  const onKeyDown = (event: KeyboardEvent) => {
    if (['Control', 'Shift', 'Alt', 'Meta', 'Tab'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const name = strokeName({ ...event, code: event.nativeEvent.code });
    if (name === 'escape') onClose();
    else if (name === 'enter') take();
    else setStrokes(strokes.length === 1 ? [strokes[0]!, name] : [name]);
  };
  return (
    <Dialog
      title={`Keys of ${row.title}`}
      onClose={onClose}
      actions={
        <Button look="primary" disabled={!ready} onClick={take}>
          Set keys
        </Button>
      }
    >
      <div className="recordkeys">
        <div>Press the keys, one after another for two of them, then Enter.</div>
        <Input
          className="recordkeys-keys"
          aria-label="Keys"
          data-autofocus
          readOnly
          placeholder="Waiting for keys…"
          value={key === undefined ? '' : (keysText(keybindings.labelsOf(key)) ?? '')}
          onKeyDown={onKeyDown}
        />
        <div role="status">
          {kept && (
            <Callout tone="warning">
              Expected keys that reach the editor, but in this browser {key?.split(' ')[0]} {kept}.
            </Callout>
          )}
          {others.length > 0 && (
            <Callout tone="warning">
              These keys belong to another command, too; the one set last runs:
              <ul>
                {others.slice(0, 5).map((other) => (
                  <li key={other.id}>
                    {other.title}
                    {other.when && <span className="dim"> when {other.when}</span>}
                  </li>
                ))}
              </ul>
            </Callout>
          )}
        </div>
        <Field
          label="When"
          note="optional"
          hint="A clause such as editorOpen && documentKind == 'workflow'. Without one the keys work everywhere."
          error={whenWrong}
        >
          {({ invalid, ...control }) => (
            <Input
              {...control}
              invalid={invalid}
              mono
              value={when}
              onChange={(event) => setWhen(event.target.value)}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}
