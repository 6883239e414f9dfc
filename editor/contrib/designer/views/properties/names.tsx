import { Input } from '../../../../ui/Input.tsx';
import type { Selected } from './model.ts';
import { useDraft } from './useDraft.ts';

export function NameInput(props: {
  selected: Selected;
  value: string;
  label: string;
  commit(value: string): void;
}) {
  const { draft, change, flush } = useDraft(
    props.value,
    (text) => text && props.commit(text),
    props.selected.document.platform.timers,
  );
  return (
    <Input
      small
      mono
      aria-label={props.label}
      value={draft}
      onChange={(event) => change(event.target.value)}
      onBlur={flush}
    />
  );
}

const namePattern = /^[\p{L}_][\p{L}\p{N}_]*$/u;

export const checkName = (name: string) =>
  name === '' || namePattern.test(name) ? undefined : `Expected letters, digits and _, but got ${name}.`;
