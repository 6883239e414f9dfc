import './SchemaForm.css';
import { Checkbox } from './Checkbox.tsx';
import { Field } from './Field.tsx';
import { Input } from './Input.tsx';
import { Select } from './Select.tsx';
import type { FormField, FormValues } from './schemaForm.ts';
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
        const set = (next: string | boolean) => onChange({ ...values, [field.name]: next });
        if (field.type === 'boolean') {
          return (
            <Checkbox
              key={field.name}
              checked={value === true}
              disabled={disabled}
              onChange={(event) => set(event.target.checked)}
            >
              {field.title}
            </Checkbox>
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
                const none = field.required ? [] : [{ value: '', title: '' }];
                const options = [
                  ...none,
                  ...(field.choices ?? []).map((choice) => ({ value: choice, title: choice })),
                ];
                return (
                  <Select
                    {...control}
                    value={text}
                    disabled={disabled}
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
                    value={text}
                    onChange={(event) => set(event.target.value)}
                  />
                );
              }
              return (
                <Input
                  {...control}
                  value={text}
                  disabled={disabled}
                  inputMode={field.type === 'text' ? undefined : 'decimal'}
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
