import { decisions } from './decisions.ts';
import { forms } from './forms.ts';
import type { ReadKind } from './kind.ts';
import { processes } from './processes.ts';
import { resources } from './resources.ts';

/** Every kind of file that can be deployed, by how its name ends. */
const kinds: { readonly [suffix: string]: ReadKind } = {
  '.bpmn': processes,
  '.xml': processes,
  '.dmn': decisions,
  '.form': forms,
  '.rpa': resources,
};

export function kindOf(resourceName: string): ReadKind | undefined {
  const suffix = Object.keys(kinds).find((end) => resourceName.endsWith(end));
  return suffix === undefined ? undefined : kinds[suffix];
}
