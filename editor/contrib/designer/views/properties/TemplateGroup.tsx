import type { ReactNode } from 'react';
import { Button } from '../../../../ui/Button.tsx';
import { Callout } from '../../../../ui/Callout.tsx';
import { Checkbox } from '../../../../ui/Checkbox.tsx';
import type { ModdleElement } from '../../../../ui/diagram/index.ts';
import { Field } from '../../../../ui/Field.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { TextArea } from '../../../../ui/TextArea.tsx';
import type { ElementTemplates } from '../../bpmn/placeables.ts';
import { isEditable, readBinding, writeBinding } from '../../elementTemplates/bindings.ts';
import {
  type ElementTemplate,
  fieldProblem,
  isCast,
  plain,
  shownProperties,
  type TemplateProperty,
} from '../../elementTemplates/template.ts';
import { FeelField, TextField } from './fields.tsx';
import { Group } from './Group.tsx';
import type { Selected } from './model.ts';
import { useDraft } from './useDraft.ts';

/** The template an element says it is of. */
export function templateIdOf(bo: ModdleElement): string | undefined {
  return (bo.get('zeebe:modelerTemplate') as string | undefined) || undefined;
}

export function templateOf({ document, element }: Selected): ElementTemplate | undefined {
  return document.editor.get<ElementTemplates>('elementTemplates').get(element) ?? undefined;
}

/** The fields of an element's template, in its groups. */
export function TemplateGroups({ selected }: { selected: Selected }) {
  const { document, element, bo } = selected;
  const templates = document.editor.get<ElementTemplates>('elementTemplates');
  const template = templateOf(selected);
  const id = templateIdOf(bo);
  if (!template) {
    return (
      <Group title="Template">
        <Callout tone="warning">
          Expected the element template {id} {versionOf(bo)} to be here, but it is not. Its fields are shown
          as they are in the file.
        </Callout>
        <div className="hstack">
          <Button size="sm" onClick={() => document.showImport(true)}>
            Import…
          </Button>
          <Button size="sm" look="ghost" onClick={() => templates.unlinkTemplate(element)}>
            Unlink
          </Button>
        </div>
      </Group>
    );
  }
  const latest = templates.getLatest(template.id)[0];
  const newer = latest && (latest.version ?? 0) > (template.version ?? 0) ? latest : undefined;
  const shown = shownProperties(template, (property) => readBinding(bo, property));
  const groups = [
    ...(template.groups ?? []).map((group) => ({
      ...group,
      fields: shown.filter((property) => property.group === group.id),
    })),
    {
      id: '',
      label: 'Fields',
      openByDefault: true,
      fields: shown.filter(({ group }) => !template.groups?.some((each) => each.id === group)),
    },
  ].filter(({ fields }) => fields.length > 0);
  return (
    <>
      <Group title="Template" mark="set">
        <div>
          <span className="strong">{template.name}</span>{' '}
          {template.version !== undefined && <span className="dim">v{template.version}</span>}
          {template.description && <div className="hint">{template.description}</div>}
        </div>
        <div className="hstack">
          {newer && (
            <Button size="sm" onClick={() => templates.applyTemplate(element, newer)}>
              Update to v{newer.version}
            </Button>
          )}
          <Button size="sm" look="ghost" onClick={() => templates.unlinkTemplate(element)}>
            Unlink
          </Button>
          <Button size="sm" look="ghost" onClick={() => templates.removeTemplate(element)}>
            Remove
          </Button>
        </div>
      </Group>
      {groups.map(({ id: groupId, label, fields, openByDefault }) => (
        <Group
          key={groupId}
          title={label}
          open={openByDefault !== false}
          mark={
            fields.some((property) => fieldProblem(property, readBinding(bo, property))) ? 'error' : undefined
          }
        >
          {fields.map((property) => (
            <TemplateField
              key={`${element.id}/${template.properties.indexOf(property)}`}
              selected={selected}
              property={property}
            />
          ))}
        </Group>
      ))}
    </>
  );
}

function versionOf(bo: ModdleElement): string {
  const version = bo.get('zeebe:modelerTemplateVersion');
  return version === undefined ? '' : `v${version}`;
}

function TemplateField({ selected, property }: { selected: Selected; property: TemplateProperty }) {
  const { bo, element, modeling, extensions, factory } = selected;
  const value = readBinding(bo, property);
  const label = property.label ?? property.id ?? property.binding.name ?? property.binding.key ?? '';
  const note = property.constraints?.notEmpty || !property.optional ? undefined : 'optional';
  const hint = property.description && <span>{plainText(property.description)}</span>;
  const error = fieldProblem(property, value);
  const commit = (next: string) =>
    writeBinding({ element, bo, modeling, extensions, factory }, property, next);
  // Others may say FEEL where a choice or a switch is offered; then it is shown as such.
  const isFeel = value.startsWith('=') && !isCast(property);
  const common = { selected, label, value, commit, hint, ...(note && { note }) };
  if (property.editable === false || !isEditable(property))
    return (
      <Field label={label} hint={hint}>
        {(control) => (
          <span id={control.id} className="mono sm">
            {value || 'Nothing'}
          </span>
        )}
      </Field>
    );
  switch (property.type) {
    case 'Boolean': {
      if (isFeel) return <FeelField {...common} problem="" />;
      return (
        <Checkbox
          checked={plain(property, value) === 'true'}
          onChange={({ target }) => commit(`${isCast(property) ? '=' : ''}${target.checked}`)}
        >
          {label}
          {hint && <span className="hint"> {hint}</span>}
        </Checkbox>
      );
    }
    case 'Dropdown': {
      if (isFeel && property.feel) return <FeelField {...common} problem="" />;
      const choices = (property.choices ?? []).map((choice) => ({
        value: String(choice.value),
        title: choice.name,
      }));
      const known = choices.some((choice) => choice.value === value);
      return (
        <Field label={label} note={note} hint={hint} error={error}>
          {({ invalid, ...control }) => (
            <Select
              {...control}
              small
              invalid={invalid}
              value={value}
              options={known ? choices : [{ value, title: value }, ...choices]}
              onChange={(event) => commit(event.target.value)}
            />
          )}
        </Field>
      );
    }
    case 'Number':
      return property.feel && (isFeelOf(property, value) || property.feel === 'required') ? (
        <FeelField {...common} problem="" always={property.feel === 'required'} />
      ) : (
        <TextField
          {...common}
          value={plain(property, value)}
          check={(text) =>
            text === '' || Number.isFinite(Number(text)) || (property.feel && text.startsWith('='))
              ? undefined
              : `Expected a number, but got ${text}.`
          }
          error={error}
          commit={(text) => commit(text && isCast(property) && !text.startsWith('=') ? `=${text}` : text)}
        />
      );
    case 'Text':
      if (property.feel && (isFeel || property.feel === 'required'))
        return <FeelField {...common} problem="" always={property.feel === 'required'} error={error} />;
      return (
        <LongField
          selected={selected}
          label={label}
          note={note}
          hint={hint}
          error={error}
          value={value}
          commit={commit}
        />
      );
    default:
      return property.feel && property.feel !== 'static' ? (
        <FeelField
          {...common}
          problem=""
          always={property.feel === 'required'}
          error={error}
          {...(property.placeholder && { placeholder: property.placeholder })}
        />
      ) : (
        <TextField
          {...common}
          error={error}
          {...(property.placeholder && { placeholder: property.placeholder })}
        />
      );
  }
}

/** A figure that is worked out, not typed. */
function isFeelOf(property: TemplateProperty, value: string): boolean {
  return value.startsWith('=') && !Number.isFinite(Number(plain(property, value)));
}

function LongField(props: {
  selected: Selected;
  label: string;
  note: string | undefined;
  hint: ReactNode;
  error: string | undefined;
  value: string;
  commit(value: string): void;
}) {
  const { selected, label, note, hint, error, value, commit } = props;
  const { draft, change, flush } = useDraft(value, commit, selected.document.platform.timers);
  return (
    <Field label={label} note={note} hint={hint} error={error}>
      {({ invalid, ...control }) => (
        <TextArea
          {...control}
          small
          rows={Math.min(10, Math.max(3, draft.split('\n').length))}
          invalid={invalid}
          value={draft}
          onChange={(event) => change(event.target.value)}
          onBlur={flush}
        />
      )}
    </Field>
  );
}

/** Templates may write links and emphasis in HTML: only their text is shown. */
function plainText(description: string): string {
  return description.replace(/<[^>]*>/g, '').trim();
}
