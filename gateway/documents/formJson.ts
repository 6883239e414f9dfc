import { failed, ok, type Result } from '@baton/engine/protocol';
import { type FormDocument, formDocument } from '../api/resources/forms.ts';
import { placeAt } from './contentPath.ts';
import { readJson } from './jsonText.ts';

/** What is wrong with the text of a form, and where. */
export interface FormFault {
  message: string;
  /** Into the form: `['components', '2', 'type']`. */
  path: readonly string[];
  line: number;
  column: number;
}

/** Components within components that are looked at. */
const deepest = 50;

/** The form a text says, or everything that is wrong with it. */
export function readForm(json: string): Result<FormDocument, readonly FormFault[]> {
  const read = readJson(json);
  if (!read.ok) return failed([{ path: [], ...read.failure }]);
  const { value, places } = read.value;
  const parsed = formDocument.safeParse(value);
  const faults = parsed.success
    ? faultsOf(parsed.data)
    : parsed.error.issues.map(({ path, message }) => ({ path: path.map(String), message }));
  if (parsed.success && faults.length === 0) return ok(parsed.data);
  return failed(
    faults.map((fault) => {
      const { line, column } = placeAt(places, fault.path) ?? { line: 1, column: 1 };
      return { ...fault, line, column };
    }),
  );
}

/** Id of a form, '' where its text does not say one. */
export function formIdOf(json: string): string {
  try {
    const { id } = JSON.parse(json) as { id?: unknown };
    return typeof id === 'string' ? id.trim() : '';
  } catch {
    return '';
  }
}

interface Component {
  id?: unknown;
  key?: unknown;
  label?: unknown;
  text?: unknown;
  type: string;
  components?: unknown;
}

export interface FormField {
  path: readonly string[];
  id: string;
  key: string;
  label: string;
  type: string;
}

/** Components of a form in reading order, those within others behind them. */
export function fieldsOf(form: FormDocument): FormField[] {
  const found: FormField[] = [];
  const read = (components: unknown, path: readonly string[]) => {
    if (!Array.isArray(components) || path.length > 2 * deepest) return;
    for (const [index, each] of (components as (Component | null)[]).entries()) {
      if (typeof each !== 'object' || each === null) continue;
      const at = [...path, String(index)];
      const text = (value: unknown) => (typeof value === 'string' ? value : '');
      found.push({
        path: at,
        id: text(each.id),
        key: text(each.key),
        label:
          text(each.label) ||
          text(each.text)
            .split('\n')[0]!
            .replace(/^#+\s*/, ''),
        type: text(each.type),
      });
      read(each.components, [...at, 'components']);
    }
  };
  read(form.components, ['components']);
  return found;
}

function faultsOf(form: FormDocument): { path: readonly string[]; message: string }[] {
  const seen = new Set<string>();
  return fieldsOf(form).flatMap(({ path, id, type }) => {
    if (type === '') return [{ path, message: 'Expected a component with its type, but this one has none' }];
    if (id === '' || !seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [
      { path: [...path, 'id'], message: `Expected ids that are there once, but '${id}' is there before` },
    ];
  });
}
