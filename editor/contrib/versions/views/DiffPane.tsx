import './versions.css';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import { Button } from '../../../ui/Button.tsx';
import { DiffEditor } from '../../../ui/DiffEditor.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { exactTime, relativeTime } from '../../../ui/time.ts';
import type { ComparedSide, DiffDocument } from '../diffDocument.ts';

/** Two versions of a document against each other, part by part. */
export function DiffPane({ document }: DocumentProps<DiffDocument>) {
  const { platform, parts, versioned, view, of } = document;
  const { from, to, part, sideBySide } = useStore(view);
  const [changes, setChanges] = useState<number>();
  const shown = parts.find(({ id }) => id === part) ?? parts[0]!;
  const differs = parts.filter(({ textOf }) => textOf(from.content) !== textOf(to.content));
  const same = differs.length === 0;
  return (
    <div className="diffpane">
      <header className="dochead">
        <span className={versioned.colour && `c-${versioned.colour}`}>
          <Icon name={versioned.icon} />
        </span>
        <Side side={from} now={platform.clock.now()} />
        <Icon name="codicon:arrow-right" size={14} />
        <Side side={to} now={platform.clock.now()} />
        <span className="dim sm diffcount" role="status">
          {same
            ? 'No difference'
            : changes === undefined
              ? ''
              : changes === 1
                ? '1 change'
                : `${changes} changes`}
        </span>
        <span className="grow" />
        {parts.length > 1 && (
          <Segmented
            label="Part"
            value={shown.id}
            options={parts.map((one) => ({
              value: one.id,
              title: differs.includes(one) ? `${one.title} •` : one.title,
            }))}
            onChange={(next) => {
              setChanges(undefined);
              view.setState({ part: next });
            }}
          />
        )}
        <Segmented
          label="Layout"
          value={sideBySide ? 'sides' : 'inline'}
          options={[
            { value: 'sides', title: 'Side by side' },
            { value: 'inline', title: 'Inline' },
          ]}
          onChange={(next) => view.setState({ sideBySide: next === 'sides' })}
        />
        <Button size="sm" className="hide-narrow" onClick={() => void platform.editors.open(of)}>
          Open
        </Button>
      </header>
      <DiffEditor
        key={shown.id}
        themes={platform.themes}
        language={shown.language}
        sideBySide={sideBySide}
        fold
        original={{ label: from.name, text: shown.textOf(from.content) }}
        modified={{ label: to.name, text: shown.textOf(to.content) }}
        onCounted={setChanges}
      />
    </div>
  );
}

function Side({ side: { name, by, at }, now }: { side: ComparedSide; now: number }) {
  return (
    <span className="diffside">
      <span className="chip outline">{name}</span>
      <span className="dim sm ellipsis" title={exactTime(at)}>
        {by}, {relativeTime(at, now)}
      </span>
    </span>
  );
}
