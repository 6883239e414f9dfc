import { expect, it } from 'vitest';
import { colourThemesOf, readColourTheme, themeFileLimit, tokensOf } from './colourTheme.ts';

const file = `{
  // A theme as VS Code keeps it.
  "name": "Dusk", /* its own */
  "type": "dark",
  "colors": {
    "editor.background": "#101820",
    "editor.foreground": "#fee",
    "descriptionForeground": "#aabbcc",
    "minimap.background": "#000000",
    "sideBar.border": null,
  },
  "tokenColors": [
    { "scope": "comment, punctuation.definition.comment", "settings": { "foreground": "#778899" } },
    { "scope": ["string"], "settings": { "foreground": "#88cc88", "fontStyle": "italic" } },
  ],
}`;
const known = (id: string) => id !== 'minimap.background';
const read = (text: string, name = 'file.json') => readColourTheme(name, text, known);
const refusal = (text: string) => {
  const answer = read(text);
  return answer.ok ? undefined : answer.failure;
};

it('takes the colours that have a place here, and those of code', () => {
  expect(read(file)).toMatchObject({
    ok: true,
    value: {
      name: 'Dusk',
      base: 'dark',
      colours: {
        'editor.background': '#101820',
        'editor.foreground': '#fee',
        descriptionForeground: '#aabbcc',
      },
      code: { comment: '#778899', string: '#88cc88' },
    },
  });
});

it('colours the canvas as the editor is', () => {
  const theme = read(file);
  expect(theme.ok && tokensOf(theme.value)).toMatchObject({
    '--vscode-editor-background': '#101820',
    '--baton-canvas-background': '#101820',
    '--baton-canvas-stroke': '#aabbcc',
    '--baton-code-comment': '#778899',
  });
});

it('is called as its file, and light by its background, where it does not say', () => {
  expect(read('{"colors":{"editor.background":"#fffdf0"}}', 'sand-color-theme.json')).toMatchObject({
    value: { name: 'sand', base: 'light' },
  });
});

it.each([
  ['no JSON', '{"colors": {', 'Expected JSON, but it cannot be read: '],
  ['a list', '[]', 'Expected an object with "colors", but it is none.'],
  ['no colours', '{"name":"x"}', 'Expected "colors" by colour id, but there are none.'],
  [
    'a colour by name',
    '{"colors":{"editor.background":"red;}"}}',
    'Expected a colour like #1e1e1e, but editor.background is "red;}".',
  ],
  [
    'colours nobody knows',
    '{"colors":{"minimap.background":"#000"}}',
    'Expected colours with ids like editor.background, but none of its 1 is known here.',
  ],
  [
    'half a theme',
    '{"include":"./base.json","colors":{}}',
    'Expected a theme that is whole, but it includes ./base.json.',
  ],
  ['too much', ' '.repeat(themeFileLimit + 1), 'Expected a file of at most 400 kB, but it has more.'],
])('refuses %s in words', (_what, text, words) => {
  expect(refusal(text)?.slice(0, words.length)).toBe(words);
});

it('reads back what is kept, and nothing else', () => {
  const theme = read(file);
  const kept = theme.ok ? [theme.value] : [];
  expect(colourThemesOf({ themes: JSON.parse(JSON.stringify(kept)) })).toEqual(kept);
  expect(
    colourThemesOf({ themes: [{ name: 'x', base: 'dark', colours: { a: 'url(x)' }, code: {} }] }),
  ).toEqual([]);
  expect(colourThemesOf({})).toEqual([]);
});
