import type { ReactNode } from 'react';
import { Checkbox } from '../../../../ui/Checkbox.tsx';
import { extensionOf, header, kindOf, type ModdleElement, taskType } from '../../../../ui/diagram/index.ts';
import { Field } from '../../../../ui/Field.tsx';
import { IconButton } from '../../../../ui/IconButton.tsx';
import { Input } from '../../../../ui/Input.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { TextArea } from '../../../../ui/TextArea.tsx';
import type { CatalogEntry } from '../../catalog.ts';
import { FeelField, TextField, told } from './fields.tsx';
import { Group } from './Group.tsx';
import { problemAt, type Selected } from './model.ts';
import { DecisionGroup, FormGroup } from './NamedDocument.tsx';
import { useDraft } from './useDraft.ts';

/** One group of the properties: for which elements, and what it shows. */
export interface PropertyGroup {
  applies(bo: ModdleElement): boolean;
  View(props: { selected: Selected }): ReactNode;
}

const isJob = (bo: ModdleElement) => taskType(bo) !== undefined || bo.$instanceOf('bpmn:ServiceTask');
const eventDefinition = (bo: ModdleElement, type: string) =>
  ((bo.eventDefinitions ?? []) as ModdleElement[]).find((definition) => definition.$type === type);
const namePattern = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const checkName = (name: string) =>
  name === '' || namePattern.test(name) ? undefined : `Expected letters, digits and _, but got ${name}.`;

export const propertyGroups = {
  general: { applies: () => true, View: General },
  agent: { applies: (bo) => kindOf(bo) === 'agent', View: AgentGroup },
  tool: { applies: (bo) => kindOf(bo) === 'tool', View: ToolGroup },
  job: { applies: (bo) => isJob(bo) && kindOf(bo) === undefined, View: JobGroup },
  assignment: { applies: (bo) => bo.$instanceOf('bpmn:UserTask'), View: Assignment },
  form: { applies: (bo) => bo.$instanceOf('bpmn:UserTask'), View: FormGroup },
  decision: { applies: (bo) => bo.$instanceOf('bpmn:BusinessRuleTask'), View: DecisionGroup },
  condition: { applies: isConditional, View: Condition },
  timer: { applies: (bo) => eventDefinition(bo, 'bpmn:TimerEventDefinition') !== undefined, View: Timer },
  error: {
    applies: (bo) => eventDefinition(bo, 'bpmn:ErrorEventDefinition') !== undefined,
    View: ErrorGroup,
  },
  inputs: { applies: hasMappings, View: Inputs },
  outputs: { applies: hasMappings, View: Outputs },
  multiInstance: { applies: (bo) => bo.$instanceOf('bpmn:Activity'), View: MultiInstance },
  headers: { applies: isJob, View: Headers },
  documentation: { applies: () => true, View: Documentation },
} satisfies Record<string, PropertyGroup>;

function hasMappings(bo: ModdleElement): boolean {
  return (
    bo.$instanceOf('bpmn:Activity') || (bo.$instanceOf('bpmn:EndEvent') && bo.eventDefinitions?.length > 0)
  );
}

function isConditional(bo: ModdleElement): boolean {
  if (!bo.$instanceOf('bpmn:SequenceFlow')) return false;
  return (bo.sourceRef as ModdleElement | undefined)?.$instanceOf('bpmn:ExclusiveGateway') === true;
}

function General({ selected }: { selected: Selected }) {
  const { element, bo, modeling } = selected;
  const isProcess = bo.$instanceOf('bpmn:Process');
  const checkId = (id: string) => {
    if (!/^[A-Za-z_][\w.-]*$/.test(id))
      return `Expected an id of letters, digits, _, - and ., but got ${id || 'nothing'}.`;
    const holder = bo.$model?.ids?.assigned(id) as ModdleElement | undefined;
    return holder && holder !== bo ? `Expected an id of its own, but ${id} is taken.` : undefined;
  };
  return (
    <Group title="General">
      <TextField
        selected={selected}
        label="Name"
        value={(bo.name as string | undefined) ?? ''}
        commit={(name) =>
          isProcess
            ? modeling.updateProperties(element, { name })
            : modeling.updateLabel(element, name, undefined as never)
        }
      />
      <TextField
        selected={selected}
        label="ID"
        mono
        value={bo.id ?? ''}
        check={checkId}
        {...told(problemAt(selected, ''))}
        commit={(id) => modeling.updateProperties(element, { id })}
      />
      {isProcess && (
        <Checkbox
          checked={bo.isExecutable === true}
          onChange={(event) => modeling.updateProperties(element, { isExecutable: event.target.checked })}
        >
          Executable
        </Checkbox>
      )}
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

function AgentGroup({ selected }: { selected: Selected }) {
  return (
    <Group title="Agent" mark={header(selected.bo, 'agent') ? 'set' : undefined}>
      <HeaderSelect selected={selected} label="Agent" header="agent" from="agents" none="Choose an agent…" />
      <HeaderSelect selected={selected} label="Task" header="task" from="tasks" none="No task, free text" />
      <ResultVariable selected={selected} />
      <Retries selected={selected} />
    </Group>
  );
}

function ToolGroup({ selected }: { selected: Selected }) {
  return (
    <Group title="Tool" mark={header(selected.bo, 'tool') ? 'set' : undefined}>
      <HeaderSelect selected={selected} label="Tool" header="tool" from="tools" none="Choose a tool…" />
      <ResultVariable selected={selected} />
      <Retries selected={selected} />
    </Group>
  );
}

function JobGroup({ selected }: { selected: Selected }) {
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

const assignmentFields = [
  { name: 'assignee', label: 'Assignee', placeholder: 'designer' },
  { name: 'candidateGroups', label: 'Candidate groups', placeholder: 'support-leads' },
  { name: 'candidateUsers', label: 'Candidate users', placeholder: '' },
] as const;

function Assignment({ selected }: { selected: Selected }) {
  const assignment = extensionOf(selected.bo, 'zeebe:AssignmentDefinition');
  const schedule = extensionOf(selected.bo, 'zeebe:TaskSchedule');
  return (
    <Group
      title="Assignment"
      mark={problemAt(selected, 'assignmentDefinition') ? 'error' : assignment && 'set'}
    >
      {assignmentFields.map(({ name, label, placeholder }) => (
        <FeelField
          key={name}
          selected={selected}
          label={label}
          value={(assignment?.[name] as string | undefined) ?? ''}
          placeholder={placeholder}
          problem="assignmentDefinition"
          commit={(value) =>
            selected.extensions.write(selected.element, 'zeebe:AssignmentDefinition', {
              [name]: value || undefined,
            })
          }
        />
      ))}
      <FeelField
        selected={selected}
        label="Due date"
        value={(schedule?.dueDate as string | undefined) ?? ''}
        placeholder="2026-12-24T18:00:00Z"
        problem="taskSchedule"
        commit={(dueDate) =>
          selected.extensions.write(selected.element, 'zeebe:TaskSchedule', dueDate ? { dueDate } : undefined)
        }
      />
    </Group>
  );
}

function Condition({ selected }: { selected: Selected }) {
  const { element, bo, modeling, factory } = selected;
  const gateway = bo.sourceRef as ModdleElement;
  const isDefault = gateway.default === bo;
  const setDefault = (on: boolean) =>
    modeling.updateModdleProperties(element, gateway, { default: on ? bo : undefined });
  return (
    <Group
      title="Condition"
      mark={problemAt(selected, 'conditionExpression') ? 'error' : bo.conditionExpression && 'set'}
    >
      <Checkbox checked={isDefault} onChange={(event) => setDefault(event.target.checked)}>
        Taken when no other condition holds
      </Checkbox>
      {!isDefault && (
        <FeelField
          selected={selected}
          label="Expression"
          note="boolean"
          always
          value={bo.conditionExpression?.body as string | undefined}
          placeholder={'order.total > 50'}
          problem="conditionExpression"
          commit={(body) =>
            modeling.updateProperties(element, {
              conditionExpression:
                body.length > 1 ? factory.create('bpmn:FormalExpression', { body } as never) : undefined,
            })
          }
        />
      )}
    </Group>
  );
}

const timerTypes = [
  { value: 'timeDuration', title: 'After a time', placeholder: 'PT15M' },
  { value: 'timeDate', title: 'At a date', placeholder: '2026-12-24T18:00:00Z' },
  { value: 'timeCycle', title: 'Again and again', placeholder: 'R3/PT1H' },
] as const;

function Timer({ selected }: { selected: Selected }) {
  const { element, bo, modeling, factory } = selected;
  const definition = eventDefinition(bo, 'bpmn:TimerEventDefinition')!;
  const type = timerTypes.find(({ value }) => definition[value]) ?? timerTypes[0];
  const write = (name: string, body: string) =>
    modeling.updateModdleProperties(element, definition, {
      timeDuration: undefined,
      timeDate: undefined,
      timeCycle: undefined,
      [name]: factory.create('bpmn:FormalExpression', { body } as never),
    });
  return (
    <Group title="Timer" mark={problemAt(selected, type.value) ? 'error' : 'set'}>
      <Field label="Type">
        {({ invalid, ...control }) => (
          <Select
            {...control}
            small
            invalid={invalid}
            value={type.value}
            options={timerTypes.map(({ value, title }) => ({ value, title }))}
            onChange={(event) =>
              write(event.target.value, (definition[type.value]?.body as string | undefined) ?? '')
            }
          />
        )}
      </Field>
      <FeelField
        key={type.value}
        selected={selected}
        label="Value"
        note={type.value === 'timeDuration' ? 'duration' : undefined!}
        value={definition[type.value]?.body as string | undefined}
        placeholder={type.placeholder}
        problem={type.value}
        commit={(body) => write(type.value, body)}
      />
      {bo.$instanceOf('bpmn:BoundaryEvent') && <Interrupting selected={selected} />}
    </Group>
  );
}

function Interrupting({ selected }: { selected: Selected }) {
  return (
    <Checkbox
      checked={selected.bo.cancelActivity !== false}
      onChange={(event) =>
        selected.modeling.updateProperties(selected.element, { cancelActivity: event.target.checked })
      }
    >
      Ends the activity it is on
    </Checkbox>
  );
}

function ErrorGroup({ selected }: { selected: Selected }) {
  const { element, bo, modeling, factory, extensions } = selected;
  const definition = eventDefinition(bo, 'bpmn:ErrorEventDefinition')!;
  const error = definition.errorRef as ModdleElement | undefined;
  const write = (errorCode: string) => {
    if (error) {
      modeling.updateModdleProperties(element, error, { errorCode, name: errorCode });
      return;
    }
    let root = bo;
    while (root.$parent) root = root.$parent;
    const made = factory.create('bpmn:Error', { errorCode, name: errorCode } as never) as ModdleElement;
    made.$parent = root;
    extensions.together(() => {
      modeling.updateModdleProperties(element, root, {
        rootElements: [...(root.rootElements as unknown[]), made],
      });
      modeling.updateModdleProperties(element, definition, { errorRef: made });
    });
  };
  return (
    <Group title="Error" mark={error && 'set'}>
      <TextField
        selected={selected}
        label="Code"
        mono
        value={(error?.errorCode as string | undefined) ?? ''}
        placeholder="TOOL_FAILED"
        hint={bo.$instanceOf('bpmn:BoundaryEvent') ? 'Empty catches every error.' : undefined}
        error={problemAt(selected, 'errorEventDefinition')?.message}
        commit={write}
      />
    </Group>
  );
}

type Row = { source: string; target: string };

function Mappings({ selected, direction }: { selected: Selected; direction: 'input' | 'output' }) {
  const { element, bo, extensions } = selected;
  const list = direction === 'input' ? 'inputParameters' : 'outputParameters';
  const mapping = extensionOf(bo, 'zeebe:IoMapping');
  const rows = ((mapping?.[list] ?? []) as ModdleElement[]).map(
    (row): Row => ({
      source: (row.source as string | undefined) ?? '',
      target: (row.target as string | undefined) ?? '',
    }),
  );
  const itemType = direction === 'input' ? 'zeebe:Input' : 'zeebe:Output';
  const write = (next: readonly Row[]) =>
    extensions.writeList(element, 'zeebe:IoMapping', list, itemType, next);
  const replace = (at: number, change: Partial<Row>) =>
    write(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  const title = direction === 'input' ? 'Inputs' : 'Outputs';
  const fresh = rows.length === 0 ? direction : `${direction}${rows.length + 1}`;
  return (
    <Group
      title={title}
      open={rows.length > 0}
      key={`${element.id}-${rows.length > 0}`}
      mark={problemAt(selected, direction) ? 'error' : rows.length > 0 ? 'set' : undefined}
      action={
        <IconButton
          small
          icon="codicon:add"
          label={`Add ${direction}`}
          onClick={() => write([...rows, { source: '=null', target: fresh }])}
        />
      }
    >
      {rows.length === 0 && (
        <div className="hint">
          {direction === 'input'
            ? 'Without inputs it sees all variables of its scope.'
            : 'Without outputs its result goes to the process.'}
        </div>
      )}
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a mapping has no identity but its place
        <div className="mapping" key={`${element.id}-${at}`}>
          <div className="mappingname">
            <NameInput
              selected={selected}
              value={row.target}
              label={`Name of ${direction} ${at + 1}`}
              commit={(target) => replace(at, { target })}
            />
            <IconButton
              small
              icon="codicon:trash"
              label={`Remove ${row.target}`}
              onClick={() => write(rows.filter((_, index) => index !== at))}
            />
          </div>
          <FeelField
            selected={selected}
            label={<span className="sr">Value of {row.target}</span>}
            always
            value={row.source}
            problem={direction}
            nth={at}
            commit={(source) => replace(at, { source })}
          />
        </div>
      ))}
    </Group>
  );
}

function NameInput(props: { selected: Selected; value: string; label: string; commit(value: string): void }) {
  const { draft, change, flush } = useDraft(
    props.value,
    (text) => text && props.commit(text),
    props.selected.document.platform.timers,
  );
  return (
    <Input
      small
      mono
      aria-label={props.label}
      value={draft}
      onChange={(event) => change(event.target.value)}
      onBlur={flush}
    />
  );
}

function Inputs({ selected }: { selected: Selected }) {
  return <Mappings selected={selected} direction="input" />;
}
function Outputs({ selected }: { selected: Selected }) {
  return <Mappings selected={selected} direction="output" />;
}

function MultiInstance({ selected }: { selected: Selected }) {
  const { element, bo, modeling, factory } = selected;
  const loop = bo.loopCharacteristics as ModdleElement | undefined;
  const zeebe = loop && extensionOf(loop, 'zeebe:LoopCharacteristics');
  const value = !loop ? 'none' : loop.isSequential ? 'sequential' : 'parallel';
  const choose = (next: string) => {
    if (next === 'none') modeling.updateProperties(element, { loopCharacteristics: undefined });
    else if (loop) modeling.updateModdleProperties(element, loop, { isSequential: next === 'sequential' });
    else {
      const inner = factory.create('zeebe:LoopCharacteristics', {
        inputCollection: '=items',
        inputElement: 'item',
      } as never) as ModdleElement;
      const extensions = factory.create('bpmn:ExtensionElements', {
        values: [inner],
      } as never) as ModdleElement;
      const made = factory.create('bpmn:MultiInstanceLoopCharacteristics', {
        isSequential: next === 'sequential',
        extensionElements: extensions,
      } as never) as ModdleElement;
      inner.$parent = extensions;
      extensions.$parent = made;
      made.$parent = bo;
      modeling.updateProperties(element, { loopCharacteristics: made });
    }
  };
  const write = (properties: Record<string, string | undefined>) => {
    if (zeebe) modeling.updateModdleProperties(element, zeebe, properties);
  };
  return (
    <Group title="Repeat" open={loop !== undefined} key={`${element.id}-${value}`} mark={loop && 'set'}>
      <Field label="For every item">
        {({ invalid, ...control }) => (
          <Select
            {...control}
            small
            invalid={invalid}
            value={value}
            options={[
              { value: 'none', title: 'No, once' },
              { value: 'parallel', title: 'All at the same time' },
              { value: 'sequential', title: 'One after the other' },
            ]}
            onChange={(event) => choose(event.target.value)}
          />
        )}
      </Field>
      {zeebe && (
        <>
          <FeelField
            selected={selected}
            label="Items"
            note="list"
            always
            value={zeebe.inputCollection as string}
            problem="loopCharacteristics"
            commit={(inputCollection) => write({ inputCollection })}
          />
          <TextField
            selected={selected}
            label="Name of one item"
            mono
            value={(zeebe.inputElement as string) ?? ''}
            check={checkName}
            commit={(inputElement) => write({ inputElement })}
          />
          <TextField
            selected={selected}
            label="Results go to"
            mono
            value={(zeebe.outputCollection as string) ?? ''}
            check={checkName}
            commit={(name) => write({ outputCollection: name || undefined })}
          />
          <FeelField
            selected={selected}
            label="Result of one"
            always
            value={zeebe.outputElement as string}
            problem="loopCharacteristics"
            commit={(outputElement) =>
              write({ outputElement: outputElement.length > 1 ? outputElement : undefined })
            }
          />
        </>
      )}
    </Group>
  );
}

const ownHeaders = new Set(['agent', 'task', 'tool', 'resultVariable']);

function Headers({ selected }: { selected: Selected }) {
  const { element, bo, extensions } = selected;
  const all = ((extensionOf(bo, 'zeebe:TaskHeaders')?.get('values') ?? []) as ModdleElement[]).map(
    ({ key, value }) => ({ key: key as string, value: (value as string | undefined) ?? '' }),
  );
  const isOwn = kindOf(bo) === undefined ? () => false : (key: string) => ownHeaders.has(key);
  const shown = all.filter(({ key }) => !isOwn(key));
  const write = (next: readonly { key: string; value: string }[]) =>
    extensions.writeList(element, 'zeebe:TaskHeaders', 'values', 'zeebe:Header', next);
  const replace = (row: (typeof all)[number], change: Partial<(typeof all)[number]>) =>
    write(all.map((entry) => (entry === row ? { ...entry, ...change } : entry)));
  return (
    <Group
      title="Headers"
      open={shown.length > 0}
      key={`${element.id}-${shown.length > 0}`}
      mark={shown.length > 0 ? 'set' : undefined}
      action={
        <IconButton
          small
          icon="codicon:add"
          label="Add header"
          onClick={() => write([...all, { key: `header${shown.length + 1}`, value: '' }])}
        />
      }
    >
      {shown.length === 0 && <div className="hint">Fixed values a worker gets with the job.</div>}
      {shown.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a header has no identity but its place
        <div className="headerrow" key={`${element.id}-${at}`}>
          <NameInput
            selected={selected}
            value={row.key}
            label="Key"
            commit={(key) => replace(row, { key })}
          />
          <NameInput
            selected={selected}
            value={row.value}
            label={`Value of ${row.key}`}
            commit={(value) => replace(row, { value })}
          />
          <IconButton
            small
            icon="codicon:trash"
            label={`Remove ${row.key}`}
            onClick={() => write(all.filter((entry) => entry !== row))}
          />
        </div>
      ))}
    </Group>
  );
}

function Documentation({ selected }: { selected: Selected }) {
  const { element, bo, modeling, factory } = selected;
  const text = ((bo.documentation ?? []) as ModdleElement[])[0]?.text as string | undefined;
  const { draft, change, flush } = useDraft(
    text ?? '',
    (next) =>
      modeling.updateProperties(element, {
        documentation: next ? [factory.create('bpmn:Documentation', { text: next } as never)] : [],
      }),
    selected.document.platform.timers,
  );
  return (
    <Group title="Documentation" open={Boolean(text)} mark={text ? 'set' : undefined}>
      <TextArea
        small
        rows={3}
        aria-label="Documentation"
        value={draft}
        onChange={(event) => change(event.target.value)}
        onBlur={flush}
      />
    </Group>
  );
}
