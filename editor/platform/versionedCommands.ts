import { type Disposable, disposeAll } from '../base/disposable.ts';
import { versionedDeletion } from './deletions.ts';
import type { Platform } from './platform.ts';
import type { Sides } from './sides.ts';
import type { Content } from './versionedCalls.ts';
import type { VersionedDocument } from './versionedDocument.ts';
import type { VersionedKind } from './versionedKinds.ts';

export interface VersionedCommands<Start extends { name: string } = { name: string }> {
  versioned: VersionedKind;
  /** Where it is edited as two views. */
  sides?: Sides;
  /** A name one could give, shown while there is none. */
  exampleName: string;
  /** Asked before the name: what it begins as, with a name it could have. `undefined`: the user thought better of it. */
  start?(): Promise<Start | undefined>;
  /** A sentence while the name will not do, beside what names of the kind are. */
  wrongName?(name: string): string | undefined;
  /** What a new one says; `start` is what was chosen, if it was asked. */
  begin(name: string, start: Start | undefined): object;
}

/** The commands every versioned resource has, with their places in the menus: new, delete, and one for each side. */
export function registerVersionedCommands<Start extends { name: string }>(
  platform: Platform,
  { versioned, sides, ...asked }: VersionedCommands<Start>,
): Disposable {
  const { commands, menus, editors, deletions, dialogs, notifications } = platform;
  const { kind, label, plural, icon, order } = versioned;
  const opened = `documentKind == '${kind}'`;
  const one = label.toLowerCase();
  const active = () => editors.active.getState() as VersionedDocument | undefined;
  const modes = sides
    ? [sides[0], { mode: 'both', name: `${sides[0].name} and ${sides[1].name}` }, sides[1]]
    : [];
  return disposeAll(
    ...modes.flatMap(({ mode, name }, place) => [
      menus.register('editor/title', {
        command: `${plural}.${mode}`,
        group: '1_show',
        order: place,
        when: opened,
      }),
      commands.register({
        id: `${plural}.${mode}`,
        title: `Show ${name}`,
        category: label,
        when: opened,
        run: () => active()?.showMode(mode),
      }),
    ]),
    commands.register({
      id: versioned.newCommand,
      title: `New ${one}…`,
      category: label,
      icon,
      when: `permission:${versioned.write}`,
      async run() {
        const start = await asked.start?.();
        if (asked.start && !start) return;
        const name = await dialogs.input({
          title: `Name of the new ${one}`,
          placeholder: asked.exampleName,
          ...(start?.name && { value: start.name }),
          validate: (text) => versioned.wrongName(text.trim()) ?? asked.wrongName?.(text.trim()),
        });
        if (!name) return;
        // A name is free again when what had it is gone.
        await deletions.finish();
        const made = await versioned.create(name.trim(), asked.begin(name.trim(), start) as Content);
        if (made.ok) await editors.open({ kind, id: made.value.id, name: made.value.name });
        else notifications.failure(made.failure);
      },
    }),
    menus.register('explorer/new', { command: versioned.newCommand, order }),
    commands.register({
      id: `${plural}.delete`,
      title: `Delete ${one}`,
      category: label,
      icon: 'codicon:trash',
      when: `${opened} && permission:${versioned.delete}`,
      run() {
        const document = active();
        if (document)
          deletions.delete(versionedDeletion(versioned, document.resource, document.state.getState().title));
      },
    }),
    menus.register('editor/title', { command: `${plural}.delete`, group: '9_delete', when: opened }),
  );
}
