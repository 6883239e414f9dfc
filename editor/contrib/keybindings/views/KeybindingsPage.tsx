import './KeybindingsPage.css';
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { strokeName } from '../../../platform/keybindings.ts';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { KeyHint, keysText } from '../../../ui/KeyHint.tsx';
import { useContextMenu } from '../../../workbench/contextMenu.tsx';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';
import { isChanged, reset, withKey, withKeys, withoutKey } from '../keyChanges.ts';
import { type KeyRow, keyRows, matchingRows } from '../keyRows.ts';
import { RecordKeys } from './RecordKeys.tsx';

/** Every command with its keys: found by words or by pressing them, changed, taken away and given back. */
export function KeybindingsPage() {
  const platform = usePlatform();
  const { commands, keybindings, preferences } = platform;
  const all = useReadable(commands);
  const bindings = useReadable(keybindings);
  const user = useReadable(preferences).keybindings ?? [];
  const [text, setText] = useState('');
  const [recording, setRecording] = useState(false);
  const [changing, setChanging] = useState<KeyRow>();
  const [selected, setSelected] = useState<string>();
  const list = useRef<HTMLDivElement>(null);
  const menu = useContextMenu();
  const wanted = useDeferredValue(text);
  const rows = useMemo(() => keyRows(all, bindings), [all, bindings]);
  const shown = useMemo(
    () => matchingRows(rows, wanted, (key) => keysText(keybindings.labelsOf(key)) ?? ''),
    [rows, wanted, keybindings],
  );
  const stop = shown.find((row) => row.id === selected)?.id ?? shown[0]?.id;

  useEffect(() => {
    if (!recording) return;
    const pause = keybindings.pause();
    return () => pause.dispose();
  }, [recording, keybindings]);

  const change = (keys: typeof user) => preferences.change((before) => withKeys(before, keys));
  const search = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'ArrowDown' && !recording) {
      event.preventDefault();
      list.current?.querySelector<HTMLElement>('tbody tr[tabindex="0"]')?.focus();
    }
    if (!recording || ['Control', 'Shift', 'Alt', 'Meta', 'Tab'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const name = strokeName({ ...event, code: event.nativeEvent.code });
    const before = /^"([^ "]+)"$/.exec(text)?.[1];
    if (name === 'escape') setRecording(false);
    else setText(before ? `"${before} ${name}"` : `"${name}"`);
  };
  const actions = (row: KeyRow) => [
    [
      {
        id: 'change',
        title: row.key ? 'Change keys…' : 'Add keys…',
        keys: 'Enter',
        run: () => setChanging(row),
      },
      ...(row.key
        ? [
            { id: 'add', title: 'Add more keys…', run: () => setChanging(withoutKeyOf(row)) },
            {
              id: 'remove',
              title: 'Remove keys',
              keys: 'Del',
              run: () => change(withoutKey(user, row)),
            },
          ]
        : []),
      {
        id: 'reset',
        title: 'Reset to default',
        disabled: !isChanged(user, row.command),
        run: () => change(reset(user, row.command)),
      },
    ],
    [
      ...(row.key ? [{ id: 'same', title: 'Show same keys', run: () => setText(`"${row.key}"`) }] : []),
      {
        id: 'copy',
        title: 'Copy command ID',
        run: () => void navigator.clipboard.writeText(row.command),
      },
    ],
  ];
  const onRowKey = (event: KeyboardEvent<HTMLElement>, row: KeyRow) => {
    if (event.target !== event.currentTarget) return;
    const step = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 15,
      PageUp: -15,
      Home: -shown.length,
      End: shown.length,
    }[event.key];
    if (step !== undefined) {
      const at = Math.min(shown.length - 1, Math.max(0, shown.indexOf(row) + step));
      (list.current?.querySelectorAll('tbody tr')[at] as HTMLElement | undefined)?.focus();
    } else if (event.key === 'Enter') setChanging(row);
    else if (event.key === 'Delete' && row.key) change(withoutKey(user, row));
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const box = event.currentTarget.getBoundingClientRect();
      menu.show(row.title, actions(row), { x: box.left + 60, y: box.bottom });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="keys">
      <div className="keys-head">
        <Input
          icon={recording ? 'codicon:record-keys' : 'codicon:search'}
          aria-label={recording ? 'Search by pressing keys' : 'Search keys'}
          placeholder={
            recording
              ? 'Press the keys you look for, Esc to stop'
              : 'Words of a command, its keys, @user or @conflicts'
          }
          data-autofocus
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDownCapture={search}
          onBlur={() => setRecording(false)}
        />
        <IconButton
          icon="codicon:record-keys"
          label="Search by pressing keys"
          on={recording}
          onPointerDown={(event) => event.preventDefault()}
          onClick={(event) => {
            setRecording(!recording);
            setText('');
            (event.currentTarget.parentElement?.querySelector('input') as HTMLElement | null)?.focus();
          }}
        />
        <IconButton
          icon="codicon:json"
          label="Open keys as JSON"
          onClick={() => void commands.run('keybindings.openJson')}
        />
        <span className="keys-count" role="status">
          {shown.length === rows.length ? `${rows.length} keys` : `${shown.length} of ${rows.length} keys`}
        </span>
      </div>
      <div className="keys-body scroll" ref={list}>
        <table className="keys-table" aria-label="Keys of commands">
          <thead>
            <tr className="keys-row is-head">
              <th scope="col" aria-label="Actions" />
              <th scope="col">Command</th>
              <th scope="col">Keys</th>
              <th scope="col">When</th>
              <th scope="col">Source</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr
                key={row.id}
                className={row.id === stop && selected ? 'keys-row is-selected' : 'keys-row'}
                tabIndex={row.id === stop ? 0 : -1}
                aria-selected={row.id === selected}
                onFocus={() => setSelected(row.id)}
                onDoubleClick={() => setChanging(row)}
                onKeyDown={(event) => onRowKey(event, row)}
                onContextMenu={(event) => {
                  event.preventDefault();
                  menu.show(row.title, actions(row), { x: event.clientX, y: event.clientY });
                }}
              >
                <td className="acts">
                  <IconButton
                    small
                    tabIndex={-1}
                    icon={row.key ? 'codicon:edit' : 'codicon:add'}
                    label={`${row.key ? 'Change' : 'Add'} keys of ${row.title}`}
                    onClick={() => setChanging(row)}
                  />
                  {isChanged(user, row.command) && (
                    <IconButton
                      small
                      tabIndex={-1}
                      icon="codicon:discard"
                      label={`Reset keys of ${row.title}`}
                      onClick={() => change(reset(user, row.command))}
                    />
                  )}
                </td>
                <td title={row.command}>{row.title}</td>
                <td>
                  {row.key && <KeyHint keys={keybindings.labelsOf(row.key)} />}
                  {row.key && <Kept what={keybindings.keptByBrowser(row.key)} />}
                </td>
                <td className="mono sm" title={row.when}>
                  {row.when}
                </td>
                <td className="dim">
                  {row.source === 'user' ? 'You' : row.source === 'default' ? 'Default' : ''}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length === 0 && (
          <EmptyState
            icon="codicon:keyboard"
            title="No command has these keys or words"
            action={<Button onClick={() => setText('')}>Show all</Button>}
          />
        )}
      </div>
      {menu.element}
      {changing && (
        <RecordKeys
          row={changing}
          rows={rows}
          onClose={() => setChanging(undefined)}
          onTake={(key, when) => {
            change(withKey(user, changing, key, when));
            setChanging(undefined);
          }}
        />
      )}
    </div>
  );
}

const withoutKeyOf = ({ key: _, source: __, ...row }: KeyRow): KeyRow => row;

function Kept({ what }: { what: string | undefined }) {
  if (!what) return null;
  const text = `In this browser the key ${what}, so it does not reach the editor`;
  return (
    <span className="kept" title={text} role="img" aria-label={text}>
      <Icon name="codicon:warning" size={14} />
    </span>
  );
}
