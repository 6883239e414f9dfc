import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Readable } from '../base/readable.ts';
import type { DocumentModel, DocumentState } from '../platform/documents.ts';
import type { Platform } from '../platform/platform.ts';

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

/** Renders again whenever a when-clause may have changed. */
export function useContextKeys(): void {
  useReadable(usePlatform().context);
}
