import { extensionOf, type ModdleElement } from '../../../../ui/diagram/index.ts';
import { IconButton } from '../../../../ui/IconButton.tsx';
import { FeelField } from './fields.tsx';
import { Group } from './Group.tsx';
import { problemAt, type Selected } from './model.ts';
import { NameInput } from './names.tsx';

export function Inputs({ selected }: { selected: Selected }) {
  return <Mappings selected={selected} direction="input" />;
}

export function Outputs({ selected }: { selected: Selected }) {
  return <Mappings selected={selected} direction="output" />;
}

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

type Row = { source: string; target: string };
