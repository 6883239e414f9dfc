import type { ContentPath } from '../contentPath.ts';
import type { Span } from './languages.ts';

/** Where a caret stands in a YAML text, also in one that cannot be read yet. */
export interface YamlPlace extends Span {
  /** Of the map the caret's line belongs to where a name is typed, of the value where one is. */
  path: ContentPath;
  at: 'name' | 'value' | 'text';
  /** Names the map has already, where a name is typed. */
  taken: readonly string[];
  /** Spaces before the line's first letter, its `- ` included. */
  indent: number;
  /** What stands behind the caret makes a name: `: ` is there already. */
  named: boolean;
}

interface Line {
  /** Column of the first letter; blank lines and comments have none. */
  indent: number;
  /** The line begins with `- `: its member is an item. */
  item: boolean;
  /** Column of the member, behind `- `. */
  column: number;
  name: string | undefined;
  /** What stands behind `name:`. */
  rest: string;
}

const member = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s:#[\]{},"'&*!|>%@`-][^:#]*?|-[^\s:][^:#]*?)\s*:(?=\s|$)(.*)$/;

/** Reads line by line from the caret upwards: what is above it stands, what is typed may be half a word. */
export function yamlPlaceAt(text: string, at: number): YamlPlace {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const endOfLine = text.indexOf('\n', at);
  const current = text.slice(start, endOfLine < 0 ? text.length : endOfLine);
  const before = current.slice(0, at - start);
  const above = text.slice(0, start).split('\n').slice(0, -1);

  const blank = before.trim() === '';
  const line = lineOf(blank ? before : current);
  const indent = blank ? before.length : line.indent;
  const block = blockAround(above, indent, blank);
  if (block) return { path: block, at: 'text', from: at, to: at, taken: [], indent, named: false };

  const column = blank ? before.length : line.column;
  const outer = pathAround(above, indent, !blank && line.item);
  const value = line.name !== undefined && before.length > current.indexOf(':', line.column);
  if (value) {
    const from = start + current.length - line.rest.trimStart().length;
    const path = [...outer, line.name!];
    return (
      inFlow(text, path, Math.min(from, at), at, indent) ?? scalar(text, path, Math.min(from, at), at, indent)
    );
  }
  const from = start + Math.min(column, before.length);
  const flow = inFlow(text, outer, from, at, column);
  if (flow) return flow;
  return {
    path: outer,
    at: 'name',
    from,
    to: wordEnd(text, at, /[^\s:,\]}]/),
    taken: namesBeside(text, start, column, line.name),
    indent: column,
    named: line.name !== undefined,
  };
}

function lineOf(text: string): Line {
  const indent = text.length - text.trimStart().length;
  let column = indent;
  let item = false;
  while (/^-(\s|$)/.test(text.slice(column))) {
    item = true;
    const rest = text.slice(column + 1);
    column += 1 + rest.length - rest.trimStart().length;
  }
  const found = member.exec(text.slice(column));
  return {
    indent,
    item,
    column,
    name: found ? unquoted(found[1]!.trim()) : undefined,
    rest: found?.[2] ?? '',
  };
}

const unquoted = (text: string) => (/^(["']).*\1$/.test(text) ? text.slice(1, -1) : text);
const isBlank = (text: string) => /^\s*(#|$)/.test(text);

/** Path of the text in `|` or `>` that a line of this indent stands in. */
function blockAround(above: readonly string[], indent: number, blank: boolean): ContentPath | undefined {
  let least = blank ? Number.POSITIVE_INFINITY : indent;
  for (let at = above.length - 1; at >= 0; at--) {
    const text = above[at]!;
    if (text.trim() === '') continue;
    const line = lineOf(text);
    if (line.indent < least) {
      const inside = /(?:^|:\s*|-\s+)[|>][+-]?\d?[+-]?\s*(?:#.*)?$/.test(text.slice(line.indent));
      if (inside && (!blank || indent > line.indent)) {
        const outer = pathAround(above.slice(0, at), line.indent, line.item);
        return line.name === undefined ? outer : [...outer, line.name];
      }
      if (inside) return undefined;
      least = line.indent;
    }
    if (least === 0) return undefined;
  }
  return undefined;
}

/** Path of the map or list that something at `column` is in. */
function pathAround(above: readonly string[], indent: number, item: boolean): string[] {
  const path: string[] = [];
  let within = indent;
  let items = item ? 0 : undefined;
  // A member behind `- ` is in an item; one under it, at its column, as well.
  for (let at = above.length - 1; at >= 0 && (within > 0 || items !== undefined); at--) {
    const text = above[at]!;
    if (isBlank(text)) continue;
    const line = lineOf(text);
    if (items !== undefined) {
      if (line.item && line.indent === within) {
        items++;
        continue;
      }
      const opens =
        line.name !== undefined && !line.rest.trim() && (line.item ? line.column : line.indent) <= within;
      if (!opens) continue;
      path.unshift(line.name!, String(items));
      items = line.item ? 0 : undefined;
      within = line.indent;
      continue;
    }
    if (line.item && line.column === within && line.indent < within) {
      // The item this member goes on with.
      items = 0;
      within = line.indent;
    } else if (line.indent < within || (line.item && line.column < within)) {
      if (line.name === undefined) continue;
      if (line.rest.trim() && !/^\s*[&!]/.test(line.rest)) continue;
      path.unshift(line.name);
      if (line.item) items = 0;
      within = line.indent;
    }
  }
  return path;
}

function namesBeside(text: string, start: number, column: number, own: string | undefined): string[] {
  const found: string[] = [];
  const look = (lines: readonly string[], up: boolean) => {
    for (const each of lines) {
      if (isBlank(each)) continue;
      const line = lineOf(each);
      if (line.column < column) return;
      if (line.column > column) continue;
      if (line.item && !up) return;
      if (line.name !== undefined) found.push(line.name);
      if (line.item) return;
    }
  };
  const end = text.indexOf('\n', start);
  const first = lineOf(text.slice(start, end < 0 ? text.length : end));
  if (!first.item) look(text.slice(0, start).split('\n').slice(0, -1).reverse(), true);
  if (end >= 0) look(text.slice(end + 1).split('\n'), false);
  return found.filter((name) => name !== own);
}

function scalar(text: string, path: ContentPath, from: number, at: number, indent: number): YamlPlace {
  const lineEnd = text.indexOf('\n', at);
  const end = lineEnd < 0 ? text.length : lineEnd;
  const rest = text.slice(at, end);
  const comment = /\s#/.exec(rest);
  return {
    path,
    at: 'value',
    from,
    to: at + (comment ? comment.index : rest.length),
    taken: [],
    indent,
    named: false,
  };
}

/** A place in `[a, b]` or `{ a: b }` of one line. */
function inFlow(
  text: string,
  outer: ContentPath,
  from: number,
  at: number,
  indent: number,
): YamlPlace | undefined {
  const written = text.slice(from, at);
  if (!/^\s*[[{]/.test(written)) return undefined;
  const path = [...outer];
  const open: { list: boolean; item: number; name: string | undefined; names: string[] }[] = [];
  let word = from;
  for (let index = 0; index < written.length; index++) {
    const letter = written[index]!;
    const top = open.at(-1);
    if (letter === '"' || letter === "'") {
      const close = written.indexOf(letter, index + 1);
      if (close < 0) break;
      index = close;
    } else if (letter === '[' || letter === '{') {
      open.push({ list: letter === '[', item: 0, name: undefined, names: [] });
      word = from + index + 1;
    } else if (letter === ']' || letter === '}') {
      open.pop();
      word = from + index + 1;
    } else if (letter === ',' && top) {
      top.item++;
      top.name = undefined;
      word = from + index + 1;
    } else if (letter === ':' && top && !top.list) {
      top.name = unquoted(text.slice(word, from + index).trim());
      top.names.push(top.name);
      word = from + index + 1;
    }
  }
  if (open.length === 0) return undefined;
  for (const [level, { list, item, name }] of open.entries())
    if (list) path.push(String(item));
    else if (name !== undefined) path.push(name);
    else if (level < open.length - 1) return undefined;
  const last = open.at(-1)!;
  const begins = word + (text.slice(word, at).length - text.slice(word, at).trimStart().length);
  return {
    path,
    at: !last.list && last.name === undefined ? 'name' : 'value',
    from: begins,
    to: wordEnd(text, at, /[^\s,:[\]{}]/),
    taken: last.names,
    indent,
    named: false,
  };
}

function wordEnd(text: string, at: number, letters: RegExp): number {
  let end = at;
  while (end < text.length && letters.test(text[end]!)) end++;
  return end;
}
