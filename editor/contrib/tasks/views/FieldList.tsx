import { type KeyboardEvent, useState } from 'react';
import type { ContentPath } from '../../../platform/contentPath.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import {
  type Field,
  fieldsOf,
  fieldTypes,
  freeName,
  type Schema,
  typeOf,
  withFields,
  withKeyword,
  withType,
} from '../schema.ts';
import type { TaskDocument } from '../taskDocument.ts';
import { FieldCard } from './FieldCard.tsx';

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
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    add();
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
    // biome-ignore lint/a11y/noStaticElementInteractions: a key of the list; what has the focus is a field in it
    <div className="fieldlist" onKeyDown={onKeyDown}>
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
        <span className="grow">{addLabel}</span>
        <KeyHint keys={[['Ctrl', '↵']]} />
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
