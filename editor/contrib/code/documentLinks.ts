import type { Disposable } from '../../base/disposable.ts';
import type { Monaco } from '../../platform/monaco.ts';
import type { Platform } from '../../platform/platform.ts';

/** Addresses of documents as links in Monaco carry them; nobody else sees them. */
const scheme = 'baton-document';

/** Names of documents in a text lead there: Ctrl+click. */
export function documentLinks(monaco: Monaco, { languages }: Platform, language: string): Disposable {
  return monaco.languages.registerLinkProvider(language, {
    provideLinks(model) {
      const named =
        languages.of(model.uri.path)?.named?.({ path: model.uri.path, text: model.getValue() }) ?? [];
      return {
        links: named.map(({ from, to, kind, name }) => ({
          range: monaco.Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to)),
          url: monaco.Uri.from({ scheme, path: `/${kind}/${encodeURIComponent(name)}` }),
          tooltip: `Open ${kind} ${name}`,
        })),
      };
    },
  });
}

/** Opens what such a link names. */
export function openDocumentLinks(
  monaco: Monaco,
  open: (kind: string, name: string) => Promise<void>,
): Disposable {
  return monaco.editor.registerLinkOpener({
    async open(address) {
      if (address.scheme !== scheme) return false;
      const [, kind = '', name = ''] = address.path.split('/');
      await open(kind, decodeURIComponent(name));
      return true;
    },
  });
}
