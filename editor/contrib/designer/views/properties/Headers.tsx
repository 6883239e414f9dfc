import { extensionOf, kindOf, type ModdleElement } from '../../../../ui/diagram/index.ts';
import { IconButton } from '../../../../ui/IconButton.tsx';
import { Group } from './Group.tsx';
import type { Selected } from './model.ts';
import { NameInput } from './names.tsx';

export function Headers({ selected }: { selected: Selected }) {
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

const ownHeaders = new Set(['agent', 'task', 'tool', 'resultVariable']);
