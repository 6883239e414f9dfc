import { type DocumentSymbol, documentRoutes } from '@baton/gateway/api';
import { type Place, type Resource, resourceKey } from '../platform/documents.ts';
import type { IconName } from '../platform/icons.ts';
import type { Platform } from '../platform/platform.ts';
import type { QuickAccessItem } from '../platform/quickAccess.ts';

/** So many are shown for one text; more letters find the others. */
const most = 500;
/** The longest text the server looks for. */
const longestText = 200;

/** Symbols of all documents: of open ones as they are on the screen, of all others as the server has them. */
export async function allSymbolItems(platform: Platform, query: string): Promise<readonly QuickAccessItem[]> {
  const open = openSymbols(platform);
  const answer = await platform.api.call(documentRoutes.symbols, {
    query: { text: query.trim().slice(0, longestText), limit: most },
  });
  // Why there is no answer is said by the frame: what is open can be found without one.
  if (!answer.ok) return open.items;
  const others = answer.value.symbols
    .filter(({ document }) => !open.keys.has(resourceKey(document)))
    .map((symbol, at) => serverSymbol(platform, symbol, at));
  return [...open.items, ...others];
}

function openSymbols(platform: Platform): { keys: ReadonlySet<string>; items: readonly QuickAccessItem[] } {
  const keys = new Set<string>();
  const items: QuickAccessItem[] = [];
  for (const [key, open] of platform.editors.getState().documents) {
    if (open.state !== 'open' || !open.model.outline) continue;
    keys.add(key);
    const { resource, state } = open.model;
    for (const { id, name, type, icon, place } of open.model.outline())
      items.push({
        id: `${key} ${id}`,
        label: name,
        description: `${type} · ${state.getState().title}`,
        icon: icon ?? 'codicon:symbol-misc',
        run: opening(platform, resource, place),
      });
  }
  return { keys, items };
}

function serverSymbol(platform: Platform, symbol: DocumentSymbol, at: number): QuickAccessItem {
  const { document, name, type, element, ending, line } = symbol;
  const title = platform.versionedKinds.get(document.kind)?.fileName(document.name) ?? document.name;
  return {
    id: `${resourceKey(document)} ${at}`,
    label: name,
    description: `${type} · ${title}`,
    icon: iconOf(type),
    run: opening(platform, document, placeOf(element, ending, line, name)),
  };
}

/** Elements by their id; a field of a definition beside a source by its path, everything else by its line. */
function placeOf(element: string, ending: string, line: number, name: string): Place {
  if (element) return { elementId: element, line };
  return ending.endsWith('.json') ? { path: [name], line } : { line };
}

function iconOf(type: string): IconName {
  if (type === 'User task') return 'human';
  if (/task$|activity$/i.test(type)) return 'task';
  if (/event$/i.test(type)) return 'codicon:circle-outline';
  if (/gateway$/i.test(type)) return 'codicon:symbol-operator';
  if (/process$/i.test(type)) return 'process';
  return icons[type] ?? 'codicon:symbol-field';
}

const icons: Readonly<Record<string, IconName>> = {
  Function: 'codicon:symbol-method',
  Type: 'codicon:symbol-constant',
  Heading: 'codicon:symbol-misc',
  Decision: 'codicon:symbol-operator',
};

function opening({ editors }: Platform, resource: Resource, place: Place): QuickAccessItem['run'] {
  return (how) => void editors.open(resource, { place, ...(how?.side && { group: 'side' as const }) });
}
