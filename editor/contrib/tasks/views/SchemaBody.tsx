import { useStore } from 'zustand';
import { type ContentPath, pathKey } from '../../../platform/contentPath.ts';
import { Field as LabelledField } from '../../../ui/Field.tsx';
import { Select } from '../../../ui/Select.tsx';
import {
  type FieldType,
  fieldTypes,
  isObject,
  type Schema,
  typeOf,
  variantsOf,
  withKeyword,
  withType,
} from '../schema.ts';
import type { TaskDocument } from '../taskDocument.ts';
import { DraftInput } from './DraftInput.tsx';
import { FieldList } from './FieldList.tsx';
import { Variants } from './Variants.tsx';

/** What a value is. */
export function TypeField({
  document,
  path,
  schema,
  label = 'Type',
}: {
  document: TaskDocument;
  path: ContentPath;
  schema: Schema;
  label?: string;
}) {
  const type = typeOf(schema);
  const options = (Object.keys(fieldTypes) as FieldType[])
    .filter((value) => value !== 'json' || type === 'json')
    .map((value) => ({ value, title: fieldTypes[value].title }));
  return (
    <LabelledField label={label}>
      {({ invalid: _, ...control }) => (
        <Select
          {...control}
          value={type}
          options={options}
          onChange={(event) => {
            const next = event.currentTarget.value as FieldType;
            if (next !== 'json') document.change(path, 'type', (inner) => withType(inner, next));
          }}
        />
      )}
    </LabelledField>
  );
}

interface Limit {
  keyword: string;
  label: string;
  text?: boolean;
}

/** Keywords of a type that are one value each. */
const limits: Partial<Record<FieldType, readonly Limit[]>> = {
  string: [
    { keyword: 'pattern', label: 'Pattern', text: true },
    { keyword: 'minLength', label: 'Shortest' },
    { keyword: 'maxLength', label: 'Longest' },
  ],
  number: [
    { keyword: 'minimum', label: 'Minimum' },
    { keyword: 'maximum', label: 'Maximum' },
    { keyword: 'multipleOf', label: 'Multiple of' },
  ],
  integer: [
    { keyword: 'minimum', label: 'Minimum' },
    { keyword: 'maximum', label: 'Maximum' },
    { keyword: 'multipleOf', label: 'Multiple of' },
  ],
  array: [
    { keyword: 'minItems', label: 'Fewest items' },
    { keyword: 'maxItems', label: 'Most items' },
  ],
};

/** What belongs to the type: limits, values, the fields of an object, the items of a list. */
export function SchemaBody({
  document,
  path,
  schema,
}: {
  document: TaskDocument;
  path: ContentPath;
  schema: Schema;
}) {
  const problems = useStore(document.view, (view) => view.problems);
  const type = typeOf(schema);
  const wrong = new Set(
    problems
      .filter(({ path: at }) => at.length === path.length + 1 && pathKey(at).startsWith(`${pathKey(path)}/`))
      .map(({ path: at }) => at.at(-1)),
  );
  const items = isObject(schema.items) ? schema.items : {};
  const variants = variantsOf(schema);
  return (
    <>
      {type === 'array' && (
        <div className="propgrid">
          <TypeField document={document} path={[...path, 'items']} schema={items} label="Each item" />
        </div>
      )}
      {limits[type] && (
        <div className="propgrid">
          {limits[type].map(({ keyword, label, text }) => (
            <LabelledField key={keyword} label={label}>
              {({ invalid: _, ...control }) => (
                <DraftInput
                  {...control}
                  mono
                  invalid={wrong.has(keyword)}
                  inputMode={text ? 'text' : 'decimal'}
                  value={schema[keyword] === undefined ? '' : String(schema[keyword])}
                  commit={(value) =>
                    document.change(path, keyword, (inner) =>
                      withKeyword(inner, keyword, text ? value : figureOf(value)),
                    )
                  }
                />
              )}
            </LabelledField>
          ))}
        </div>
      )}
      {variants && (
        <Variants
          document={document}
          path={path}
          variants={variants}
          invalid={wrong.has('enum') || wrong.has('oneOf')}
        />
      )}
      {type === 'object' && (
        <div className="nest">
          <FieldList document={document} path={path} schema={schema} addLabel="Add a field" />
        </div>
      )}
      {type === 'array' && typeOf(items) !== 'string' && (
        <div className="nest">
          {typeOf(items) === 'object' ? (
            <FieldList
              document={document}
              path={[...path, 'items']}
              schema={items}
              addLabel="Add a field to each item"
            />
          ) : (
            <SchemaBody document={document} path={[...path, 'items']} schema={items} />
          )}
        </div>
      )}
      {type === 'json' && <p className="dim sm">Change this field on the JSON side.</p>}
    </>
  );
}

/** A figure, or the text as it is: then the card says what was expected. */
function figureOf(text: string): number | string | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return undefined;
  const figure = Number(trimmed);
  return Number.isFinite(figure) ? figure : trimmed;
}
