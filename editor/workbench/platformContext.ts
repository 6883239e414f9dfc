import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Readable } from '../base/readable.ts';
import type { ContextKeys } from '../platform/context.ts';
import type { DocumentModel, DocumentState } from '../platform/documents.ts';
import type { MenuId, MenuItem } from '../platform/menus.ts';
import type { Platform } from '../platform/platform.ts';
import { whenHolds } from '../platform/when.ts';

export const PlatformContext = createContext<Platform | undefined>(undefined);

/** Registries and services, in any component of the frame or a contribution. */
export function usePlatform(): Platform {
  const platform = useContext(PlatformContext);
  if (!platform) throw new Error('Expected a platform around this component, but there is none');
  return platform;
}

/** Follows a store; with a selector only what it answers, which must be the same object while nothing changed. */
export function useReadable<T>(readable: Readable<T>): T;
export function useReadable<T, S>(readable: Readable<T>, select: (state: T) => S): S;
export function useReadable<T, S>(readable: Readable<T>, select?: (state: T) => S): T | S {
  return useSyncExternalStore(readable.subscribe, () =>
    select ? select(readable.getState()) : readable.getState(),
  );
}

/** The document in front of the user. */
export function useActiveDocument(): DocumentModel | undefined {
  return useReadable(usePlatform().editors.active);
}

const nothing: Readable<undefined> = { getState: () => undefined, subscribe: () => () => undefined };

/** Title, dirty and the like of a document. */
export function useDocumentState(model: DocumentModel | undefined): DocumentState | undefined {
  return useReadable<DocumentState | undefined>(model?.state ?? nothing);
}

/** What the context keys say of something, as a plain value: only where that changes, it is drawn again. */
export function useContextValue<T extends string | number | boolean | undefined>(
  read: (context: ContextKeys) => T,
): T {
  const { context } = usePlatform();
  return useReadable(context, () => read(context));
}

/** Those whose when-clause holds now. */
export function useHolding<T extends { when?: string | undefined }>(items: readonly T[]): readonly T[] {
  const holding = useContextValue((context) =>
    items.map(({ when }) => Number(whenHolds(when, context))).join(''),
  );
  return items.filter((_, at) => holding[at] === '1');
}

/** Groups of items a menu has now; drawn again too when the command of one can be run or no longer. */
export function useMenuItems(menu: MenuId): readonly (readonly MenuItem[])[] {
  const { menus, commands } = usePlatform();
  useReadable(menus);
  useContextValue(() =>
    menus
      .items(menu)
      .flat()
      .map(({ command, title = '' }) => `${command} ${title} ${commands.enabled(command)}`)
      .join(),
  );
  return menus.items(menu);
}
