import { type DocumentHit, type DocumentRow, everyPage, table } from '@baton/gateway/api';
import { type CommandContext, command, exitCodes, type Output, refused } from '../command.ts';
import { tableOf, tell } from '../tell.ts';

/** Places that are asked for; whoever gets as many is told that there may be more. */
const mostPlaces = 1000;

export const search = command({
  name: 'search',
  summary: 'Find documents by their names and by what is in them',
  about: [
    'Documents whose names have the text come first, then the places in documents that have it: what is published, and your own drafts in place of it. Letters of either case.',
  ],
  arguments: { text: { help: 'what the name or the content has in it' } },
  options: { names: { type: 'flag', help: 'Look at names only' } },
  examples: [
    { line: 'baton search order', does: 'Everything with order in its name or in it' },
    { line: 'baton search order --names -o name', does: 'Names for programs' },
  ],
  exits: { 1: 'nothing was found' },
  title: 'Search documents…',
  async run({ arguments: { text }, options: { names } }, context) {
    const read = await everyPage((page) => context.api.call(table.documents.list, { query: page }));
    if (!read.ok) return refused(read.failure);
    const documents = read.value.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
    const inside = names ? undefined : await placesOf(text, context);
    if (inside && !inside.ok) return refused(inside.failure);
    const { hits, complete } = inside?.value ?? { hits: [], complete: true };
    await tell(context, {
      value: names ? documents : { documents, places: hits },
      names: [...new Set([...documents, ...hits].map(({ name }) => name))],
      lines: (output) => [
        ...(documents.length > 0 ? documentLines(documents, output) : []),
        ...hits.map((hit) => placeLine(hit, output)),
      ],
    });
    if (!complete) context.output.say(`There are more than ${mostPlaces} places; look for more of the text.`);
    return documents.length + hits.length > 0 ? exitCodes.fine : exitCodes.differs;
  },
});

const placesOf = (text: string, { api }: CommandContext) =>
  api.call(table.documents.search, { query: { text, limit: mostPlaces } });

const documentLines = (documents: readonly DocumentRow[], output: Output) =>
  tableOf(
    documents,
    [
      { title: 'KIND', of: ({ kind }) => kind },
      { title: 'NAME', of: ({ name, kind, id }, { paint }) => paint.link(name, `#/${kind}/${id}`) },
      { title: 'VERSION', right: true, of: ({ version }) => String(version) },
      { title: 'BY', of: ({ updatedBy }) => updatedBy },
    ],
    output,
  );

function placeLine(
  { kind, id, name, ending, line, column, preview }: DocumentHit,
  { paint }: Output,
): string {
  const place = `${paint.link(`${name}${ending}`, `#/${kind}/${id}?line=${line}`)}:${line}:${column}`;
  return `${place}: ${preview.trim()}`;
}
