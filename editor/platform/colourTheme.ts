import { failed, ok, type Result } from '@baton/engine/protocol';
import { z } from 'zod';
import type { Theme } from './theme.ts';

/** A user's own colours over one of our themes. */
export interface ColourTheme {
  name: string;
  /** Has what the file leaves out. */
  base: Theme;
  /** By colour id: `editor.background`. */
  colours: Readonly<Record<string, string>>;
  /** By token of ours: `keyword`. */
  code: Readonly<Record<string, string>>;
}

/** Characters of a file; the largest themes there are have some 100,000. */
export const themeFileLimit = 400_000;
/** What one user keeps. */
export const themesLimit = 8;

const hex = /^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i;
const colourId = /^[A-Za-z][\w.]{0,80}$/;

const colours = z.record(z.string().regex(colourId), z.string().regex(hex));
const keptThemes = z.array(
  z.object({
    name: z.string().min(1).max(100),
    base: z.enum(['dark', 'light', 'hc']),
    colours,
    code: colours,
  }),
);

/** Those among the user's preferences; whatever is none counts as absent. */
export function colourThemesOf(preferences: { [name: string]: unknown }): readonly ColourTheme[] {
  const kept = keptThemes.safeParse(preferences.themes);
  return kept.success ? kept.data : [];
}

/** The scopes of a TextMate grammar that say the colour of a token of ours; the first one a theme has counts. */
const scopes = {
  keyword: ['keyword', 'keyword.control', 'storage.type', 'storage'],
  type: ['entity.name.type', 'support.type', 'support.class', 'entity.name.class'],
  string: ['string'],
  number: ['constant.numeric', 'constant'],
  function: ['entity.name.function', 'support.function'],
  property: ['support.type.property-name', 'support.type.property-name.json', 'variable.other.property'],
  comment: ['comment'],
  variable: ['variable', 'variable.other'],
} as const;

const bases: { readonly [type: string]: Theme } = {
  dark: 'dark',
  'vs-dark': 'dark',
  light: 'light',
  vs: 'light',
  hc: 'hc',
  hcDark: 'hc',
  'hc-black': 'hc',
};

/**
 * Reads a colour theme as VS Code keeps it: JSON with comments.
 * @param isKnown whether a colour id has a place here; others are left out
 */
export function readColourTheme(
  fileName: string,
  text: string,
  isKnown: (id: string) => boolean,
): Result<ColourTheme, string> {
  const parsed = parse(text);
  if (!parsed.ok) return parsed;
  const theme = parsed.value;
  if (!isObject(theme)) return failed('Expected an object with "colors", but it is none.');
  if (typeof theme.include === 'string')
    return failed(`Expected a theme that is whole, but it includes ${theme.include}.`);
  if (!isObject(theme.colors)) return failed('Expected "colors" by colour id, but there are none.');
  const given = Object.entries(theme.colors).filter(([, colour]) => colour !== null);
  const wrong = given.find(([, colour]) => typeof colour !== 'string' || !hex.test(colour));
  if (wrong)
    return failed(
      `Expected a colour like #1e1e1e, but ${wrong[0].slice(0, 80)} is ${JSON.stringify(wrong[1]).slice(0, 80)}.`,
    );
  const known = (given as [string, string][]).filter(([id]) => colourId.test(id) && isKnown(id));
  if (known.length === 0)
    return failed(
      `Expected colours with ids like editor.background, but none of its ${given.length} is known here.`,
    );
  const type = typeof theme.type === 'string' ? bases[theme.type] : undefined;
  const name = typeof theme.name === 'string' ? theme.name.trim() : '';
  const found = Object.fromEntries(known);
  return ok({
    name: (name || fileName.replace(/(?:-color-theme)?\.jsonc?$/i, '') || 'Imported').slice(0, 100),
    base: type ?? (isDark(found['editor.background'] ?? '#000000') ? 'dark' : 'light'),
    colours: found,
    code: codeColours(theme.tokenColors),
  });
}

/** What the page's tokens become: ids have theirs, and what VS Code has no id for follows its neighbours. */
export function tokensOf({ base, colours: given, code }: ColourTheme): Readonly<Record<string, string>> {
  const tokens: Record<string, string> = {};
  const put = (token: string, ...ids: string[]) => {
    const id = ids.find((each) => given[each]);
    if (id) tokens[token] = given[id]!;
  };
  for (const [id, colour] of Object.entries(given)) tokens[`--vscode-${id.replaceAll('.', '-')}`] = colour;
  for (const [name, colour] of Object.entries(code)) tokens[`--baton-code-${name}`] = colour;
  if (base === 'hc') return tokens;
  put('--baton-canvas-background', 'editor.background');
  put('--baton-canvas-shape', 'editorWidget.background', 'sideBar.background', 'editor.background');
  put('--baton-canvas-grid', 'editorIndentGuide.background1', 'editor.lineHighlightBackground');
  put('--baton-canvas-label', 'editor.foreground', 'foreground');
  put('--baton-canvas-stroke', 'descriptionForeground', 'editor.foreground');
  put('--baton-canvas-flow', 'descriptionForeground', 'editor.foreground');
  put('--baton-surface-1', 'editorWidget.background', 'sideBar.background');
  put('--baton-surface-2', 'input.background', 'dropdown.background', 'sideBar.background');
  put('--baton-hairline', 'panel.border', 'editorGroup.border', 'sideBar.border');
  put('--baton-foreground-strong', 'foreground', 'editor.foreground');
  return tokens;
}

function codeColours(rules: unknown): Record<string, string> {
  const byScope = new Map<string, string>();
  for (const rule of Array.isArray(rules) ? rules : []) {
    if (!isObject(rule) || !isObject(rule.settings)) continue;
    const colour = rule.settings.foreground;
    if (typeof colour !== 'string' || !hex.test(colour)) continue;
    const named = typeof rule.scope === 'string' ? rule.scope.split(',') : rule.scope;
    for (const scope of Array.isArray(named) ? named : [])
      if (typeof scope === 'string') byScope.set(scope.trim(), colour);
  }
  return Object.fromEntries(
    Object.entries(scopes).flatMap(([name, wanted]) => {
      const scope = wanted.find((each) => byScope.has(each));
      return scope ? [[name, byScope.get(scope)!]] : [];
    }),
  );
}

/** Comments become spaces, so that a place in what is wrong stays its place. */
function parse(text: string): Result<unknown, string> {
  if (text.length > themeFileLimit)
    return failed(`Expected a file of at most ${themeFileLimit / 1000} kB, but it has more.`);
  const bare = text
    .replace(/^\uFEFF/, ' ')
    .replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
      part.startsWith('"') ? part : part.replace(/[^\n]/g, ' '),
    )
    .replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g, (part) => (part === ',' ? ' ' : part));
  try {
    return ok(JSON.parse(bare));
  } catch (error) {
    return failed(`Expected JSON, but it cannot be read: ${error instanceof Error ? error.message : error}.`);
  }
}

function isDark(colour: string): boolean {
  const digits = colour.slice(1);
  const step = digits.length < 6 ? 1 : 2;
  const [red = 0, green = 0, blue = 0] = [0, 1, 2].map(
    (at) => Number.parseInt(digits.slice(at * step, at * step + step), 16) / (step === 1 ? 15 : 255),
  );
  return 0.299 * red + 0.587 * green + 0.114 * blue < 0.5;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
