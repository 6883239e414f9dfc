import type { Result } from '@baton/engine/protocol';
import { resourceName } from '@baton/gateway/api';
import { type Disposable, disposeAll } from '../base/disposable.ts';
import type { Failure } from './failure.ts';
import type { Platform } from './platform.ts';
import { sayInUse } from './publishing.ts';
import type { Sides } from './sides.ts';
import type { VersionedDocument } from './versionedDocument.ts';

export interface VersionedCommands<Start extends { name: string } = { name: string }> {
  kind: 'agent' | 'task' | 'tool';
  label: string;
  /** Place of `New …` in the explorer's menu. */
  order: number;
  sides: Sides;
  /** A name one could give, shown while there is none. */
  exampleName: string;
  /** What deleting means, said before it is done. */
  deletion: string;
  /** Asked before the name: what it begins as, with a name it could have. `undefined`: the user thought better of it. */
  start?(): Promise<Start | undefined>;
  /** A sentence while the name will not do, beside being no name at all. */
  wrongName?(name: string): string | undefined;
  /** `start` is what was chosen, if it was asked. */
  create(name: string, start: Start | undefined): Promise<Result<{ id: string; name: string }, Failure>>;
  remove(id: string): Promise<Result<unknown, Failure>>;
}

/** The commands every versioned resource has, with their places in the menus: new, delete, and one for each side. */
export function registerVersionedCommands<Start extends { name: string }>(
  platform: Platform,
  kind: VersionedCommands<Start>,
): Disposable {
  const { commands, menus, editors, dialogs, notifications } = platform;
  const plural = `${kind.kind}s`;
  const opened = `documentKind == '${kind.kind}'`;
  const active = () => editors.active.getState() as VersionedDocument | undefined;
  const [one, other] = kind.sides;
  const modes = [one, { mode: 'both', name: `${one.name} and ${other.name}` }, other];
  return disposeAll(
    ...modes.flatMap(({ mode, name }, order) => [
      menus.register('editor/title', { command: `${plural}.${mode}`, group: '1_show', order, when: opened }),
      commands.register({
        id: `${plural}.${mode}`,
        title: `Show ${name}`,
        category: kind.label,
        when: opened,
        run: () => active()?.showMode(mode),
      }),
    ]),
    commands.register({
      id: `${plural}.new`,
      title: `New ${kind.kind}…`,
      category: kind.label,
      icon: kind.kind,
      when: `permission:${plural}:write`,
      async run() {
        const start = await kind.start?.();
        if (kind.start && !start) return;
        const name = await dialogs.input({
          title: `Name of the new ${kind.kind}`,
          placeholder: kind.exampleName,
          ...(start?.name && { value: start.name }),
          validate: (text) => {
            const parsed = resourceName.safeParse(text.trim());
            return parsed.success
              ? kind.wrongName?.(text.trim())
              : `Expected lower-case letters, digits and -, but it is ${text.trim() ? JSON.stringify(text.trim()) : 'empty'}.`;
          },
        });
        if (!name) return;
        const made = await kind.create(name.trim(), start);
        if (made.ok) await editors.open({ kind: kind.kind, id: made.value.id, name: made.value.name });
        else notifications.failure(made.failure);
      },
    }),
    menus.register('explorer/new', { command: `${plural}.new`, order: kind.order }),
    commands.register({
      id: `${plural}.delete`,
      title: `Delete ${kind.kind}…`,
      category: kind.label,
      icon: 'codicon:trash',
      when: `${opened} && permission:${plural}:delete`,
      async run() {
        const document = active();
        if (!document) return;
        const answer = await dialogs.ask({
          title: `Delete ${document.state.getState().title}?`,
          message: `All its versions are deleted. ${kind.deletion}`,
          actions: [{ id: 'delete', title: 'Delete', danger: true }],
        });
        if (!answer) return;
        const deleted = await kind.remove(document.resource.id);
        if (deleted.ok) editors.discard(document.resource);
        else sayInUse(platform, deleted.failure);
      },
    }),
    menus.register('editor/title', { command: `${plural}.delete`, group: '9_delete', when: opened }),
  );
}
