import { relative } from 'node:path';
import { type Plugin, parseSync } from 'vite';

/** Attributes and properties whose texts people read. */
const readByPeople = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'category',
  'deletion',
  'description',
  'detail',
  'empty',
  'exampleName',
  'help',
  'hint',
  'label',
  'message',
  'note',
  'placeholder',
  'summary',
  'text',
  'title',
  'tooltip',
  'unit',
  'what',
]);

/** Module that hands out the texts, as `tx`. */
const source = 'platform/texts.ts';

interface Node {
  type: string;
  start: number;
  end: number;
  [name: string]: unknown;
}

interface Edit {
  start: number;
  end: number;
  code: string;
}

/** One text of the catalog. */
export interface CatalogText {
  /** Values stand as `{0}`, `{1}`, … */
  text: string;
  /** Files it is in, sorted. */
  files: string[];
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** A sentence or a title, wherever it stands: it begins with a capital and has more than one word. */
const reads = (text: string) =>
  /^["“(]?[A-Z][^\n]*[a-z,.:;…)”"]? \S/.test(text.trim()) && !/[{}<>;=]{2}/.test(text);
const hasWords = (text: string) => /\p{L}/u.test(text);

/** JSX drops the line breaks of a text and what they stand between; spaces within a line stay. */
function jsxText(raw: string): string {
  const lines = raw.split(/\r\n|\n|\r/);
  return lines
    .map((line, at) => {
      let text = line.replaceAll('\t', ' ');
      if (at > 0) text = text.trimStart();
      if (at < lines.length - 1) text = text.trimEnd();
      return text;
    })
    .filter((line) => line !== '')
    .join(' ');
}

/** The texts of a module, and the module with each asked from the catalog. */
export function withTexts(code: string, file: string): { code: string; texts: string[] } {
  const { program, errors } = parseSync(file, code, { lang: file.endsWith('x') ? 'tsx' : 'ts' });
  if (errors.length > 0) return { code, texts: [] };
  const edits: Edit[] = [];
  const texts: string[] = [];

  function ask(node: Node, text: string, values: readonly string[], inJsx: boolean): void {
    texts.push(text);
    const asked = `tx(${[JSON.stringify(text), ...values].join(', ')})`;
    edits.push({ start: node.start, end: node.end, code: inJsx ? `{${asked}}` : asked });
  }

  /** An expression people read: texts in it, whichever branch it takes. */
  function expression(node: Node): void {
    if (node.type === 'Literal' && typeof node.value === 'string') {
      if (hasWords(node.value)) ask(node, node.value, [], false);
    } else if (node.type === 'TemplateLiteral') {
      template(node);
    } else if (node.type === 'ConditionalExpression') {
      walk(node.test as Node);
      expression(node.consequent as Node);
      expression(node.alternate as Node);
    } else if (node.type === 'LogicalExpression') {
      walk(node.left as Node);
      expression(node.right as Node);
    } else if (node.type === 'ArrowFunctionExpression' && node.expression === true) {
      expression(node.body as Node);
    } else walk(node);
  }

  function template(node: Node): void {
    const quasis = node.quasis as (Node & { value: { cooked: string } })[];
    const values = node.expressions as Node[];
    const text = quasis.map(({ value }, at) => value.cooked + (at < values.length ? `{${at}}` : '')).join('');
    if (!hasWords(text.replaceAll(/\{\d+\}/g, ''))) {
      values.forEach(walk);
      return;
    }
    // What stands in a value may be texts again: each is made of the module as it is by then.
    const inner = values.map((value) => withInner(value));
    ask(node, text, inner, false);
  }

  /** The code of a value within a template, its own texts asked for, too. */
  function withInner(node: Node): string {
    const before = edits.length;
    expression(node);
    const own = edits.splice(before);
    return applied(code, own, node.start, node.end);
  }

  function walk(node: Node): void {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
      case 'TSTypeAnnotation':
      case 'TSTypeAliasDeclaration':
      case 'TSInterfaceDeclaration':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
        // Values below `as` and `satisfies` are code, the types are not.
        if (isNode(node.expression)) walk(node.expression);
        return;
      case 'NewExpression':
        // What is thrown is a bug, and for who mends it.
        if (/Error$/.test(String((node.callee as Node).name ?? ''))) return;
        break;
      case 'JSXText': {
        const text = jsxText(String(node.value));
        const words = text.trim();
        if (!hasWords(words)) return;
        const lead = text.startsWith(' ') ? "{' '}" : '';
        const trail = text.endsWith(' ') ? "{' '}" : '';
        texts.push(words);
        edits.push({
          start: node.start,
          end: node.end,
          code: `${lead}{tx(${JSON.stringify(words)})}${trail}`,
        });
        return;
      }
      case 'JSXAttribute': {
        const name = (node.name as Node).name;
        const value = node.value as Node | null;
        if (!value) return;
        const container = value.type === 'JSXExpressionContainer';
        if (typeof name === 'string' && readByPeople.has(name)) {
          if (container) expression(value.expression as Node);
          else if (value.type === 'Literal' && typeof value.value === 'string' && hasWords(value.value))
            ask(value, value.value, [], true);
        } else if (container) walk(value.expression as Node);
        else if (
          name !== 'className' &&
          value.type === 'Literal' &&
          typeof value.value === 'string' &&
          reads(value.value)
        )
          ask(value, value.value, [], true);
        return;
      }
      case 'JSXExpressionContainer':
        // A child: what it says is read.
        expression(node.expression as Node);
        return;
      case 'Property': {
        const key = node.key as Node;
        const name = key.type === 'Identifier' ? key.name : key.value;
        if (node.computed) walk(key);
        if (!node.computed && typeof name === 'string' && readByPeople.has(name))
          expression(node.value as Node);
        else walk(node.value as Node);
        return;
      }
      case 'Literal':
        if (typeof node.value === 'string' && reads(node.value)) ask(node, node.value, [], false);
        return;
      case 'TemplateLiteral': {
        // One word before a value may be anything; more are a sentence.
        const parts = (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
        const words = parts.join(' ').match(/\p{L}+/gu)?.length ?? 0;
        const whole = parts.join('x');
        if (words > 1 && reads(whole) && !whole.includes('\n')) template(node);
        else (node.expressions as Node[]).forEach(walk);
        return;
      }
      case 'TaggedTemplateExpression':
        return;
    }
    for (const [name, value] of Object.entries(node)) {
      if (name === 'type' || name === 'typeAnnotation' || name === 'typeArguments' || name === 'returnType')
        continue;
      if (Array.isArray(value)) for (const item of value) isNode(item) && walk(item);
      else if (isNode(value)) walk(value);
    }
  }

  walk(program as unknown as Node);
  return { code: applied(code, edits, 0, code.length), texts };
}

function applied(code: string, edits: readonly Edit[], from: number, to: number): string {
  let result = '';
  let at = from;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    result += code.slice(at, edit.start) + edit.code;
    at = edit.end;
  }
  return result + code.slice(at, to);
}

/**
 * Every text of the editor is asked for by itself, so that another language is one file: the build lists them all in
 * `texts.en.json`, the catalog, and writes the pseudo-language `texts.en-XA.json` by which missing ones are seen.
 */
export function texts(root: string): Plugin {
  const found = new Map<string, Set<string>>();
  return {
    name: 'texts',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      const [path = ''] = id.split('?');
      const file = relative(root, path).replaceAll('\\', '/');
      if (file.startsWith('..') || file.startsWith('node_modules') || !/\.tsx?$/.test(file)) return;
      if (file === source || file.startsWith('build/') || file.startsWith('test/')) return;
      const read = withTexts(code, file);
      if (read.texts.length === 0) return;
      for (const text of read.texts) found.set(text, (found.get(text) ?? new Set()).add(file));
      return { code: `import { tx } from '/${source}';\n${read.code}`, map: null };
    },
    generateBundle() {
      const catalog = [...found]
        .map(([text, files]): CatalogText => ({ text, files: [...files].sort() }))
        .sort((one, other) => (one.text < other.text ? -1 : 1));
      this.emitFile({
        type: 'asset',
        fileName: 'texts/en.json',
        source: `${JSON.stringify(catalog, null, 1)}\n`,
      });
      this.emitFile({
        type: 'asset',
        fileName: 'texts/en-XA.json',
        source: JSON.stringify(Object.fromEntries(catalog.map(({ text }) => [text, pseudo(text)]))),
      });
      this.info(`${catalog.length} texts in the catalog`);
    },
  };
}

const accents: { readonly [letter: string]: string } = Object.fromEntries(
  [...'aeiouyAEIOUYncszNCSZ'].map((letter, at) => [letter, [...'áéíóúýÁÉÍÓÚÝñçšžÑÇŠŽ'][at]!]),
);

/** Readable, and yet no English: what is not in the catalog stands out. */
function pseudo(text: string): string {
  return text.replaceAll(/\{\d+\}|./gs, (part) => accents[part] ?? part);
}
