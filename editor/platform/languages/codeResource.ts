import type { Resource } from '../documents.ts';

/** The document a text is of, by its path: `/17.agent.yaml`. */
export function resourceOfPath(path: string): Resource | undefined {
  const found = /^\/?([^/]+)\.([a-z][\w-]*)\.\w+$/.exec(path);
  return found ? { kind: found[2]!, id: decodeURIComponent(found[1]!) } : undefined;
}
