import type { JsonValue } from '@baton/gateway/api';
import type { TextReading } from '@baton/gateway/documents';
import { valueAt } from './contentPath.ts';
import type { OutlineItem } from './documents.ts';

/** Parts of a schema's path that no user named. */
const unnamed = new Set(['properties', 'items']);
const longest = 60;

/** Fields of a JSON or YAML text, in the order in which they stand. */
export function outlineOfFields({ value, places }: TextReading): readonly OutlineItem[] {
  return [...places]
    .map(([pointer, place]) => ({
      pointer,
      place,
      path: pointer
        .split('/')
        .slice(1)
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')),
    }))
    .filter(({ path }) => path.length > 0 && !unnamed.has(path.at(-1)!) && !/^\d+$/.test(path.at(-1)!))
    .sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column)
    .map(({ pointer, place, path }) => {
      const { type, detail } = described(valueAt(value, path));
      return {
        id: pointer,
        name: path.at(-1)!,
        type,
        ...(detail !== '' && { detail }),
        icon: 'codicon:symbol-field',
        depth: path.filter((part) => !unnamed.has(part)).length - 1,
        place: { path, line: place.line, column: place.column },
      };
    });
}

function described(value: JsonValue | undefined): { type: string; detail: string } {
  if (Array.isArray(value)) return { type: 'List', detail: '' };
  if (typeof value === 'object' && value !== null) {
    return { type: 'Group', detail: typeof value.type === 'string' ? value.type : '' };
  }
  const [line = ''] = String(value ?? '').split('\n');
  return { type: 'Field', detail: line.length > longest ? `${line.slice(0, longest)}…` : line };
}

const declared =
  /^(\s*)(?:export\s+)?(?:default\s+)?(?:async\s+)?(function\*?|class|interface|type|const|let)\s+([\w$]+)/;

/** What a TypeScript text declares: functions, classes, types and constants outside of functions. */
export function outlineOfSource(text: string): readonly OutlineItem[] {
  return text.split('\n').flatMap((line, at): OutlineItem[] => {
    const match = declared.exec(line);
    if (match?.[1] !== '') {
      return /^export\s+default\b/.test(line)
        ? [
            {
              id: `${at}`,
              name: 'default',
              type: 'Export',
              icon: 'codicon:symbol-event',
              place: { line: at + 1 },
            },
          ]
        : [];
    }
    const [, , keyword = '', name = ''] = match;
    const isFunction =
      keyword.startsWith('function') || /=\s*(?:async\s*)?(?:\([^)]*\)|\w+)\s*(?::[^=]+)?=>/.test(line);
    const type = isFunction
      ? 'Function'
      : keyword === 'class'
        ? 'Class'
        : keyword === 'interface' || keyword === 'type'
          ? 'Type'
          : 'Constant';
    return [
      {
        id: `${at}`,
        name,
        type,
        icon: isFunction ? 'codicon:symbol-method' : 'codicon:symbol-constant',
        place: { line: at + 1 },
      },
    ];
  });
}
