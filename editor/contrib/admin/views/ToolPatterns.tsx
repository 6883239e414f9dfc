import { Field } from '../../../ui/Field.tsx';
import { NamesInput } from '../../../ui/NamesInput.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';

export interface ToolPatternsProps {
  /** Without it, all. */
  tools: readonly string[] | undefined;
  /** What "all" means here. */
  all: string;
  readOnly?: boolean;
  error: string | undefined;
  onChange(tools: readonly string[] | undefined): void;
}

/** Tools a role or a key may call over MCP: all, or those of some names and beginnings. */
export function ToolPatterns({ tools, all, readOnly = false, error, onChange }: ToolPatternsProps) {
  return (
    <div className="field">
      <span className="label">Tools it may call over MCP</span>
      {!readOnly && (
        <Segmented
          label="Tools it may call"
          value={tools ? 'some' : 'all'}
          options={[
            { value: 'all', title: all },
            { value: 'some', title: 'Only these' },
          ]}
          onChange={(which) => onChange(which === 'all' ? undefined : [])}
        />
      )}
      {tools && (
        <Field label="Tools" hint="A name, or its beginning with * at the end." error={error}>
          {({ invalid, ...control }) => (
            <NamesInput
              {...control}
              what="tool"
              mono
              invalid={invalid}
              readOnly={readOnly}
              placeholder="github.*"
              names={tools}
              onChange={onChange}
            />
          )}
        </Field>
      )}
    </div>
  );
}
