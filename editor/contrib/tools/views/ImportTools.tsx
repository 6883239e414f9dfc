import type { ImportedTool, JsonValue } from '@baton/gateway/api';
import { useRef, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { usePlatform } from '../../../workbench/platformContext.ts';
import { type Conflicts, importTools, readToolFiles } from '../importTools.ts';
import type { ToolList } from '../toolList.ts';

const actionWords: { readonly [A in ImportedTool['action']]: string } = {
  create: 'New tool',
  update: 'Next version',
  none: 'Stays as it is',
  refuse: 'Refused',
};

/** Chooses files with tools, says what would become of each, and saves all of them or none. */
export function ImportTools({ list }: { list: ToolList }) {
  const platform = usePlatform();
  const file = useRef<HTMLInputElement>(null);
  const [tools, setTools] = useState<readonly JsonValue[]>();
  const [checked, setChecked] = useState<readonly ImportedTool[]>();
  const [conflicts, setConflicts] = useState<Conflicts>('refuse');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const close = () => list.showImport(false);

  async function check(next: readonly JsonValue[], how: Conflicts) {
    setConflicts(how);
    setBusy(true);
    const answer = await importTools(platform, next, how, 'check');
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.failure.message);
    setChecked(answer.ok ? answer.value : undefined);
  }
  async function choose(files: FileList | null) {
    if (!files || files.length === 0) return;
    const texts = await Promise.all(
      [...files].map(async (one) => ({ name: one.name, text: await one.text() })),
    );
    const read = readToolFiles(texts);
    setTools(read.ok ? read.value : undefined);
    setChecked(undefined);
    setProblem(read.ok ? undefined : read.failure);
    if (read.ok) await check(read.value, conflicts);
  }
  async function write() {
    if (!tools) return;
    setBusy(true);
    const answer = await importTools(platform, tools, conflicts, 'write');
    setBusy(false);
    if (!answer.ok) return setProblem(answer.failure.message);
    const saved = answer.value.filter(({ action }) => action === 'create' || action === 'update').length;
    platform.notifications.success(`${saved === 1 ? '1 tool is' : `${saved} tools are`} imported.`);
    close();
    await list.refresh();
  }
  const refused = checked?.some(({ action }) => action === 'refuse') ?? false;
  const saves = checked?.some(({ action }) => action === 'create' || action === 'update') ?? false;
  return (
    <Dialog
      title="Import tools"
      wide
      onClose={close}
      actions={
        <>
          <Button
            icon="codicon:folder-opened"
            look={checked ? 'secondary' : 'primary'}
            data-autofocus
            onClick={() => file.current?.click()}
          >
            Choose files…
          </Button>
          {checked && (
            <Button look="primary" busy={busy} disabled={refused || !saves} onClick={() => void write()}>
              Import
            </Button>
          )}
        </>
      }
    >
      <div className="importtools">
        {!checked && !problem && (
          <p className="dim">
            Files that were exported from here or from another installation. You see what becomes of each tool
            before anything is saved.
          </p>
        )}
        {problem && <Callout tone="error">{problem}</Callout>}
        {checked && (
          <>
            <div className="toolsideline">
              <span className="sm">A name that is taken by another content is</span>
              <Segmented
                label="Names that are taken"
                value={conflicts}
                options={[
                  { value: 'refuse', title: 'Refused' },
                  { value: 'update', title: 'Saved as the next version' },
                  { value: 'skip', title: 'Left as it is' },
                ]}
                onChange={(how) => tools && void check(tools, how)}
              />
            </div>
            <ul className="importedtools scroll" aria-label="Tools in the files">
              {checked.map(({ name, action, problems }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same name can stand there twice
                <li key={at}>
                  <Icon name={action === 'refuse' ? 'codicon:error' : 'tool'} size={14} />
                  <span className="toollines">
                    <span className="ellipsis">{name || 'No name'}</span>
                    {problems.slice(0, 3).map(({ path, message }) => (
                      <span key={`${path.join('.')} ${message}`} className="sm importproblem">
                        {path.length > 0 && <code>{path.join('.')}</code>} {message}
                      </span>
                    ))}
                  </span>
                  <span className={action === 'refuse' ? 'sm importproblem' : 'dim sm'}>
                    {actionWords[action]}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
        <input
          ref={file}
          type="file"
          multiple
          accept=".json,application/json"
          aria-label="Files with tools"
          hidden
          onChange={(event) => void choose(event.currentTarget.files)}
        />
      </div>
    </Dialog>
  );
}
