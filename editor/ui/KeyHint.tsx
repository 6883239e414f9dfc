import './KeyHint.css';

/** Keys of a command as drawn keys: one group per stroke. */
export function KeyHint({ keys }: { keys: readonly (readonly string[])[] }) {
  return (
    <>
      {keys.map((stroke) => (
        <span className="kbd" key={stroke.join('+')}>
          {stroke.map((key) => (
            <b key={key}>{key}</b>
          ))}
        </span>
      ))}
    </>
  );
}

/** The same as text for menus and tooltips: `Ctrl+⇧+P`. */
export function keysText(keys: readonly (readonly string[])[]): string | undefined {
  return keys.length > 0 ? keys.map((stroke) => stroke.join('+')).join(' ') : undefined;
}
