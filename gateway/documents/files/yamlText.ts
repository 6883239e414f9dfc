import { failed, ok, type Result } from '@baton/engine/protocol';
import {
  CST,
  type Document,
  type ErrorCode,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type ParsedNode,
  parseDocument,
  stringify,
} from 'yaml';
import type { JsonValue } from '../../api/common.ts';
import { type ContentPath, pathKey, type TextPlace } from '../contentPath.ts';
import type { TextProblem, TextReading } from '../textReading.ts';

export interface YamlReading extends TextReading {
  /** The first comment; JSON has no room for one. */
  comment: TextPlace | undefined;
}

const style = { lineWidth: 0 } as const;

/** Texts of several lines stand as they read, under a `|`. */
export function yamlOf(content: JsonValue): string {
  return stringify(content, style);
}

const expected: Partial<Record<ErrorCode, string>> = {
  BAD_INDENT: 'Expected lines that belong together under each other, but this one is not.',
  BLOCK_AS_IMPLICIT_KEY: 'Expected one "name: value" in a line, but there are two.',
  DUPLICATE_KEY: 'Expected each name once, but this one is there twice.',
  MISSING_CHAR: 'Expected a closing quote, bracket or colon, but it is missing.',
  MULTILINE_IMPLICIT_KEY: 'Expected "name: value", but there is no colon.',
  MULTIPLE_DOCS: 'Expected one document, but a second begins here.',
  TAB_AS_INDENT: 'Expected spaces before a name, but found a tab.',
};

/** Reads a YAML 1.2 text and remembers where everything stands; otherwise says what was expected where. */
export function readYaml(text: string): Result<YamlReading, TextProblem> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    return failed({
      line,
      column: col,
      message: expected[error.code] ?? `Expected YAML, but it cannot be read: ${error.message}.`,
    });
  }
  const places = new Map<string, TextPlace>();
  if (document.contents) walk(document.contents, [], places, lines);
  const comment = commentAt(text);
  try {
    return ok({
      value: document.toJS({ maxAliasCount: 0 }) as JsonValue,
      places,
      comment: comment === undefined ? undefined : placeOf(comment, comment + 1, lines),
    });
  } catch {
    return failed({
      line: 1,
      column: 1,
      message: 'Expected every value written out, but there is an alias.',
    });
  }
}

function walk(node: ParsedNode, path: ContentPath, places: Map<string, TextPlace>, lines: LineCounter): void {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      if (!isScalar(key) || !key.range) continue;
      const step = [...path, String(key.value)];
      const last = isNode(value) && value.range ? value.range : key.range;
      places.set(pathKey(step), placeOf(key.range[0], last[1], lines));
      if (isNode(value)) walk(value as ParsedNode, step, places, lines);
    }
  } else if (isSeq(node)) {
    node.items.forEach((item, index) => {
      if (!isNode(item) || !item.range) return;
      const step = [...path, String(index)];
      places.set(pathKey(step), placeOf(item.range[0], item.range[1], lines));
      walk(item as ParsedNode, step, places, lines);
    });
  }
}

function placeOf(from: number, to: number, lines: LineCounter): TextPlace {
  const { line, col } = lines.linePos(from);
  return { line, column: col, endLine: Math.max(line, lines.linePos(Math.max(from, to - 1)).line) };
}

/** The lexer says these of the text, they do not stand in it. */
const marks = new Set<string>([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

function commentAt(text: string): number | undefined {
  let at = 0;
  let before = '';
  for (const token of new Lexer().lex(text)) {
    // After this mark comes a value's own text, where # is a letter like any other.
    if (token.startsWith('#') && before !== CST.SCALAR) return at;
    before = token;
    if (!marks.has(token)) at += token.length;
  }
  return undefined;
}

/** The text with another value at `path`, everything else as it was written; without a value the member goes. */
export function withYamlValue(text: string, path: ContentPath, value: JsonValue | undefined): string {
  const document = parseDocument(text) as Document;
  if (value === undefined) {
    if (document.hasIn(path)) document.deleteIn(path);
    return document.toString(style);
  }
  // What is no map cannot hold the member; it gives way.
  if (!isMap(document.contents)) document.contents = document.createNode({}) as never;
  for (let end = 1; end < path.length; end++) {
    const outer = path.slice(0, end);
    if (!isCollection(document.getIn(outer, true))) document.deleteIn(outer);
  }
  const node = document.createNode(value);
  const before = document.getIn(path, true);
  if (isScalar(before) && isScalar(node)) {
    node.comment = before.comment;
    node.commentBefore = before.commentBefore;
  }
  document.setIn(path, node);
  return document.toString(style);
}
