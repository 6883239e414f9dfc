import './JsonView.css';
import { Fragment, type ReactNode } from 'react';

/** JSON as coloured text; long values wrap. One line when `inline`. */
export function JsonView({ value, inline }: { value: unknown; inline?: boolean }) {
  return <pre className={inline ? 'json inline' : 'json'}>{render(value, inline ? undefined : 0)}</pre>;
}

function render(value: unknown, depth: number | undefined): ReactNode {
  if (value === null || value === undefined) return <span className="json-boolean">null</span>;
  if (typeof value === 'string') return <span className="json-string">{JSON.stringify(value)}</span>;
  if (typeof value === 'number') return <span className="json-number">{String(value)}</span>;
  if (typeof value === 'boolean') return <span className="json-boolean">{String(value)}</span>;
  const isList = Array.isArray(value);
  const entries = Object.entries(value as object);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return open + close;
  const inner = depth === undefined ? ' ' : `\n${'  '.repeat(depth + 1)}`;
  const end = depth === undefined ? ' ' : `\n${'  '.repeat(depth)}`;
  return (
    <>
      {open}
      {entries.map(([name, item], at) => (
        <Fragment key={name}>
          {at > 0 && ','}
          {at > 0 && depth === undefined ? ' ' : inner}
          {!isList && (
            <>
              <span className="json-name">{JSON.stringify(name)}</span>
              {': '}
            </>
          )}
          {render(item, depth === undefined ? undefined : depth + 1)}
        </Fragment>
      ))}
      {end}
      {close}
    </>
  );
}
