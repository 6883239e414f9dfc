import { Checkbox } from '../../../../ui/Checkbox.tsx';
import type { ModdleElement } from '../../../../ui/diagram/index.ts';
import { TextArea } from '../../../../ui/TextArea.tsx';
import { TextField, told } from './fields.tsx';
import { Group } from './Group.tsx';
import { problemAt, type Selected } from './model.ts';
import { useDraft } from './useDraft.ts';

export function General({ selected }: { selected: Selected }) {
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

export function Documentation({ selected }: { selected: Selected }) {
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
