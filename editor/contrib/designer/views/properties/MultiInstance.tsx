import { extensionOf, type ModdleElement } from '../../../../ui/diagram/index.ts';
import { Field } from '../../../../ui/Field.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { FeelField, TextField } from './fields.tsx';
import { Group } from './Group.tsx';
import type { Selected } from './model.ts';
import { checkName } from './names.tsx';

export function MultiInstance({ selected }: { selected: Selected }) {
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
