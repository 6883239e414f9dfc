import { type JsonValue, validateAgainst } from '@baton/gateway/api';
import {
  type FormField,
  type FormValues,
  fieldsOf,
  fieldsOfValues,
  initialValues,
  readJsonText,
  readValues,
} from '../../ui/schemaForm.ts';
import { isObject, type JsonObject, type Question } from './question.ts';

/** A control for each property of the schema, and for what is proposed beside them. */
export function questionFields({ schema, proposed }: Question): FormField[] {
  const stated = fieldsOf(schema).map((field) => withProposed(field, proposed[field.name]));
  const names = new Set(stated.map(({ name }) => name));
  const beside = Object.entries(proposed).filter(([name]) => !names.has(name));
  return [...stated, ...fieldsOfValues(Object.fromEntries(beside))];
}

export function questionValues(question: Question): FormValues {
  return initialValues(questionFields(question), question.proposed);
}

/** What the answer would be, and by field (`''` for the whole) what keeps it from being given. */
export function answerContent(
  { schema, proposed }: Question,
  fields: readonly FormField[],
  typed: { mode: 'fields' | 'json'; values: FormValues; json: string },
): { content: JsonObject; errors: Record<string, string> } {
  if (typed.mode === 'fields') {
    const { variables, errors } = readValues(fields, typed.values);
    // An untouched switch that nobody asked for is no answer.
    for (const { name, type, required, initial } of fields) {
      if (type !== 'boolean' || required || variables[name] !== false) continue;
      if (initial === undefined && !Object.hasOwn(proposed, name)) delete variables[name];
    }
    return { content: variables, errors: { ...violationsOf(schema, variables, errors), ...errors } };
  }
  const read = readJsonText(typed.json || '{}');
  if ('error' in read) return { content: {}, errors: { '': read.error } };
  if (!isObject(read.value))
    return { content: {}, errors: { '': 'Expected a JSON object, but got something else.' } };
  return { content: read.value, errors: violationsOf(schema, read.value, {}) };
}

/** By the field they are in; of a field that cannot be read nothing more is said. */
function violationsOf(schema: JsonObject, content: JsonObject, unread: Readonly<Record<string, string>>) {
  const found: Record<string, string> = {};
  for (const { pointer, message } of validateAgainst(schema, content)) {
    const name = pointer.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~') ?? '';
    // A missing field is told at the field; that it is missing in the whole says no more.
    if (name === '' && Object.keys(unread).length > 0) continue;
    found[name] ??= `${message.replace(`'${pointer}'`, placeOf(pointer))}.`;
  }
  return found;
}

/** `/lines/0/amount` → `lines[0].amount`, as people write it. */
function placeOf(pointer: string): string {
  const [first = '', ...inner] = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  return first + inner.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('');
}

function withProposed(field: FormField, proposed: JsonValue | undefined): FormField {
  if (proposed === undefined || field.type === 'boolean' || field.type === 'json') return field;
  const chosen = [proposed].flat().map((value) => {
    const choice = field.choices?.find((each) => JSON.stringify(each.value) === JSON.stringify(value));
    return choice?.title ?? (typeof value === 'string' ? value : JSON.stringify(value));
  });
  const said = chosen.join(', ');
  if (said.length === 0 || said.length > 60) return field;
  return { ...field, description: [`Proposed: ${said}.`, field.description].filter(Boolean).join(' ') };
}
