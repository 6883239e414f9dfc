import { useEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { partsOf, type Suggestion } from '../../../../platform/languages/languages.ts';

/** What could stand where the caret is, below the field; the field keeps the focus and hands over its keys. */
export function FeelSuggestions({
  id,
  items,
  active,
  at,
  onPick,
}: {
  id: string;
  items: readonly Suggestion[];
  active: number;
  /** Of the field. */
  at: DOMRect;
  onPick(item: Suggestion): void;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const shown = items[active];
  const below = at.bottom + 240 < window.innerHeight;
  return createPortal(
    <div
      className="feelsuggestions"
      style={{
        left: Math.min(at.left, window.innerWidth - 420),
        ...(below ? { top: at.bottom + 2 } : { bottom: window.innerHeight - at.top + 2 }),
      }}
    >
      <div ref={list} id={id} role="listbox" aria-label="Suggestions" className="feellist">
        {items.map((item, index) => (
          <div
            key={`${item.kind}/${item.label}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            tabIndex={-1}
            className={`feeloption is-${item.kind}`}
            onMouseDown={(event) => {
              event.preventDefault();
              onPick(item);
            }}
          >
            <span>{item.label}</span>
            <small>{item.detail}</small>
          </div>
        ))}
      </div>
      {shown?.documentation && <FeelAbout text={shown.documentation} />}
    </div>,
    document.body,
  );
}

/** An explanation: sentences, and an example as code. */
export function FeelAbout({ text }: { text: string }) {
  return (
    <div className="feelabout">
      {partsOf(text).map(({ text: part, code }) =>
        code ? <code key={part}>{part}</code> : <p key={part}>{part}</p>,
      )}
    </div>
  );
}
