import { statSync } from 'node:fs';
import { join } from 'node:path';
import { replayRun } from '@baton/engine/agents';
import type { ReplayReport } from '@baton/engine/protocol';
import { differenceInWords, readRecording, recordingsIn } from '@baton/engine/testing';
import { type Command, CommandFailed, exitCodes, textOf, usageError } from '../command.ts';
import type { Terminal } from '../terminal.ts';

/** Of a file or a folder, here; of a run, on the server. */
async function* reports(
  what: string,
  against: string,
  post: (path: string, body: object) => Promise<ReplayReport>,
): AsyncGenerator<{ name: string; report: ReplayReport }> {
  const there = statSync(what, { throwIfNoEntry: false });
  if (!there) {
    if (/[\\/]|\.json$/.test(what))
      throw new CommandFailed(`Expected a recording at ${what}, but there is none`);
    yield { name: what, report: await post(`/recordings/${encodeURIComponent(what)}/replay`, { against }) };
    return;
  }
  if (against !== 'recorded')
    throw usageError(
      'Expected a run for --against latest, but a file knows no other definitions than its own',
    );
  const found = there.isDirectory()
    ? recordingsIn(what).map(({ name, recording }) => ({ name: join(what, name), recording }))
    : [{ name: what, recording: readRecording(what) }];
  if (found.length === 0) throw new CommandFailed(`Expected recordings in ${what}, but there are none`);
  for (const { name, recording } of found) yield { name, report: await replayRun(recording) };
}

function tell({ say, paint }: Terminal, name: string, { calls, difference }: ReplayReport): void {
  if (!difference) {
    say(`${paint.good('✓')} ${name} ${paint.faint(`${calls} calls alike`)}`);
    return;
  }
  const [first = '', ...rest] = differenceInWords(difference);
  say(`${paint.bad('✗')} ${name} ${first}`);
  for (const line of rest) say(line);
}

export const replay: Command = {
  usage: 'baton replay <run | file | folder> …',
  summary: 'Does recorded runs over: no model is asked, no tool called; shows the first message that differs',
  options: { against: { type: 'string' } },
  help: ['--against latest   by the definitions as they are now (of a run, not of a file)'],
  async run({ arguments: named, options, server, terminal }) {
    if (named.length === 0) throw usageError('Expected a run, a file or a folder, but none is named');
    const against = textOf(options.against) ?? 'recorded';
    if (against !== 'recorded' && against !== 'latest')
      throw usageError(`Expected --against recorded or latest, but it is '${against}'`);
    const all: ReplayReport[] = [];
    for (const what of named) {
      for await (const { name, report } of reports(what, against, server.post)) {
        all.push(report);
        if (!terminal.json) tell(terminal, name, report);
      }
    }
    const alike = all.filter(({ difference }) => !difference).length;
    if (terminal.json) terminal.say(JSON.stringify(all, null, 2));
    else if (all.length > 1) terminal.say(`${alike} of ${all.length} runs are alike`);
    return alike === all.length ? exitCodes.fine : exitCodes.differs;
  },
};
