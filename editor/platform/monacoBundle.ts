import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/javascript/register';
import 'monaco-editor/languages/definitions/markdown/register';
import 'monaco-editor/languages/definitions/typescript/register';
import 'monaco-editor/languages/definitions/xml/register';
import 'monaco-editor/languages/definitions/yaml/register';
import 'monaco-editor/languages/features/json/register';
import 'monaco-editor/languages/features/typescript/register';
import { loader } from '@monaco-editor/react';
import * as monaco from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker';
import TypescriptWorker from 'monaco-editor/languages/features/typescript/ts.worker?worker';
import type { Theme, Themes } from './theme.ts';

const workers: Record<string, new () => Worker> = {
  json: JsonWorker,
  typescript: TypescriptWorker,
  javascript: TypescriptWorker,
};

const bases = { dark: 'vs-dark', light: 'vs', hc: 'hc-black' } as const;

/** Token types of Monaco's grammars and the token of ours that colours them. */
const syntax: readonly (readonly [string, string])[] = [
  ['comment', 'comment'],
  ['keyword', 'keyword'],
  ['string', 'string'],
  ['string.key.json', 'property'],
  ['string.value.json', 'string'],
  ['number', 'number'],
  ['type', 'type'],
  ['identifier', 'variable'],
  ['tag', 'variable'],
  ['attribute.name', 'property'],
  ['attribute.value', 'string'],
  ['metatag', 'keyword'],
  // Monaco's themes colour these anew, in light too faintly to be read.
  ['metatag.xml', 'keyword'],
  ['metatag.html', 'keyword'],
  ['metatag.content.html', 'keyword'],
  ['attribute.value.xml', 'string'],
  ['attribute.value.html', 'string'],
  ['annotation', 'type'],
];

/** Monaco's colour ids that have a token of the same name. */
const colours = [
  'editor.background',
  'editor.foreground',
  'editor.lineHighlightBackground',
  'editor.selectionBackground',
  'editorLineNumber.foreground',
  'editorLineNumber.activeForeground',
  'editorIndentGuide.background1',
  'editorError.foreground',
  'editorWarning.foreground',
  'editorInfo.foreground',
  'editorWidget.background',
  'editorWidget.border',
  'editorSuggestWidget.background',
  'editorSuggestWidget.border',
  'editorSuggestWidget.selectedBackground',
  'focusBorder',
  'input.background',
  'input.border',
  'editor.wordHighlightBackground',
  'input.foreground',
  'list.hoverBackground',
  'list.activeSelectionBackground',
  'list.activeSelectionForeground',
  'menu.background',
  'menu.border',
  'menu.selectionBackground',
  'scrollbarSlider.background',
] as const;

/** Monaco takes `#rrggbb` and `#rrggbbaa` only; a minified stylesheet may say `#ccc`, `red` or `rgb(…)`. */
function hexColour(text: string): string | undefined {
  const probe = document.createElement('canvas').getContext('2d');
  if (!probe || !CSS.supports('color', text)) return undefined;
  probe.fillStyle = text;
  const colour = String(probe.fillStyle);
  if (colour.startsWith('#')) return colour;
  const [red = 0, green = 0, blue = 0, alpha = 1] = [...colour.matchAll(/[\d.]+/g)].map(([figure]) =>
    Number(figure),
  );
  const hex = (value: number) => Math.round(value).toString(16).padStart(2, '0');
  return `#${hex(red)}${hex(green)}${hex(blue)}${hex(alpha * 255)}`;
}

function defineTheme(themes: Themes): void {
  const theme: Theme = themes.getState();
  const token = (name: string) => hexColour(themes.token(name));
  monaco.editor.defineTheme(`baton-${theme}`, {
    base: bases[theme],
    inherit: true,
    rules: syntax.flatMap(([type, name]) => {
      const colour = token(`--baton-code-${name}`);
      return colour ? [{ token: type, foreground: colour.slice(1) }] : [];
    }),
    colors: Object.fromEntries(
      colours.flatMap((id) => {
        const colour = token(`--vscode-${id.replace('.', '-')}`);
        return colour ? [[id, colour]] : [];
      }),
    ),
  });
  monaco.editor.setTheme(`baton-${theme}`);
}

/** FEEL's grammar, for colouring; what is right is said by the engine's reader. */
function defineFeel(): void {
  monaco.languages.register({ id: 'feel' });
  monaco.languages.setMonarchTokensProvider('feel', {
    keywords: [
      ...['if', 'then', 'else', 'for', 'in', 'return', 'some', 'every', 'satisfies', 'and', 'or', 'not'],
      ...['between', 'instance', 'of', 'true', 'false', 'null', 'function'],
    ],
    tokenizer: {
      root: [
        [/\/\/.*$/, 'comment'],
        [/\/\*/, 'comment', '@comment'],
        [/"(?:[^"\\]|\\.)*"?/, 'string'],
        [/\d+(?:\.\d+)?/, 'number'],
        [/[a-zA-Z_$][\w$]*(?= *\()/, { cases: { '@keywords': 'keyword', '@default': 'type' } }],
        [/[a-zA-Z_$][\w$]*/, { cases: { '@keywords': 'keyword', '@default': 'identifier' } }],
      ],
      comment: [
        [/\*\//, 'comment', '@pop'],
        [/./, 'comment'],
      ],
    },
  });
  monaco.languages.setLanguageConfiguration('feel', {
    comments: { lineComment: '//', blockComment: ['/*', '*/'] },
    brackets: [
      ['(', ')'],
      ['[', ']'],
      ['{', '}'],
    ],
    autoClosingPairs: [
      { open: '(', close: ')' },
      { open: '[', close: ']' },
      { open: '{', close: '}' },
      { open: '"', close: '"', notIn: ['string'] },
    ],
  });
}

export async function setUpMonaco(themes: Themes): Promise<typeof monaco> {
  self.MonacoEnvironment = {
    getWorker: (_, label) => new (workers[label] ?? EditorWorker)(),
  };
  defineFeel();
  defineTheme(themes);
  themes.subscribe(() => defineTheme(themes));
  loader.config({ monaco: monaco as never });
  await loader.init();
  return monaco;
}
