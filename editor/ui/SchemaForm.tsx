import './SchemaForm.css';
import { Checkbox } from './Checkbox.tsx';
import { Field } from './Field.tsx';
import { Input } from './Input.tsx';
import { Select } from './Select.tsx';
import { choiceText, type FormField, type FormValues } from './schemaForm.ts';
import { TextArea } from './TextArea.tsx';

export interface SchemaFormProps {
  fields: readonly FormField[];
  values: FormValues;
  onChange(values: FormValues): void;
  /** By field; shown once the user tried to send or typed in the field. */
  errors: Readonly<Record<string, string>>;
  disabled?: boolean;
}

/** A form with one control per field; what is typed stays as typed until `readValues`. */
export function SchemaForm({ fields, values, onChange, errors, disabled }: SchemaFormProps) {
  return (
    <div className="schemaform">
      {fields.map((field) => {
        const value = values[field.name] ?? '';
        const set = (next: string | boolean | readonly string[]) =>
          onChange({ ...values, [field.name]: next });
        if (field.type === 'boolean') {
          return (
            <Checkbox
              key={field.name}
              checked={value === true}
              disabled={disabled || field.readOnly}
              onChange={(event) => set(event.target.checked)}
            >
              {field.title}
              {field.description && <span className="hint"> {field.description}</span>}
            </Checkbox>
          );
        }
        if (field.type === 'choices') {
          const ticked = Array.isArray(value) ? (value as readonly string[]) : [];
          return (
            <Ticks
              key={field.name}
              field={field}
              ticked={ticked}
              disabled={disabled || field.readOnly}
              error={errors[field.name]}
              onChange={set}
            />
          );
        }
        const text = String(value);
        return (
          <Field
            key={field.name}
            label={field.title}
            note={field.required ? field.note : `${field.note ? `${field.note} · ` : ''}optional`}
            hint={field.description}
            error={errors[field.name]}
          >
            {(control) => {
              if (field.type === 'choice') {
                const none = field.required && text !== '' ? [] : [{ value: '', title: '' }];
                const options = [
                  ...none,
                  ...(field.choices ?? []).map((choice) => ({
                    value: choiceText(choice),
                    title: choice.title,
                  })),
                ];
                return (
                  <Select
                    {...control}
                    value={text}
                    disabled={disabled || field.readOnly}
                    options={options}
                    onChange={(event) => set(event.target.value)}
                  />
                );
              }
              if (field.type === 'longText' || field.type === 'json') {
                const rows = Math.min(10, Math.max(field.type === 'json' ? 2 : 3, text.split('\n').length));
                return (
                  <TextArea
                    {...control}
                    mono={field.type === 'json'}
                    rows={rows}
                    spellCheck={field.type !== 'json'}
                    disabled={disabled}
                    readOnly={field.readOnly}
                    value={text}
                    onChange={(event) => set(event.target.value)}
                  />
                );
              }
              const number = field.type === 'number' || field.type === 'integer';
              return (
                <Input
                  {...control}
                  type={field.type === 'date' ? 'date' : 'text'}
                  value={text}
                  disabled={disabled}
                  readOnly={field.readOnly}
                  inputMode={number ? 'decimal' : undefined}
                  onChange={(event) => set(event.target.value)}
                />
              );
            }}
          </Field>
        );
      })}
    </div>
  );
}

/** Any number of a few. */
function Ticks(props: {
  field: FormField;
  ticked: readonly string[];
  disabled?: boolean | undefined;
  error?: string | undefined;
  onChange(ticked: readonly string[]): void;
}) {
  const { field, ticked, disabled, error, onChange } = props;
  const choices = field.choices ?? [];
  return (
    <Field
      label={field.title}
      note={field.required ? undefined : 'optional'}
      hint={field.description}
      error={error}
    >
      {({ id, 'aria-describedby': described }) => (
        <fieldset className="ticks" id={id} aria-label={field.title} aria-describedby={described}>
          {choices.map((choice) => {
            const text = choiceText(choice);
            return (
              <Checkbox
                key={text}
                checked={ticked.includes(text)}
                disabled={disabled}
                onChange={({ target }) =>
                  onChange(
                    choices
                      .map(choiceText)
                      .filter((each) => (each === text ? target.checked : ticked.includes(each))),
                  )
                }
              >
                {choice.title}
              </Checkbox>
            );
          })}
        </fieldset>
      )}
    </Field>
  );
}
