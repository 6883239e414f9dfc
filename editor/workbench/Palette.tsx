import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import type { OpenDialog } from '../platform/dialogs.ts';
import { resourceKey } from '../platform/documents.ts';
import { strokeName } from '../platform/keybindings.ts';
import { accessFor, type QuickAccess, type QuickAccessItem } from '../platform/quickAccess.ts';
import { recentOf, remember } from '../platform/recent.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import { fuzzyQuery } from './fuzzy.ts';
import { usePlatform, useReadable } from './platformContext.ts';
import { QuickFrame } from './QuickFrame.tsx';
import { type QuickRow, quickIndex, quickOf, quickRows } from './quickRows.ts';

/** How many documents are offered behind commands that fit the same text. */
const documentsBesides = 20;

/** What is behind each prefix, as one types: commands, documents, symbols, lines. */
export function Palette({ open }: { open: Extract<OpenDialog, { type: 'palette' }> }) {
  const platform = usePlatform();
  const { quickAccess, storage, keybindings, editors } = platform;
  const resource = editors.activeResource();
  const here = resource && resourceKey(resource);
  const [text, setText] = useState(open.text);
  const accesses = useReadable(quickAccess);
  const { access, query } = accessFor(accesses, text);
  const plain = access?.prefix === '>' ? accesses.find((item) => item.prefix === '') : undefined;
  const found = useAccessItems(access, query);
  const documents = useAccessItems(plain, '');

  const indexOf = (of: QuickAccess | undefined, items: readonly QuickAccessItem[]) =>
    quickIndex(
      quickOf(items, (item, side) => {
        open.answer();
        if (of?.remembers) remember(storage, of.id, item.id);
        item.run({ side });
      }),
    );
  // biome-ignore lint/correctness/useExhaustiveDependencies: an index is made once for what was found
  const index = useMemo(() => indexOf(access, found.items), [found.items]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an index is made once for what was found
  const besides = useMemo(() => indexOf(plain, documents.items), [documents.items]);
  const rows = useMemo((): QuickRow[] => {
    if (!access) return [];
    const options = { answered: access.answersQuery ?? false, grouped: access.grouped };
    const recent = access.remembers ? latest(recentOf(storage, access.id), here) : [];
    const own = quickRows(index, query, {
      ...options,
      recent,
      heads: ['recently used', access.prefix === '>' ? 'other commands' : 'others'],
    });
    if (!plain || query === '') return own;
    const other = quickRows(besides, query, { most: documentsBesides });
    return [...own, ...other.map((row, at) => ({ ...row, section: at === 0 ? 'documents' : undefined }))];
  }, [access, plain, index, besides, query, storage, here]);

  /** The keys which open a palette work inside it: its own walks, another's prefix is put in. */
  const onKey = (event: KeyboardEvent, walk: (by: number) => void): boolean => {
    const name = strokeName({ ...event, code: event.nativeEvent.code });
    const backwards = name.replace('shift+', '');
    const own = (key: string) => keybindings.getState().find((binding) => binding.key === key)?.command;
    const prefix = prefixOf[own(name) ?? ''];
    if (prefix !== undefined && prefix !== access?.prefix) setText(prefix);
    else if (prefix !== undefined) walk(1);
    else if (name !== backwards && access && prefixOf[own(backwards) ?? ''] === access.prefix) walk(-1);
    else return false;
    return true;
  };
  return (
    <QuickFrame
      label="Command palette"
      placeholder={access?.placeholder ?? 'Search'}
      text={text}
      onText={setText}
      rows={rows}
      resultsOf={found.waiting ? undefined : text}
      query={fuzzyQuery(access?.answersQuery ? '' : query)}
      empty={found.waiting ? 'Searching…' : (access?.empty ?? 'Nothing matches.')}
      onClose={() => open.answer()}
      onKey={onKey}
      foot={
        <div className="qfoot">
          <span>
            <KeyHint keys={[['↑', '↓']]} /> select
          </span>
          <span>
            <KeyHint keys={[['↵']]} /> {access?.prefix === '>' ? 'run' : 'open'}
          </span>
          {access?.opensToSide && (
            <span>
              <KeyHint keys={keybindings.labelsOf('ctrl+enter')} /> to the side
            </span>
          )}
          <span className="grow" />
          {accesses.map(
            (item) =>
              item.prefix.length === 1 &&
              item.id !== access?.id && (
                <button
                  key={item.id}
                  type="button"
                  tabIndex={-1}
                  onClick={() => setText(item.prefix)}
                  title={item.description}
                >
                  <b>{item.prefix}</b> {item.title}
                </button>
              ),
          )}
        </div>
      }
    />
  );
}

/** Commands that open the palette, by the prefix they open it with. */
export const prefixOf: Readonly<Record<string, string>> = {
  'view.quickOpen': '',
  'view.commandPalette': '>',
  'view.symbols': '@',
  'view.allSymbols': '#',
  'view.line': ':',
};

/** The document in front comes after the one before it: Enter goes back to that. */
function latest([first, second, ...others]: readonly string[], here: string | undefined): readonly string[] {
  if (first === undefined || second === undefined) return first === undefined ? [] : [first];
  return first === here ? [second, first, ...others] : [first, second, ...others];
}

const nothing: readonly QuickAccessItem[] = [];

/** What an access has; asked once, or at each change of the query if it answers that. */
function useAccessItems(
  access: QuickAccess | undefined,
  query: string,
): { items: readonly QuickAccessItem[]; waiting: boolean } {
  const asked = access?.answersQuery || access?.asksQuery ? query : '';
  const [found, setFound] = useState<{ of: string | undefined; items: readonly QuickAccessItem[] }>({
    of: undefined,
    items: nothing,
  });
  useEffect(() => {
    let current = true;
    const show = (items: readonly QuickAccessItem[]) => current && setFound({ of: access?.id, items });
    const ask = () => {
      const items = access?.items(asked) ?? nothing;
      if (items instanceof Promise) void items.then(show);
      else show(items);
    };
    ask();
    const stop = access?.subscribe?.(ask);
    return () => {
      current = false;
      stop?.();
    };
  }, [access, asked]);
  const mine = found.of === access?.id;
  return { items: mine ? found.items : nothing, waiting: !mine };
}
