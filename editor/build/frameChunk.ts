import type { Plugin, Rollup } from 'vite';

interface Modules {
  getModuleInfo(id: string): {
    importedIds: readonly string[];
    importers: readonly string[];
    dynamicImporters: readonly string[];
  } | null;
}

/** Everything a module needs before it runs. */
function neededBy(root: string, modules: Modules): Set<string> {
  const needed = new Set<string>();
  const wanted = [root];
  for (let id = wanted.pop(); id !== undefined; id = wanted.pop()) {
    if (needed.has(id)) continue;
    needed.add(id);
    wanted.push(...(modules.getModuleInfo(id)?.importedIds ?? []));
  }
  return needed;
}

/** Of libraries those that nothing loaded later needs: of the doors of the others the workbench takes a part only. */
function onlyFor(frame: ReadonlySet<string>, candidates: Iterable<string>, modules: Modules): Set<string> {
  const own = new Set(candidates);
  const isOwn = (id: string) => {
    const info = modules.getModuleInfo(id);
    return (
      info?.dynamicImporters.length === 0 &&
      info.importers.every((importer) => frame.has(importer) || own.has(importer))
    );
  };
  for (let before = -1; before !== own.size; ) {
    before = own.size;
    for (const id of own) if (!isOwn(id)) own.delete(id);
  }
  return own;
}

/**
 * What the workbench needs before it shows is one file. Left alone, each part that something loaded later needs as well
 * is a file of its own, and browsers ask for a hundred small ones six at a time. What the entry itself needs stays out:
 * it speaks the language before any other module is read.
 *
 * @param wholly folders and files of which everything needed is in it; of others only what nothing loaded later needs
 */
export function frameChunk(entry: string, main: string, wholly: readonly string[]) {
  let frame: Set<string> | undefined;
  return {
    debugName: 'frame',
    name(id: string, modules: Modules) {
      if (!frame) {
        const early = neededBy(entry, modules);
        const needed = [...neededBy(main, modules)].filter((one) => !early.has(one));
        const isOurs = (one: string) => wholly.some((folder) => one.startsWith(folder));
        const ours = new Set(needed.filter(isOurs));
        const others = needed.filter((one) => !isOurs(one));
        frame = new Set([...ours, ...onlyFor(ours, others, modules)]);
        frame.delete(main);
      }
      return frame.has(id) ? 'frame' : null;
    },
  };
}

/** The browser asks for what the entry is going to ask for as soon as it reads the page. */
export function preloadMain(main: string): Plugin {
  return {
    name: 'preload-main',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(_, { bundle = {} }) {
        const chunks = Object.values(bundle).filter(
          (item): item is Rollup.OutputChunk => item.type === 'chunk',
        );
        const first = chunks.find(({ facadeModuleId }) => facadeModuleId === main);
        const frame = chunks.find(({ name }) => name === 'frame');
        // Neither could run before the other.
        if (first && frame?.imports.includes(first.fileName))
          throw new Error(
            `Expected the frame to need nothing of ${first.fileName}, but it does: name it as wholly of it`,
          );
        const wanted = new Set(first ? [first.fileName] : []);
        for (const file of wanted)
          for (const next of chunks.find(({ fileName }) => fileName === file)?.imports ?? [])
            wanted.add(next);
        return [...wanted].map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
          injectTo: 'head' as const,
        }));
      },
    },
  };
}
