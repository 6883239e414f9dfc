import { extensionOf } from '../../../../ui/diagram/index.ts';
import { Field } from '../../../../ui/Field.tsx';
import { IconButton } from '../../../../ui/IconButton.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { useReadable } from '../../../../workbench/platformContext.ts';
import { TextField, told } from './fields.tsx';
import { Group } from './Group.tsx';
import { problemAt, type Selected } from './model.ts';

/** The form a person answers with, named by the id the form gives itself. */
export function FormGroup({ selected }: { selected: Selected }) {
  const { element, bo, extensions } = selected;
  const written = extensionOf(bo, 'zeebe:FormDefinition');
  const formId = (written?.formId as string | undefined) ?? '';
  return (
    <Group title="Form" mark={formId ? 'set' : undefined}>
      <NamedDocument
        selected={selected}
        kind="form"
        label="Form"
        none="None: the answer is a text"
        value={formId}
        problem="formId"
        commit={(id) =>
          extensions.write(
            element,
            'zeebe:FormDefinition',
            id ? { formId: id, formKey: undefined } : undefined,
          )
        }
      />
    </Group>
  );
}

/** The decision a task asks, and where its answer goes. */
export function DecisionGroup({ selected }: { selected: Selected }) {
  const { element, bo, extensions } = selected;
  const written = extensionOf(bo, 'zeebe:CalledDecision');
  const decisionId = (written?.decisionId as string | undefined) ?? '';
  const resultVariable = (written?.resultVariable as string | undefined) ?? '';
  const write = (change: { decisionId?: string; resultVariable?: string }) =>
    extensions.write(element, 'zeebe:CalledDecision', { decisionId, resultVariable, ...change });
  return (
    <Group title="Decision" mark={decisionId ? 'set' : undefined}>
      <NamedDocument
        selected={selected}
        kind="decision"
        label="Decision"
        none="Choose a decision"
        value={decisionId}
        problem="decisionId"
        commit={(id) => {
          // Without a decision it is a job again.
          if (!id) extensions.write(element, 'zeebe:CalledDecision', undefined);
          else write({ decisionId: id, resultVariable: resultVariable || 'decision' });
        }}
      />
      {written && (
        <TextField
          selected={selected}
          label="Result variable"
          mono
          value={resultVariable}
          {...told(problemAt(selected, 'resultVariable'))}
          commit={(name) => write({ resultVariable: name })}
        />
      )}
    </Group>
  );
}

interface NamedDocumentProps {
  selected: Selected;
  kind: 'form' | 'decision';
  label: string;
  none: string;
  value: string;
  /** Last step of the problem path. */
  problem: string;
  commit(id: string): void;
}

/** A document of another kind that an element names by an id of its own: chosen, opened or made here. */
function NamedDocument({ selected, kind, label, none, value, problem, commit }: NamedDocumentProps) {
  const { documents, versionedKinds, editors, commands } = selected.document.platform;
  useReadable(documents);
  const versioned = versionedKinds.get(kind);
  const prefix = `${kind}/`;
  const known = (documents.folder(kind)?.entries ?? []).flatMap(({ name, defines = [] }) =>
    defines
      .filter((each) => each.startsWith(prefix))
      .map((each) => ({ value: each.slice(prefix.length), title: `${name} (${each.slice(prefix.length)})` })),
  );
  const unknown =
    value && !known.some((option) => option.value === value)
      ? [{ value, title: value.startsWith('=') ? value : `${value} (not found)` }]
      : [];
  const found = value ? documents.named(kind, value) : undefined;
  return (
    <Field label={label} {...told(problemAt(selected, problem))}>
      {({ invalid: _, ...control }) => (
        <div className="hstack">
          <Select
            {...control}
            small
            value={value}
            options={[{ value: '', title: none }, ...unknown, ...known]}
            onChange={(event) => commit(event.target.value)}
          />
          {found && (
            <IconButton
              icon="codicon:go-to-file"
              label={`Open ${found.name}`}
              small
              onClick={() => void editors.open(found)}
            />
          )}
          {versioned && commands.enabled(versioned.newCommand) && (
            <IconButton
              icon="codicon:add"
              label={`New ${versioned.label.toLowerCase()}`}
              small
              onClick={() => void commands.run(versioned.newCommand)}
            />
          )}
        </div>
      )}
    </Field>
  );
}
