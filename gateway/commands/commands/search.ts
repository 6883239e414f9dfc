import { everyPage, table } from '@baton/gateway/api';
import { command, exitCodes, refused } from '../command.ts';
import { tableOf, tell } from '../tell.ts';

export const search = command({
  name: 'search',
  summary: 'Find documents by a part of their name',
  arguments: { text: { help: 'what the name has in it' } },
  options: {},
  examples: [{ line: 'baton search order', does: 'Everything with order in its name' }],
  exits: { 1: 'nothing was found' },
  title: 'Search documents…',
  async run({ arguments: { text } }, context) {
    const read = await everyPage((page) => context.api.call(table.documents.list, { query: page }));
    if (!read.ok) return refused(read.failure);
    const rows = read.value.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
    await tell(context, {
      value: rows,
      names: rows.map(({ name }) => name),
      lines: (output) =>
        tableOf(
          rows,
          [
            { title: 'KIND', of: ({ kind }) => kind },
            { title: 'NAME', of: ({ name, kind, id }, { paint }) => paint.link(name, `#/${kind}/${id}`) },
            { title: 'VERSION', right: true, of: ({ version }) => String(version) },
            { title: 'BY', of: ({ updatedBy }) => updatedBy },
          ],
          output,
        ),
    });
    return rows.length > 0 ? exitCodes.fine : exitCodes.differs;
  },
});
