import { Checkbox } from '../../../../ui/Checkbox.tsx';
import type { ModdleElement } from '../../../../ui/diagram/index.ts';
import { Field } from '../../../../ui/Field.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { FeelField, TextField } from './fields.tsx';
import { Group } from './Group.tsx';
import { problemAt, type Selected } from './model.ts';

export function Timer({ selected }: { selected: Selected }) {
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

const timerTypes = [
  { value: 'timeDuration', title: 'After a time', placeholder: 'PT15M' },
  { value: 'timeDate', title: 'At a date', placeholder: '2026-12-24T18:00:00Z' },
  { value: 'timeCycle', title: 'Again and again', placeholder: 'R3/PT1H' },
] as const;

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

export function ErrorGroup({ selected }: { selected: Selected }) {
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

export const eventDefinition = (bo: ModdleElement, type: string) =>
  ((bo.eventDefinitions ?? []) as ModdleElement[]).find((definition) => definition.$type === type);
