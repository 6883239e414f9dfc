import type { DocumentKind } from '@baton/gateway/api';
import { documentKinds, renamingRoutes, resourceName } from '@baton/gateway/api';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { DocumentName, Place, Resource } from '../../platform/documents.ts';
import type { DocumentNames } from '../../platform/languages/documentNames.ts';
import type { NamedDocument } from '../../platform/languages/languages.ts';
import type { Platform } from '../../platform/platform.ts';
import { renameDocument } from '../../platform/renaming.ts';
import type { CodeWidget, FocusedCode } from './focusedCode.ts';
import { openNamed, resourceNamed } from './openNamed.ts';

/** What is done with the name under the caret: go where it leads, find who else says it, give it another. */
export function registerCodeCommands(
  platform: Platform,
  names: DocumentNames,
  focused: FocusedCode,
): Disposable {
  const { api, commands, context, dialogs, editors, keybindings, languages, menus, notifications } = platform;

  const widget = () => (context.get('codeFocus') ? focused.getState() : undefined);

  function namedAt(editor: CodeWidget): NamedDocument | undefined {
    const model = editor.getModel();
    const position = editor.getPosition();
    if (!model || !position) return undefined;
    const at = model.getOffsetAt(position);
    const named = languages.of(model.uri.path)?.named?.({ path: model.uri.path, text: model.getValue() });
    return named?.find(({ from, to }) => from <= at && at <= to);
  }

  /** What the selected element or the field in front names; of several the one that is picked. */
  async function namedThere(placeholder: string): Promise<DocumentName | undefined> {
    const there = editors.active.getState()?.named?.() ?? [];
    if (there.length < 2) return there[0];
    return dialogs.pick<DocumentName>({
      placeholder,
      items: there.map((value) => {
        const versioned = platform.versionedKinds.get(value.kind);
        return {
          id: `${value.kind}/${value.name}`,
          label: value.name,
          description: value.kind,
          ...(versioned && { icon: versioned.icon, ...(versioned.colour && { kind: versioned.colour }) }),
          value,
        };
      }),
    });
  }

  /** What the caret is on or the place names, else the document in front. */
  async function subject(): Promise<(Resource & { name: string }) | undefined> {
    const editor = widget();
    const named = editor ? namedAt(editor) : await namedThere('Find references of');
    if (named) return resourceNamed(platform, names, named);
    const active = editors.activeResource();
    const entry = active && platform.documents.entry(active);
    return active && entry ? { kind: active.kind, id: active.id, name: entry.name } : undefined;
  }

  const ours = (kind: string): kind is DocumentKind => (documentKinds as readonly string[]).includes(kind);

  async function showReferences() {
    const of = await subject();
    if (!of || !ours(of.kind)) {
      notifications.info('Expected the caret on the name of a document, or a document in front.');
      return;
    }
    const found = await api.call(renamingRoutes.references, { params: { kind: of.kind, id: of.id } });
    if (!found.ok) return notifications.failure(found.failure);
    const { items, name } = found.value;
    if (items.length === 0) return notifications.info(`Nothing names ${name}.`);
    const chosen = await dialogs.pick<{ resource: Resource; place: Place }>({
      placeholder: `${items.length === 1 ? 'One document names' : `${items.length} documents name`} ${name}`,
      items: items.flatMap((user) => {
        const versioned = platform.versionedKinds.get(user.kind);
        const title = versioned?.fileName(user.name) ?? user.name;
        return user.places.map(({ line, text, path, elementId, elementName }, index) => ({
          id: `${user.id}/${index}`,
          label: elementName ? `${elementName}: ${text}` : text,
          description: line === undefined ? path.join('.') : `line ${line}`,
          section: `${title}${user.in === 'draft' ? ' (draft)' : ''}`,
          ...(versioned && { icon: versioned.icon, ...(versioned.colour && { kind: versioned.colour }) }),
          value: {
            resource: { kind: user.kind, id: user.id, name: user.name },
            place: { path, ...(elementId && { elementId }) },
          },
        }));
      }),
    });
    if (chosen) await editors.open(chosen.resource, { place: chosen.place });
  }

  async function rename() {
    const of = await subject();
    if (!of) {
      await widget()?.getAction('editor.action.rename')?.run();
      return;
    }
    const to = await dialogs.input({
      title: `New name of the ${of.kind} ${of.name}`,
      value: of.name,
      validate: (typed) =>
        of.kind === 'workflow' || resourceName.safeParse(typed.trim()).success
          ? undefined
          : `Expected lower-case letters, digits and -, but it is ${typed.trim() ? JSON.stringify(typed.trim()) : 'empty'}.`,
    });
    if (!to || to.trim() === of.name) return;
    const answer = await renameDocument(platform, of, to.trim());
    if (!answer.ok) notifications.failure(answer.failure);
    else if (answer.value) await platform.documents.refresh();
  }

  return disposeAll(
    commands.register({
      id: 'code.goToDefinition',
      title: 'Go to definition',
      category: 'Go',
      when: 'codeFocus || documentNames',
      async run() {
        const editor = widget();
        if (!editor) {
          const named = await namedThere('Go to');
          if (named) return openNamed(platform, names, named.kind, named.name);
          const what = 'Expected an element or field that names another document, but this one does not.';
          return notifications.info(what);
        }
        const named = namedAt(editor);
        if (named) await openNamed(platform, names, named.kind, named.name);
        else await editor.getAction('editor.action.revealDefinition')?.run();
      },
    }),
    keybindings.register({
      key: 'f12',
      command: 'code.goToDefinition',
      when: 'codeFocus || documentNames',
    }),
    menus.register('document/place', { command: 'code.goToDefinition', order: 10 }),
    menus.register('menubar/go', { command: 'code.goToDefinition', group: '5_code', order: 10 }),
    commands.register({
      id: 'code.references',
      title: 'Find all references',
      category: 'Go',
      run: showReferences,
    }),
    keybindings.register({ key: 'shift+f12', command: 'code.references' }),
    menus.register('document/place', { command: 'code.references', order: 20 }),
    menus.register('menubar/go', { command: 'code.references', group: '5_code', order: 20 }),
    commands.register({
      id: 'code.rename',
      title: 'Rename with references…',
      category: 'Edit',
      run: rename,
    }),
    keybindings.register({ key: 'f2', command: 'code.rename', when: 'codeFocus' }),
    menus.register('menubar/edit', { command: 'code.rename', group: '6_rename', order: 10 }),
  );
}
