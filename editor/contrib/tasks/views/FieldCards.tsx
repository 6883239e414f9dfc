import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { type ContentPath, pathKey } from '../../../platform/contentPath.ts';
import type { IconName } from '../../../platform/icons.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Field as LabelledField } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { Select } from '../../../ui/Select.tsx';
import { useContextMenu } from '../../../workbench/contextMenu.tsx';
import {
  type Field,
  type FieldType,
  fieldsOf,
  fieldTypes,
  freeName,
  isObject,
  type Schema,
  typeOf,
  variantsOf,
  withFields,
  withKeyword,
  withType,
} from '../schema.ts';
import { fieldPath, type TaskDocument } from '../taskDocument.ts';
import { DraftInput } from './DraftInput.tsx';
import { Variants } from './Variants.tsx';

const icons: Record<FieldType, IconName> = {
  string: 'codicon:symbol-string',
  number: 'codicon:symbol-numeric',
  integer: 'codicon:symbol-numeric',
  boolean: 'codicon:symbol-boolean',
  oneOf: 'codicon:symbol-enum',
  object: 'codicon:symbol-object',
  array: 'codicon:list-unordered',
  any: 'codicon:circle',
  json: 'codicon:json',
};

/** The fields of one object as cards, and a row to add one. */
export function FieldList({
  document,
  path,
  schema,
  addLabel,
}: {
  document: TaskDocument;
  path: ContentPath;
  schema: Schema;
  addLabel: string;
}) {
  const type = typeOf(schema);
  const fields = fieldsOf(schema);
  const [made, setMade] = useState<string>();
  const change = (what: string, next: readonly Field[]) =>
    document.change(path, what, (inner) => withFields(inner, next));
  const add = () => {
    const name = freeName(fields);
    change('add', [...fields, { name, schema: { type: 'string' }, required: false }]);
    const added = [...path, 'properties', name];
    document.toggle(added);
    document.select(added);
    setMade(name);
  };
  if (type !== 'object') {
    return (
      <p className="dim sm">
        {type === 'any' ? 'Any value will do. ' : `This is ${fieldTypes[type].title.toLowerCase()}. `}
        <Button size="sm" onClick={() => document.change(path, 'type', (inner) => withType(inner, 'object'))}>
          Describe it by fields
        </Button>
      </p>
    );
  }
  return (
    <div className="fieldlist">
      {fields.map((field, index) => (
        <FieldCard
          // A card keeps its place while it is renamed.
          // biome-ignore lint/suspicious/noArrayIndexKey: the place in the object is what a card is
          key={index}
          document={document}
          path={[...path, 'properties', field.name]}
          field={field}
          index={index}
          fields={fields}
          change={change}
          made={made === field.name}
        />
      ))}
      <button type="button" className="addrow" onClick={add}>
        <Icon name="codicon:add" />
        {addLabel}
      </button>
      <Checkbox
        checked={schema.additionalProperties !== false}
        onChange={(event) => {
          const closed = !event.currentTarget.checked;
          document.change(path, 'additionalProperties', (inner) =>
            withKeyword(inner, 'additionalProperties', closed ? false : undefined),
          );
        }}
      >
        Other fields are allowed
      </Checkbox>
    </div>
  );
}

function FieldCard({
  document,
  path,
  field,
  index,
  fields,
  change,
  made,
}: {
  document: TaskDocument;
  path: ContentPath;
  field: Field;
  index: number;
  fields: readonly Field[];
  change(what: string, next: readonly Field[]): void;
  made: boolean;
}) {
  const key = pathKey(path);
  const open = useStore(document.view, (view) => view.open.has(key));
  const selected = useStore(document.view, (view) => view.selected && pathKey(view.selected) === key);
  const problems = useStore(document.view, (view) => view.problems);
  const own = problems.filter((problem) => pathKey(fieldPath(problem.path)) === key);
  const inside = problems.some((problem) => pathKey(problem.path).startsWith(`${key}/`));
  const menu = useContextMenu();
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Called from Problems or the other side; a card that has the focus is in sight already.
    if (selected && !card.current?.contains(window.document.activeElement))
      card.current?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const { name, schema, required } = field;
  const type = typeOf(schema);
  const replace = (what: string, next: Field) =>
    change(
      what,
      fields.map((other, at) => (at === index ? next : other)),
    );
  const move = (by: 1 | -1) => {
    const next = [...fields];
    const [moved] = next.splice(index, 1);
    next.splice(index + by, 0, moved!);
    change('move', next);
  };
  const rename = (to: string) => {
    const next = to.trim();
    if (next === '' || fields.some((other) => other !== field && other.name === next)) {
      document.platform.notifications.info(
        next === ''
          ? 'Expected a name for the field, but it is empty.'
          : `Expected a name that is free, but there is a field ${next} already.`,
      );
      return;
    }
    replace('rename', { ...field, name: next });
    const renamed = [...path.slice(0, -1), next];
    if (open) document.toggle(renamed);
    document.select(renamed);
  };
  const description = typeof schema.description === 'string' ? schema.description : '';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a card is one of a list of parts, not a form section
    <div
      className={[
        'card prop',
        selected && 'is-selected',
        inside && !open && 'is-error',
        own.length > 0 && 'is-error',
      ]
        .filter(Boolean)
        .join(' ')}
      ref={card}
      role="group"
      aria-label={name}
      onFocus={(event) => {
        event.stopPropagation();
        document.select(path);
      }}
    >
      <div className="cardhead">
        <button type="button" className="propname" aria-expanded={open} onClick={() => document.toggle(path)}>
          <Icon name={icons[type]} className="c-tool" />
          <code>{name}</code>
          <code className="dim">{wordOf(schema)}</code>
          <span className="ellipsis grow">{description || valuesOf(schema)}</span>
        </button>
        {required && <span className="chip outline">required</span>}
        <IconButton
          small
          icon={open ? 'codicon:chevron-up' : 'codicon:chevron-down'}
          label={open ? `Close ${name}` : `Open ${name}`}
          onClick={() => document.toggle(path)}
        />
        <IconButton
          small
          icon="codicon:ellipsis"
          label={`More of ${name}`}
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            menu.show(
              name,
              [
                [
                  { id: 'up', title: 'Move up', disabled: index === 0, run: () => move(-1) },
                  {
                    id: 'down',
                    title: 'Move down',
                    disabled: index === fields.length - 1,
                    run: () => move(1),
                  },
                ],
                [
                  {
                    id: 'remove',
                    title: 'Remove',
                    danger: true,
                    run() {
                      document.select(undefined);
                      change(
                        'remove',
                        fields.filter((_, at) => at !== index),
                      );
                    },
                  },
                ],
              ],
              { x: box.right, y: box.bottom + 2 },
            );
          }}
        />
        {menu.element}
      </div>
      {open && (
        <div className="propbody">
          <div className="propgrid">
            <LabelledField label="Name">
              {({ invalid: _, ...control }) => (
                <DraftInput {...control} mono takesFocus={made} value={name} commit={rename} />
              )}
            </LabelledField>
            <TypeField document={document} path={path} schema={schema} />
            <Checkbox
              className="requiredbox"
              checked={required}
              onChange={(event) => replace('required', { ...field, required: event.currentTarget.checked })}
            >
              Required
            </Checkbox>
          </div>
          <LabelledField
            label="Description"
            hint="The model reads this sentence. Say what it is, not how to fill it."
          >
            {({ invalid: _, ...control }) => (
              <Input
                {...control}
                value={description}
                onChange={(event) => {
                  const text = event.currentTarget.value;
                  document.change(path, 'description', (inner) => withKeyword(inner, 'description', text));
                }}
              />
            )}
          </LabelledField>
          <SchemaBody document={document} path={path} schema={schema} />
        </div>
      )}
      {own.map((problem) => (
        <div className="properror" role="alert" key={pathKey(problem.path) + problem.message}>
          <Icon name="codicon:error" size={14} />
          <span>{problem.message}</span>
        </div>
      ))}
    </div>
  );
}

function TypeField({
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
function SchemaBody({
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

function wordOf(schema: Schema): string {
  const type = typeOf(schema);
  if (type !== 'array') return fieldTypes[type].word;
  return `list of ${wordOf(isObject(schema.items) ? schema.items : {})}`;
}

function valuesOf(schema: Schema): string {
  return (variantsOf(schema) ?? [])
    .map(({ value }) => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join(', ');
}
