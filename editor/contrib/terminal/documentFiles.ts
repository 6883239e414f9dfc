import { failed, ok } from '@baton/engine/protocol';
import { type Api, type DocumentKind, documentKinds, everyPage, table } from '@baton/gateway/api';
import type { Files } from '@baton/gateway/commands';
import { codecs, fileBase } from '@baton/gateway/documents/files';

/** Files of the terminal: documents of the tenant, and what was dropped into it or written by a command. */
export interface TerminalFiles extends Files {
  /** Keeps a dropped file by its name; answers its path. */
  drop(name: string, text: string): string;
}

const missing = (path: string) =>
  failed({
    message: `Expected a file at ${path}, but there is none: files here are documents (workflows/…, agents/…) and what is dropped into the terminal`,
  });
const tidy = (path: string) =>
  path
    .replace(/^(\.\/)+/, '')
    .replace(/\/+$/, '')
    .replace(/^\.$/, '');

/** @param save hands a file that a command wrote to the user */
export function createTerminalFiles(api: Api, save: (name: string, text: string) => void): TerminalFiles {
  const dropped = new Map<string, string>();

  async function documents(): Promise<Map<string, { kind: DocumentKind; id: string }>> {
    const all = await everyPage((page) => api.call(table.documents.list, { query: page }));
    const rows = all.ok ? all.value : [];
    return new Map(
      rows.map(({ kind, id, name }) => [
        `${codecs[kind].folder}/${fileBase(name)}${codecs[kind].endings[0]}`,
        { kind, id },
      ]),
    );
  }

  /** As an export writes it. */
  async function textOf(kind: DocumentKind, id: string): Promise<string | undefined> {
    const exported = await api.call(table.documents.exportFiles, { query: { kinds: kind, ids: id } });
    if (!exported.ok) return undefined;
    return exported.value.files.find(({ path }) => path.endsWith(codecs[kind].endings[0]))?.text;
  }

  return {
    drop(name, text) {
      dropped.set(name, text);
      return name;
    },
    async read(asked) {
      const path = tidy(asked);
      const here = dropped.get(path);
      if (here !== undefined) return ok(here);
      const document = (await documents()).get(path);
      const text = document && (await textOf(document.kind, document.id));
      return text === undefined ? missing(asked) : ok(text);
    },
    async write(asked, text) {
      const path = tidy(asked);
      dropped.set(path, text);
      save(path.replace(/^.*\//, ''), text);
      return ok(undefined);
    },
    async list(asked) {
      const path = tidy(asked);
      const all = [...dropped.keys(), ...(await documents()).keys()].sort();
      const found = all.filter((one) => path === '' || one === path || one.startsWith(`${path}/`));
      return found.length > 0 ? ok(found) : missing(asked);
    },
    async entries(asked) {
      const path = tidy(asked);
      const folders = documentKinds.map((kind) => ({ name: codecs[kind].folder, folder: true }));
      if (path === '') {
        const files = [...dropped.keys()].filter((one) => !one.includes('/'));
        return [...folders, ...files.map((name) => ({ name, folder: false }))];
      }
      return [...dropped.keys(), ...(await documents()).keys()]
        .filter((one) => one.startsWith(`${path}/`))
        .map((one) => ({ name: one.slice(path.length + 1), folder: false }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}
