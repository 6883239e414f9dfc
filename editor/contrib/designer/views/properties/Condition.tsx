import { Checkbox } from '../../../../ui/Checkbox.tsx';
import type { ModdleElement } from '../../../../ui/diagram/index.ts';
import { FeelField } from './fields.tsx';
import { Group } from './Group.tsx';
import { problemAt, type Selected } from './model.ts';

export function Condition({ selected }: { selected: Selected }) {
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
