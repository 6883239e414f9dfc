import { type Disposable, disposable, disposeAll } from '../base/disposable.ts';
import type { Readable } from '../base/readable.ts';
import { type OutlineItem, resourceKey } from '../platform/documents.ts';
import type { Contribution, Platform } from '../platform/platform.ts';
import type { QuickAccessItem } from '../platform/quickAccess.ts';
import { recentOf, remember } from '../platform/recent.ts';
import type { StatusContent } from '../platform/statusItems.ts';
import { keysText } from '../ui/KeyHint.tsx';
import { allSymbolItems } from './allSymbols.ts';
import { quickIndex, quickOf, quickRows } from './quickRows.ts';

/** What the palette has behind its prefixes whatever contributions there are, and the commands that open it there. */
export const quickAccesses: Contribution = (platform) => {
  const { quickAccess, commands, keybindings, menus, dialogs } = platform;
  const opening = (id: string, title: string, prefix: string, keys: readonly string[], order: number) => [
    commands.register({ id, title, category: 'Go', run: () => dialogs.palette(prefix) }),
    ...keys.map((key) => keybindings.register({ key, command: id })),
    menus.register('menubar/go', { command: id, group: '1_open', order }),
  ];
  return disposeAll(
    quickAccess.register({
      id: 'commands',
      prefix: '>',
      title: 'commands',
      placeholder: 'Name of a command',
      description: 'Run a command',
      remembers: true,
      items: () => commandItems(platform),
    }),
    quickAccess.register({
      id: 'symbols',
      prefix: '@',
      title: 'symbols',
      placeholder: 'Name of an element, field, function or heading in this document',
      description: 'Go to a symbol in the active document; @: groups them by what they are',
      empty: 'The active document has no such symbol.',
      items: () => symbolItems(platform, false),
    }),
    quickAccess.register({
      id: 'symbolsByType',
      prefix: '@:',
      title: 'symbols by type',
      placeholder: 'Name of an element, field, function or heading in this document',
      description: 'Go to a symbol in the active document, grouped by what it is',
      empty: 'The active document has no such symbol.',
      grouped: true,
      items: () => symbolItems(platform, true),
    }),
    quickAccess.register({
      id: 'allSymbols',
      prefix: '#',
      title: 'all symbols',
      placeholder: 'Name of an element, field, function or heading in any document',
      description: 'Go to a symbol in any document',
      empty: 'No document has such a symbol.',
      asksQuery: true,
      opensToSide: true,
      items: (query) => allSymbolItems(platform, query),
    }),
    quickAccess.register({
      id: 'line',
      prefix: ':',
      title: 'line',
      placeholder: 'Line, or line:column, of the text of this document',
      description: 'Go to a line of the active document',
      answersQuery: true,
      empty: 'Type a line number, such as 12 or 12:4.',
      items: (query) => lineItems(platform, query),
    }),
    quickAccess.register({
      id: 'prefixes',
      prefix: '?',
      title: 'help',
      placeholder: 'What the palette can find',
      description: 'List what the palette can find',
      items: () => prefixItems(platform),
    }),
    ...opening('view.symbols', 'Go to symbol in document…', '@', ['ctrl+shift+o'], 20),
    ...opening('view.allSymbols', 'Go to symbol in all documents…', '#', ['ctrl+t', 'ctrl+alt+t'], 30),
    ...opening('view.line', 'Go to line…', ':', ['ctrl+g'], 40),
    keybindings.register({ key: 'ctrl+alt+p', command: 'view.commandPalette' }),
    platform.statusItems.register({
      id: 'keys',
      side: 'left',
      order: 5,
      essential: true,
      content: pressedKeys(platform),
    }),
    rememberDocuments(platform),
    readyAhead(platform),
  );
};

function commandItems({ commands, keybindings }: Platform): readonly QuickAccessItem[] {
  const items = commands
    .getState()
    .filter((command) => command.palette !== false && commands.enabled(command.id))
    .map(
      ({ id, title, category, icon }): QuickAccessItem => ({
        id,
        label: category ? `${category}: ${title}` : title,
        ...(icon && { icon }),
        keys: keybindings.keysOf(id),
        run: () => void commands.run(id),
      }),
    );
  const { compare } = new Intl.Collator('en');
  return items.sort((a, b) => compare(a.label, b.label));
}

function symbolItems({ editors }: Platform, byType: boolean): readonly QuickAccessItem[] {
  const model = editors.active.getState();
  const outline: readonly OutlineItem[] = model?.outline?.() ?? [];
  return outline.map(({ id, name, type, detail, icon, depth, place }) => ({
    id,
    label: name,
    description: byType ? (detail ?? '') : [type, detail].filter(Boolean).join(' · '),
    icon: icon ?? 'codicon:symbol-misc',
    ...(byType ? { section: type } : { depth: depth ?? 0 }),
    run: () => model?.reveal?.(place),
  }));
}

function lineItems({ editors }: Platform, query: string): readonly QuickAccessItem[] {
  const model = editors.active.getState();
  const match = /^(\d{1,7})(?:[:,\s]+(\d{1,7}))?$/.exec(query);
  if (!match || !model?.reveal) return [];
  const line = Math.max(1, Number(match[1]));
  const column = match[2] === undefined ? undefined : Math.max(1, Number(match[2]));
  return [
    {
      id: 'line',
      label: column === undefined ? `Go to line ${line}` : `Go to line ${line}, column ${column}`,
      description: model.state.getState().title,
      icon: 'codicon:arrow-right',
      run: () => model.reveal?.({ line, ...(column !== undefined && { column }) }),
    },
  ];
}

function prefixItems({ quickAccess, dialogs }: Platform): readonly QuickAccessItem[] {
  return quickAccess
    .getState()
    .filter(({ prefix }) => prefix !== '?')
    .map(({ id, prefix, description, title }) => ({
      id,
      label: prefix === '' ? '…' : prefix,
      description: description ?? title,
      icon: 'codicon:search' as const,
      run: () => dialogs.palette(prefix),
    }));
}

/** The status bar says what is half pressed, and that a key led nowhere. */
function pressedKeys({ keybindings }: Platform): Readable<StatusContent | undefined> {
  let of: unknown;
  let content: StatusContent | undefined;
  return {
    subscribe: keybindings.pressed.subscribe,
    getState() {
      const pressed = keybindings.pressed.getState();
      if (pressed === of) return content;
      of = pressed;
      const keys = pressed && keysText(pressed.keys);
      content =
        pressed &&
        (pressed.unknown
          ? { text: `No command has the keys ${keys}`, icon: 'codicon:info' }
          : { text: `${keys} was pressed, waiting for the second key…`, icon: 'codicon:keyboard' });
      return content;
    },
  };
}

/** Documents looked at last come first behind no prefix; the one in front comes after the one before it. */
function rememberDocuments({ editors, storage, documentKinds }: Platform): Disposable {
  const list = 'documents';
  let before: string | undefined;
  return {
    dispose: editors.subscribe(() => {
      const resource = editors.activeResource();
      const key = resource && documentKinds.get(resource.kind)?.folder ? resourceKey(resource) : undefined;
      if (key === undefined || key === before) return;
      before = key;
      if (recentOf(storage, list)[0] !== key) remember(storage, list, key);
    }),
  };
}

/** After the last change of what there is. */
const idle = 1_500;

/** Documents and commands are made ready, and looked through once, before anybody asks: the first key is as quick as all. */
function readyAhead({ quickAccess, documents, timers }: Platform): Disposable {
  let waiting: Disposable | undefined;
  const soon = () => {
    waiting?.dispose();
    waiting = timers.after(idle, () => {
      for (const { prefix, items } of quickAccess.getState()) {
        if (prefix !== '' && prefix !== '>') continue;
        const all = items('');
        if (!(all instanceof Promise)) quickRows(quickIndex(quickOf(all, () => {})), 'ab');
      }
    });
  };
  const stop = documents.subscribe(soon);
  soon();
  return disposable(() => {
    stop();
    waiting?.dispose();
  });
}
