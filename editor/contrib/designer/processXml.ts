import { completeFeel, explainFeel } from '../../platform/languages/feelLanguage.ts';
import type { CodeLanguage, NamedDocument, Span } from '../../platform/languages/languages.ts';
import { feelScope } from './views/properties/feelScope.ts';

/** Attributes that name another document, and what kind that is. */
const naming: readonly (readonly [RegExp, string])[] = [
  [/<(?:\w+:)?header\b[^>]*?\bkey="agent"[^>]*?\bvalue="([^"@]+)/g, 'agent'],
  [/<(?:\w+:)?header\b[^>]*?\bkey="task"[^>]*?\bvalue="([^"@]+)/g, 'task'],
  [/<(?:\w+:)?header\b[^>]*?\bkey="tool"[^>]*?\bvalue="([^"]+)/g, 'tool'],
  [/<(?:\w+:)?formDefinition\b[^>]*?\bformId="([^"=][^"]*)/g, 'form'],
  [/<(?:\w+:)?calledDecision\b[^>]*?\bdecisionId="([^"=][^"]*)/g, 'decision'],
  [/<(?:\w+:)?calledElement\b[^>]*?\bprocessId="([^"=][^"]*)/g, 'process'],
];

/** The file of a process: names in it lead to what they name, and its FEEL is completed and explained. */
export const processXml: CodeLanguage = {
  id: 'workflow',
  shownAs: ['xml'],
  reads: (path) => path.endsWith('.workflow.xml'),
  triggers: ['=', '.'],

  named({ text }) {
    const found = naming.flatMap(([pattern, kind]) =>
      [...text.matchAll(pattern)].map((match): NamedDocument => {
        const name = match[1]!;
        const to = match.index + match[0].length;
        return { kind, name, from: to - name.length, to };
      }),
    );
    return found.sort((one, other) => one.from - other.from);
  },

  complete({ text }, at) {
    const place = expressionAt(text, at);
    if (!place) return undefined;
    const found = completeFeel(text.slice(place.from, place.to), at - place.from, feelScope(text, undefined));
    return found && { ...found, from: found.from + place.from, to: found.to + place.from };
  },

  explain({ text }, at) {
    const place = expressionAt(text, at);
    if (!place) return undefined;
    const found = explainFeel(text.slice(place.from, place.to), at - place.from, feelScope(text, undefined));
    return found && { ...found, from: found.from + place.from, to: found.to + place.from };
  },
};

/** The FEEL around a place: `="=…"` of an attribute, or the text of an element that begins with `=`. */
function expressionAt(text: string, at: number): Span | undefined {
  const attribute = Math.max(text.lastIndexOf('="=', at - 1), text.lastIndexOf('>=', at - 1));
  if (attribute < 0) return undefined;
  const inAttribute = text[attribute] === '=';
  const from = attribute + (inAttribute ? 3 : 2);
  if (at < from) return undefined;
  const end = text.indexOf(inAttribute ? '"' : '<', from);
  const to = end < 0 ? text.length : end;
  return at <= to ? { from, to } : undefined;
}
