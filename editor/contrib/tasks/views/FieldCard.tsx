import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { type ContentPath, pathKey } from '../../../platform/contentPath.ts';
import type { IconName } from '../../../platform/icons.ts';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Field as LabelledField } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Input } from '../../../ui/Input.tsx';
import { useContextMenu } from '../../../workbench/contextMenu.tsx';
import {
  type Field,
  type FieldType,
  fieldTypes,
  isObject,
  type Schema,
  typeOf,
  variantsOf,
  withKeyword,
} from '../schema.ts';
import { fieldPath, type TaskDocument } from '../taskDocument.ts';
import { DraftInput } from './DraftInput.tsx';
import { SchemaBody, TypeField } from './SchemaBody.tsx';

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

/** One field: its name and type in a line, and opened everything that is said of it. */
export function FieldCard({
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
