import {
  type AgentRecording,
  differenceInWords,
  type ForkChange,
  type ForkReport,
  type JsonObject,
  type JsonValue,
  type PathStep,
  type ReplayReport,
  type Result,
} from '@baton/engine/protocol';
import { table } from '@baton/gateway/api';
import {
  type CommandContext,
  type CommandFailure,
  command,
  exitCodes,
  type Files,
  failure,
  type Output,
  refused,
} from '../command.ts';
import { tell } from '../tell.ts';
import { objectIn } from './variables.ts';

type Named<T> = { name: string } & T;

/** A recording as `baton record` wrote it. */
async function readRecording(files: Files, path: string): Promise<Result<AgentRecording, CommandFailure>> {
  const text = await files.read(path);
  if (!text.ok) return { ok: false, failure: failure(text.failure.message) };
  const content = objectIn(text.value, path);
  if (!content.ok) return content;
  const { format, calls, agent } = content.value as unknown as Partial<AgentRecording>;
  if (format === 'baton-recording/1' && Array.isArray(calls) && typeof agent?.definition === 'object')
    return { ok: true, value: content.value as unknown as AgentRecording };
  return {
    ok: false,
    failure: failure(`Expected a recording (baton-recording/1) in ${path}, but it is something else`),
  };
}

/** Of files over here, of a run at the server. */
async function reports(
  { api, files, recordings }: CommandContext,
  what: string,
  against: 'recorded' | 'latest',
): Promise<Result<readonly Named<{ report: ReplayReport }>[], CommandFailure>> {
  const no = (told: CommandFailure) => ({ ok: false as const, failure: told });
  const found = await files.list(what);
  if (!found.ok) {
    if (/[\\/]|\.json$/.test(what)) return no(failure(`Expected a recording at ${what}, but there is none`));
    const report = await api.call(table.recordings.replay, { params: { id: what }, body: { against } });
    return report.ok
      ? { ok: true, value: [{ name: what, report: report.value }] }
      : no(refused(report.failure));
  }
  if (!recordings)
    return no(
      failure('Expected a run, but files are done over by the program baton only', `baton replay ${what}`),
    );
  if (against !== 'recorded')
    return no({
      exitCode: exitCodes.usage,
      message: 'Expected a run for --against latest, but a file knows no other definitions than its own',
    });
  const paths = found.value.filter((path) => path === what || /\.json$/.test(path));
  if (paths.length === 0) return no(failure(`Expected recordings in ${what}, but there are none`));
  const all: Named<{ report: ReplayReport }>[] = [];
  for (const path of paths) {
    const recording = await readRecording(files, path);
    if (!recording.ok) return recording;
    all.push({ name: path, report: await recordings.replay(recording.value) });
  }
  return { ok: true, value: all };
}

function replayed({ paint }: Output, name: string, { calls, difference }: ReplayReport): string[] {
  if (!difference) return [`${paint.good('✓')} ${name} ${paint.faint(`${calls} calls alike`)}`];
  const [first = '', ...rest] = differenceInWords(difference);
  return [`${paint.bad('✗')} ${name} ${first}`, ...rest];
}

export const replay = command({
  name: 'replay',
  summary:
    'Do recorded runs of agents over: no model is asked, no tool called; shows the first message that differs',
  arguments: { run: { help: 'a run, a file or a folder of recordings', many: true, completes: 'file' } },
  options: {
    against: {
      type: 'text',
      value: 'which',
      of: ['recorded', 'latest'],
      help: 'recorded, or latest: by the definitions as they are now (of a run, not of a file)',
    },
  },
  examples: [
    { line: 'baton replay recordings/', does: 'All of a folder' },
    { line: 'baton replay 2251799813685301 --against latest', does: 'Would it be the same today?' },
  ],
  exits: { 1: 'a run differs' },
  async run({ arguments: { run: named }, options: { against = 'recorded' } }, context) {
    const all: Named<{ report: ReplayReport }>[] = [];
    for (const what of named) {
      const some = await reports(context, what, against);
      if (!some.ok) return some.failure;
      all.push(...some.value);
    }
    const alike = all.filter(({ report }) => !report.difference);
    await tell(context, {
      value: all.map(({ report }) => report),
      names: alike.map(({ name }) => name),
      lines: (output) => [
        ...all.flatMap(({ name, report }) => replayed(output, name, report)),
        ...(all.length > 1 ? [`${alike.length} of ${all.length} runs are alike`] : []),
      ],
    });
    return alike.length === all.length ? exitCodes.fine : exitCodes.differs;
  },
});

const written = (value: JsonValue) =>
  typeof value === 'object' && value !== null && 'text' in value && Object.keys(value).length === 1
    ? String(value.text)
    : JSON.stringify(value);
const dollars = (cost: number) => `$${cost.toFixed(6)}`;
const shortened = (text: string) => text.replace(/\s+/g, ' ').slice(0, 160);

function forked(
  { paint }: Output,
  { run, forkOf, from, answer, error, usage, path, stubbed }: ForkReport,
): string[] {
  const ended = (failed: ForkReport['error']['now'], value: JsonValue) =>
    failed ? `${failed.code}: ${failed.message}` : written(value);
  const used = ({ inputTokens, outputTokens, cost }: ForkReport['usage']['now']) =>
    `${inputTokens} + ${outputTokens} tokens, ${dollars(cost)}`;
  const step = ({ kind, name, text }: PathStep) =>
    `${kind === 'model' ? '●' : '→'} ${name}  ${shortened(text)}`;
  return [
    `fork ${run} of ${forkOf}, from loop ${from}`,
    '',
    `answer ${answer.equal ? paint.good('the same') : paint.bad('differs')}`,
    ...(!answer.equal || error.now || error.recorded
      ? [
          paint.bad(`- ${ended(error.recorded, answer.recorded)}`),
          paint.good(`+ ${ended(error.now, answer.now)}`),
        ]
      : []),
    '',
    `cost   recorded ${used(usage.recorded)}`,
    `       now      ${used(usage.now)}`,
    '',
    'path',
    ...path.flatMap(({ recorded, now, equal }) =>
      equal && now
        ? [paint.faint(`  ${step(now)}`)]
        : [
            ...(recorded ? [paint.bad(`- ${step(recorded)}`)] : []),
            ...(now ? [paint.good(`+ ${step(now)}`)] : []),
          ],
    ),
    ...(stubbed.length > 0
      ? ['', `not really called, because they change something: ${stubbed.join(', ')}`]
      : []),
  ];
}

export const fork = command({
  name: 'fork',
  summary: 'Let a recorded run go another way from one of its loops on; what is before it is free',
  arguments: { run: { help: 'a run of an agent' } },
  options: {
    from: {
      type: 'number',
      value: 'loop',
      least: 1,
      most: 1000,
      help: 'First loop that is live: one answer of a model and its tools, counted from 1',
    },
    model: { type: 'text', value: 'model', help: 'Which model answers from there on' },
    provider: { type: 'text', value: 'name', help: 'Whose model that is' },
    prompt: { type: 'text', value: 'file', completes: 'file', help: 'Another system prompt' },
    'user-prompt': { type: 'text', value: 'file', completes: 'file', help: 'Another user prompt' },
    'tool-result': {
      type: 'text',
      value: 'file',
      completes: 'file',
      help: 'JSON: results of tools in the loop before, by tool or by the id of the call',
    },
  },
  examples: [
    {
      line: 'baton fork 2251799813685301 --from 2 --prompt brief.txt',
      does: 'With another prompt from the second loop on',
    },
  ],
  permission: 'agents:run',
  async run({ arguments: { run }, options }, context) {
    const { from, model, provider } = options;
    if (from === undefined)
      return {
        exitCode: exitCodes.usage,
        message: 'Expected --from with the number of a loop, from 1 on, but it is not given',
      };
    const texts: { [name: string]: string } = {};
    for (const [name, path] of [
      ['systemPrompt', options.prompt],
      ['userPrompt', options['user-prompt']],
    ] as const) {
      const text = path === undefined ? undefined : await context.files.read(path);
      if (text && !text.ok) return failure(text.failure.message);
      if (text) texts[name] = text.value;
    }
    let toolResults: JsonObject | undefined;
    if (options['tool-result'] !== undefined) {
      const text = await context.files.read(options['tool-result']);
      if (!text.ok) return failure(text.failure.message);
      const read = objectIn(text.value, options['tool-result']);
      if (!read.ok) return read.failure;
      toolResults = read.value;
    }
    const change: ForkChange = {
      from,
      ...(model !== undefined && { model }),
      ...(provider !== undefined && { provider }),
      ...texts,
      ...(toolResults && { toolResults }),
    };
    const answer = await context.api.call(table.recordings.fork, { params: { id: run }, body: change });
    if (!answer.ok) return refused(answer.failure);
    const report = answer.value as ForkReport;
    await tell(context, { value: report, names: [report.run], lines: (output) => forked(output, report) });
    return report.error.now ? exitCodes.failed : exitCodes.fine;
  },
});

export const record = command({
  name: 'record',
  summary: 'Write a run of an agent as a masked cassette, which `baton replay` and vitest run for nothing',
  arguments: { run: { help: 'a run of an agent' } },
  options: {
    as: {
      type: 'text',
      value: 'what',
      of: ['scenario'],
      help: 'scenario: keys, secrets and addresses of people are masked',
    },
    out: {
      type: 'text',
      value: 'folder',
      completes: 'file',
      help: 'Where it is written; this folder without it',
    },
  },
  examples: [{ line: 'baton record 2251799813685301 --out recordings', does: 'Keep a run as a test' }],
  async run({ arguments: { run }, options: { out } }, context) {
    const { api, files, recordings } = context;
    const answer = await api.call(table.recordings.cassette, { params: { id: run } });
    if (!answer.ok) return refused(answer.failure);
    const cassette = answer.value as unknown as AgentRecording;
    const report = await recordings?.replay(cassette);
    if (report?.difference)
      return failure(
        `Expected the masked run to be done over alike, but ${differenceInWords(report.difference).join('\n')}`,
      );
    const name = `${cassette.agent.name}-${cassette.run.id}.json`;
    const file = out === undefined ? name : `${out.replace(/[\\/]+$/, '')}/${name}`;
    const kept = await files.write(file, `${JSON.stringify(cassette, null, 2)}\n`);
    if (!kept.ok) return failure(kept.failure.message);
    const calls = cassette.calls.length;
    await tell(context, {
      value: { file, calls },
      names: [file],
      lines: ({ paint }) => [`${file} ${paint.faint(`${calls} calls`)}`],
    });
    return exitCodes.fine;
  },
});
