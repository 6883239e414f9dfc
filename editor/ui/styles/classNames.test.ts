import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const { resolve } = createRequire(import.meta.url);
const editor = fileURLToPath(new URL('../../', import.meta.url));
/** Ours about what bpmn.io draws. */
const aboutTheirs = ['ui/bpmnIo.css', 'contrib/designer/designer.css'];
const theirs = ['bpmn-js', 'dmn-js', '@bpmn-io/form-js-editor', '@bpmn-io/form-js-viewer'].map((name) =>
  join(dirname(resolve(`${name}/package.json`)), 'dist', 'assets'),
);

/** Style sheets anywhere in a folder, by their paths in it. */
const sheetsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.css') && !path.startsWith('dist/'));

function selectorsOf(file: string): string[] {
  const rules = readFileSync(file, 'utf8').replace(/\/\*.*?\*\/|url\([^)]*\)/gs, '');
  return [...rules.matchAll(/([^{}]+)\{/g)]
    .flatMap(([, selectors]) => selectors!.split(','))
    .map((one) => one.trim());
}

it('a class of ours alone (empty, group, editor) styles nothing that bpmn.io draws', () => {
  const drawn = new Set(
    theirs.flatMap((folder) =>
      sheetsIn(folder).flatMap((sheet) =>
        selectorsOf(join(folder, sheet)).flatMap((selector) =>
          [...selector.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name]) => name),
        ),
      ),
    ),
  );
  expect([...drawn]).toEqual(expect.arrayContaining(['empty', 'group', 'editor']));

  const met = sheetsIn(editor)
    .filter((sheet) => !aboutTheirs.includes(sheet))
    .flatMap((sheet) =>
      selectorsOf(join(editor, sheet))
        .filter((selector) => drawn.has(/^\.([\w-]+)(:[\w-]+)?$/.exec(selector)?.[1]))
        .map((selector) => `${sheet}: ${selector}`),
    );
  expect(met).toEqual([]);
});
