import { Field } from '../../../ui/Field.tsx';
import { Input } from '../../../ui/Input.tsx';
import type { McpServerDraft } from '../mcpServerDraft.ts';

export function Text(props: {
  label: string;
  note?: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: string;
  placeholder?: string;
  mono?: boolean;
  password?: boolean;
  focus?: boolean;
  onChange(value: string): void;
}) {
  const { label, note, hint, error, value, placeholder, mono, password, focus, onChange } = props;
  return (
    <Field label={label} note={note} hint={hint} error={error}>
      {({ invalid, ...control }) => (
        <Input
          {...control}
          type={password ? 'password' : 'text'}
          mono={mono ?? false}
          invalid={invalid}
          spellCheck={false}
          autoComplete="off"
          placeholder={placeholder}
          data-autofocus={focus || undefined}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export type Change = (changes: Partial<McpServerDraft>) => void;
