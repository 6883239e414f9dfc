import './OutputLines.css';
import { useEffect, useRef } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Select } from '../../../ui/Select.tsx';
import { usePlatform, useReadable } from '../../../workbench/platformContext.ts';

type Shown = StoreApi<{ channel?: string }>;

const time = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

function useChannel(shown: Shown) {
  const { output } = usePlatform();
  const channels = useReadable(output);
  const { channel } = useReadable(shown);
  const name = channel !== undefined && channels.has(channel) ? channel : [...channels.keys()][0];
  return { name, names: [...channels.keys()], lines: name === undefined ? [] : (channels.get(name) ?? []) };
}

export function OutputChannelChoice({ shown }: { shown: Shown }) {
  const { output } = usePlatform();
  const { name, names } = useChannel(shown);
  if (name === undefined) return null;
  return (
    <>
      <Select
        small
        aria-label="Channel"
        value={name}
        options={names.map((value) => ({ value, title: value }))}
        onChange={(event) => shown.setState({ channel: event.target.value })}
      />
      <IconButton
        icon="codicon:clear-all"
        label="Clear output"
        onClick={() => output.channel(name).clear()}
      />
    </>
  );
}

export function OutputLines({ shown }: { shown: Shown }) {
  const { lines } = useChannel(shown);
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines scroll into sight unless the user scrolled up
  useEffect(() => {
    if (atEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [lines]);
  if (lines.length === 0) {
    return (
      <EmptyState icon="codicon:output" title="Nothing was written yet">
        Deployments and errors of the editor are written here.
      </EmptyState>
    );
  }
  return (
    <div
      ref={list}
      className="output scroll grow mono"
      role="log"
      aria-label="Output"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: long text must scroll by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < 24;
      }}
    >
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added at the end
        <div key={at} className={`line ${line.level}`}>
          <span className="muted">{time.format(line.at)}</span> {line.text}
        </div>
      ))}
    </div>
  );
}
