import type { DocumentName, Resource } from '../../platform/documents.ts';
import type { DocumentNames } from '../../platform/languages/documentNames.ts';
import type { Platform } from '../../platform/platform.ts';

/** Kinds whose documents are called otherwise than what texts name. */
const words: Readonly<Record<string, string>> = { process: 'process' };

/** The document that goes by a name; `undefined` where there is none, or none that can be opened. */
export async function resourceNamed(
  { documents }: Pick<Platform, 'documents'>,
  names: DocumentNames,
  { kind, name }: DocumentName,
): Promise<(Resource & { name: string }) | undefined> {
  const defined = documents.named(kind, name);
  if (defined) return { ...defined, name: defined.name ?? name };
  const all = await names.all(kind === 'process' ? 'workflow' : kind);
  const found = all?.find((each) => (kind === 'process' ? each.description : each.name) === name);
  return found?.id === undefined ? undefined : { kind: found.kind, id: found.id, name: found.name };
}

/** Opens the document that goes by a name, or says why there is none to open. */
export async function openNamed(
  { documents, editors, documentKinds, notifications }: Platform,
  names: DocumentNames,
  kind: string,
  name: string,
): Promise<void> {
  // Forms and decisions are named by an id in them.
  const defined = documents.named(kind, name);
  if (defined) {
    await editors.open(defined);
    return;
  }
  const all = await names.all(kind === 'process' ? 'workflow' : kind);
  const found = all?.find((each) => (kind === 'process' ? each.description === name : each.name === name));
  const word = words[kind] ?? kind;
  if (!all) notifications.info(`Expected to open the ${word} ${name}, but what there is cannot be read.`);
  else if (!found) notifications.info(`Expected a ${word} ${name}, but there is none.`);
  // All providers are on one page.
  else if (kind === 'provider') await editors.open({ kind: 'providers', id: 'all' });
  else if (found.id === undefined || !documentKinds.get(found.kind))
    notifications.info(
      `The ${word} ${name} comes with the product or from a server; it has no document to open.`,
    );
  else await editors.open({ kind: found.kind, id: found.id, name: found.name });
}
