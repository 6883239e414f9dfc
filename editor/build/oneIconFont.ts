import type { Plugin } from 'vite';

/** Monaco brings a copy of the codicons of its own age; with ours in its place no icon changes when code is first shown. */
export function oneIconFont(): Plugin {
  return {
    name: 'one-icon-font',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.endsWith('/codicons/codicon/codicon.css') || !importer?.includes('monaco-editor'))
        return null;
      return this.resolve('@vscode/codicons/dist/codicon.css', importer, { skipSelf: true });
    },
  };
}
