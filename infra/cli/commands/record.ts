import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { replayRun } from '@baton/engine/agents';
import type { AgentRecording } from '@baton/engine/protocol';
import { differenceInWords } from '@baton/engine/testing';
import { type Command, CommandFailed, exitCodes, textOf, usageError } from '../command.ts';

export const record: Command = {
  usage: 'baton record <run> --as scenario [--out folder]',
  summary: 'Writes a run as a masked cassette, which `baton replay` and vitest run for nothing',
  options: { as: { type: 'string' }, out: { type: 'string' } },
  help: [
    '--as scenario    a cassette: keys, secrets and addresses of people are masked',
    '--out <folder>   where it is written; this folder without it',
  ],
  async run({ arguments: named, options, server, terminal }) {
    const [run, ...more] = named;
    if (run === undefined || more.length > 0)
      throw usageError(
        `Expected one run, but ${run === undefined ? 'none is named' : `there are ${named.length}`}`,
      );
    const as = textOf(options.as) ?? 'scenario';
    if (as !== 'scenario') throw usageError(`Expected --as scenario, but it is '${as}'`);
    const cassette = await server.get<AgentRecording>(`/recordings/${encodeURIComponent(run)}/cassette`);
    const { calls, difference } = await replayRun(cassette);
    if (difference) {
      throw new CommandFailed(
        `Expected the masked run to be done over alike, but ${differenceInWords(difference).join('\n')}`,
      );
    }
    const folder = textOf(options.out) ?? '.';
    const file = join(folder, `${cassette.agent.name}-${cassette.run.id}.json`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `${JSON.stringify(cassette, null, 2)}\n`);
    terminal.say(
      terminal.json ? JSON.stringify({ file, calls }) : `${file} ${terminal.paint.faint(`${calls} calls`)}`,
    );
    return exitCodes.fine;
  },
};
