import '@xterm/xterm/css/xterm.css';
import './TerminalPanel.css';
import { quoted } from '@baton/gateway/commands';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { IconButton } from '../../../ui/IconButton.tsx';
import { useReadable } from '../../../workbench/platformContext.ts';
import type { TerminalFiles } from '../documentFiles.ts';
import type { OpenTerminal, Terminals } from '../terminals.ts';

/** Bytes of a file that may be dropped. */
const mostBytes = 10_000_000;

export function TerminalPanel({ terminals, files }: { terminals: Terminals; files: TerminalFiles }) {
  const { open, active } = useReadable(terminals);
  const shown = open.find(({ id }) => id === active);
  useEffect(() => {
    if (open.length === 0) terminals.add();
  }, [open.length, terminals]);
  return (
    <div className="terminals">
      {shown && <Screen key={shown.id} terminal={shown} files={files} />}
      {open.length > 1 && (
        <ul className="terminallist" aria-label="Terminals">
          {open.map(({ id, name }) => (
            <li key={id} className={id === active ? 'row is-active' : 'row'}>
              <button
                type="button"
                className="name"
                aria-current={id === active}
                onClick={() => {
                  terminals.choose(id);
                }}
              >
                {name}
              </button>
              <IconButton icon="codicon:close" label={`Close ${name}`} onClick={() => terminals.close(id)} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The screen of one terminal; the screen itself lives on when the panel shows something else. */
function Screen({ terminal, files }: { terminal: OpenTerminal; files: TerminalFiles }) {
  const place = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const { xterm } = terminal;
    if (xterm.element) element.append(xterm.element);
    else xterm.open(element);
    xterm.textarea?.setAttribute(
      'aria-label',
      `Terminal ${terminal.name}. Tab completes; Escape, then F6, leaves it.`,
    );
    const fit = () => {
      if (element.clientWidth > 0 && element.clientHeight > 0) terminal.fit();
    };
    const sizes = new ResizeObserver(fit);
    sizes.observe(element);
    fit();
    xterm.focus();
    return () => {
      sizes.disconnect();
      xterm.element?.remove();
    };
  }, [terminal]);

  async function take(event: DragEvent): Promise<void> {
    event.preventDefault();
    setOver(false);
    const names: string[] = [];
    for (const file of event.dataTransfer.files) {
      if (file.size <= mostBytes) names.push(files.drop(file.name, await file.text()));
      else terminal.xterm.write(`\r\nExpected files of 10 MB at most, but ${file.name} has more\r\n`);
    }
    terminal.shell.insertText(names.map((name) => `${quoted(name)} `).join(''));
    terminal.xterm.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped here; by keyboard they are named
    <div
      ref={place}
      className={over ? 'screen is-over' : 'screen'}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => void take(event)}
    />
  );
}
