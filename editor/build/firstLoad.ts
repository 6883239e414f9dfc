import { gzipSync } from 'node:zlib';
import type { Plugin, Rollup } from 'vite';

export interface FirstLoadOptions {
  /** Gzipped bytes of JavaScript that may be loaded before the canvas shows. */
  limit: number;
  /** Modules whose chunks are loaded on the way to the canvas, beside the entry. */
  canvas: RegExp;
}

/** Adds up the JavaScript loaded before the canvas shows and fails the build beyond the limit. */
export function firstLoad({ limit, canvas }: FirstLoadOptions): Plugin {
  return {
    name: 'first-load',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter(
        (item): item is Rollup.OutputChunk => item.type === 'chunk',
      );
      const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      const entries = chunks.filter((chunk) => chunk.isEntry);
      const onTheWay = chunks.filter((chunk) => chunk.facadeModuleId && canvas.test(chunk.facadeModuleId));
      const sizeOf = (roots: readonly Rollup.OutputChunk[]) => {
        const seen = new Set<string>();
        const visit = (chunk: Rollup.OutputChunk | undefined) => {
          if (!chunk || seen.has(chunk.fileName)) return;
          seen.add(chunk.fileName);
          for (const name of chunk.imports) visit(byName.get(name));
        };
        for (const root of roots) visit(root);
        return [...seen].reduce((sum, name) => sum + gzipSync(byName.get(name)!.code).length, 0);
      };
      const workbench = sizeOf(entries);
      const total = sizeOf([...entries, ...onTheWay]);
      const kB = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
      this.info(
        `JavaScript, gzipped: workbench ${kB(workbench)}, with the canvas ${kB(total)} of ${kB(limit)}`,
      );
      if (total > limit) {
        this.error(
          `Expected at most ${kB(limit)} of JavaScript before the canvas shows, but it is ${kB(total)}`,
        );
      }
    },
  };
}
