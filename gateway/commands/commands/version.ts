import { table } from '@baton/gateway/api';
import { command, exitCodes } from '../command.ts';
import { tell } from '../tell.ts';

export const version = command({
  name: 'version',
  summary: 'Version of the program, and of the server if it can be reached',
  arguments: {},
  options: {},
  examples: [{ line: 'baton version -o json', does: 'For programs' }],
  async run(_asked, context) {
    const server = await context.api.call(table.session.configuration);
    const there = server.ok ? { version: server.value.version, engine: server.value.engine } : null;
    await tell(context, {
      value: { version: context.version, server: there },
      names: [context.version],
      lines: () => [
        `baton ${context.version}`,
        there
          ? `server ${there.version} with ${there.engine === 'embedded' ? 'the embedded engine' : 'Zeebe'} at ${context.signIn.server}`
          : `server not reached at ${context.signIn.server}`,
      ],
    });
    return exitCodes.fine;
  },
});
