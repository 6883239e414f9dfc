import type { DocumentModel, Resource } from '../platform/documents.ts';
import type { Platform } from '../platform/platform.ts';
import type { MenuEntry } from '../ui/Menu.tsx';

/** As many as a menu can show without becoming a list to search in; the palette has all. */
const most = 20;

/** Documents of the same kind, as the palette knows them. */
export async function documentSiblings(platform: Platform, resource: Resource): Promise<MenuEntry[]> {
  const kind = platform.documentKinds.get(resource.kind);
  const documents = platform.quickAccess.getState().find((access) => access.id === 'documents');
  const items = (await documents?.items('')) ?? [];
  const prefix = `${resource.kind}:`;
  const own = items.filter((item) => item.id.startsWith(prefix));
  const entries = own.slice(0, most).map(
    (item): MenuEntry => ({
      id: item.id,
      title: item.label,
      icon: item.icon ?? kind?.icon,
      checked: item.id === `${prefix}${resource.id}`,
      run: item.run,
    }),
  );
  if (own.length <= most) return entries;
  const more = () => platform.dialogs.palette('');
  return [...entries, { id: 'more', title: `All ${own.length}…`, icon: 'codicon:search', run: more }];
}

/** Places inside a document; the one named `here` is marked. */
export function outlineEntries(model: DocumentModel | undefined, here?: string): MenuEntry[] {
  const items = model?.outline?.() ?? [];
  return items.slice(0, most).map((item) => ({
    id: item.id,
    title: item.name,
    icon: item.icon,
    checked: item.name === here,
    run: () => model?.reveal?.(item.place),
  }));
}
