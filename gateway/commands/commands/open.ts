import { command, exitCodes, refused, usageError } from '../command.ts';
import { find } from '../kinds.ts';
import { tell } from '../tell.ts';
import { kindAsked } from './list.ts';

export const open = command({
  name: 'open',
  summary: 'Open a document, a run or a user task in the editor',
  about: ['Writes the address, too, to pass on.'],
  arguments: {
    kind: { help: 'what kind it is; the editor itself without it', completes: 'kind', optional: true },
    name: { help: 'its name, id or key', completes: 'resource', optional: true },
  },
  options: {},
  examples: [
    { line: 'baton open workflow order', does: 'A workflow' },
    { line: 'baton open run 2251799813685249', does: 'A run' },
  ],
  title: 'Open a document…',
  async run({ arguments: { kind: named, name } }, context) {
    let hash = '';
    if (named !== undefined) {
      const asked = kindAsked(named);
      if (!asked.ok) return asked.failure;
      const kind = asked.value;
      if (kind.document === undefined)
        return usageError(`Expected something the editor opens, but it opens no ${kind.singular}`);
      if (name === undefined)
        return usageError(`Expected the name of the ${kind.singular}, but it is not given`);
      const found = await find(context.api, kind, name);
      if (!found.ok) return refused(found.failure);
      hash = `#/${kind.document}/${encodeURIComponent(kind.idOf(found.value))}`;
    }
    const address = await context.open(hash);
    await tell(context, { value: { address }, names: [address], lines: () => [address] });
    return exitCodes.fine;
  },
});
