import { extensionOf, header } from '../../../../ui/diagram/index.ts';
import { Field } from '../../../../ui/Field.tsx';
import { Select } from '../../../../ui/Select.tsx';
import type { CatalogEntry } from '../../catalog.ts';
import { FeelField, TextField } from './fields.tsx';
import { Group } from './Group.tsx';
import { problemAt, type Selected } from './model.ts';
import { checkName } from './names.tsx';

export function AgentGroup({ selected }: { selected: Selected }) {
  return (
    <Group title="Agent" mark={header(selected.bo, 'agent') ? 'set' : undefined}>
      <HeaderSelect selected={selected} label="Agent" header="agent" from="agents" none="Choose an agent…" />
      <HeaderSelect selected={selected} label="Task" header="task" from="tasks" none="No task, free text" />
      <ResultVariable selected={selected} />
      <Retries selected={selected} />
    </Group>
  );
}

export function ToolGroup({ selected }: { selected: Selected }) {
  return (
    <Group title="Tool" mark={header(selected.bo, 'tool') ? 'set' : undefined}>
      <HeaderSelect selected={selected} label="Tool" header="tool" from="tools" none="Choose a tool…" />
      <ResultVariable selected={selected} />
      <Retries selected={selected} />
    </Group>
  );
}

export function JobGroup({ selected }: { selected: Selected }) {
  const definition = extensionOf(selected.bo, 'zeebe:TaskDefinition');
  return (
    <Group title="Job" mark={problemAt(selected, 'taskDefinition') && 'error'}>
      <FeelField
        selected={selected}
        label="Type"
        value={(definition?.type as string | undefined) ?? ''}
        placeholder="send-email"
        problem="taskDefinition"
        hint="Workers take jobs by their type."
        commit={(type) => selected.extensions.write(selected.element, 'zeebe:TaskDefinition', { type })}
      />
      <Retries selected={selected} />
    </Group>
  );
}

function resourceOptions(entries: readonly CatalogEntry[], value: string, none: string, more: boolean) {
  const known = entries.map(({ name, version }) => ({ value: name, title: `${name}  v${version} · latest` }));
  const unknown =
    value && !entries.some(({ name }) => name === value)
      ? [{ value, title: more ? value : `${value} (not found)` }]
      : [];
  return [{ value: '', title: none }, ...unknown, ...known];
}

function HeaderSelect(props: {
  selected: Selected;
  label: string;
  header: string;
  /** Which list of the catalog. */
  from: 'agents' | 'tools' | 'tasks';
  none: string;
}) {
  const { selected, label, from, none } = props;
  const entries = selected.catalog[from];
  const more = selected.catalog.more.has(from);
  const value = header(selected.bo, props.header) ?? '';
  const missing = value !== '' && !more && entries.length > 0 && !entries.some(({ name }) => name === value);
  return (
    <Field
      label={label}
      error={
        missing ? `Expected the name of one of your ${label.toLowerCase()}s, but got ${value}.` : undefined
      }
    >
      {({ invalid, ...control }) => (
        <Select
          {...control}
          small
          invalid={invalid}
          value={value}
          options={resourceOptions(entries, value, none, more)}
          onChange={(event) =>
            selected.extensions.writeHeader(selected.element, props.header, event.target.value)
          }
        />
      )}
    </Field>
  );
}

function ResultVariable({ selected }: { selected: Selected }) {
  return (
    <TextField
      selected={selected}
      label="Result variable"
      mono
      value={header(selected.bo, 'resultVariable') ?? ''}
      check={checkName}
      commit={(name) => selected.extensions.writeHeader(selected.element, 'resultVariable', name)}
    />
  );
}

function Retries({ selected }: { selected: Selected }) {
  const definition = extensionOf(selected.bo, 'zeebe:TaskDefinition');
  return (
    <FeelField
      selected={selected}
      label="Retries"
      value={(definition?.retries as string | undefined) ?? ''}
      placeholder="3"
      problem="taskDefinition"
      commit={(retries) =>
        selected.extensions.write(selected.element, 'zeebe:TaskDefinition', { retries: retries || undefined })
      }
    />
  );
}
