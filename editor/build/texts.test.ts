import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { withTexts } from './texts.ts';

const textsOf = (code: string) => withTexts(code, 'page.tsx').texts;

describe('texts are found where people read them', () => {
  it('between tags, as JSX joins them', () => {
    const { code, texts } = withTexts(
      'const a = <p>\n  Nothing is open.\n  Open <b>one</b> first.\n</p>;',
      'page.tsx',
    );

    expect(texts).toEqual(['Nothing is open. Open', 'one', 'first.']);
    expect(code).toContain(`<b>{tx("one")}</b>{' '}{tx("first.")}`);
  });

  it('in attributes and properties that are shown, whichever branch says them', () => {
    expect(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the module's own
      textsOf('const a = <Button label="Stop" className="Big one" title={on ? "Hide" : `Show ${name}`} />;'),
    ).toEqual(['Stop', 'Hide', 'Show {0}']);
    expect(textsOf("register({ id: 'view.show', title: 'Show', when: 'a && b' });")).toEqual(['Show']);
  });

  it('in sentences wherever they stand, with their values', () => {
    const { code, texts } = withTexts(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the module's own
      'fail(`Expected ${what} to run, but ${n > 1 ? "they do" : "it does"} not.`);',
      'a.ts',
    );

    expect(texts).toContain('Expected {0} to run, but {1} not.');
    expect(code).toContain(
      'tx("Expected {0} to run, but {1} not.", what, n > 1 ? tx("they do") : tx("it does"))',
    );
  });

  it('but not in types, imports, names and what is thrown', () => {
    expect(
      textsOf(
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the module's own
        "import a from 'A b'; type T = { title: 'Big one' }; const id = 'run'; throw new Error('Expected a thing'); const header = `Bearer ${token}`;",
      ),
    ).toEqual([]);
  });
});

it('every module of the editor still reads as a module', () => {
  const editor = dirname(dirname(fileURLToPath(import.meta.url)));
  const modules = ['base', 'platform', 'ui', 'workbench', 'contrib'].flatMap((room) =>
    readdirSync(join(editor, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\./.test(file))
      .map((file) => join(editor, room, file)),
  );
  expect(modules.length).toBeGreaterThan(100);
  const broken = modules.filter((file) => {
    const { code } = withTexts(readFileSync(file, 'utf8'), file);
    return parseSync(file, code, { lang: file.endsWith('x') ? 'tsx' : 'ts' }).errors.length > 0;
  });

  expect(broken).toEqual([]);
});
