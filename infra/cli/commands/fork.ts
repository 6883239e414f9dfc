import { readFileSync } from 'node:fs';
import type { ForkChange, ForkReport, JsonObject, JsonValue, PathStep } from '@baton/engine/protocol';
import { type Command, CommandFailed, exitCodes, textOf, usageError } from '../command.ts';
import type { Terminal } from '../terminal.ts';

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandFailed(`Expected a text in ${file}, but it cannot be read: ${(error as Error).message}`);
  }
}

/** Results of tools by the tool's name or the model's id of the call. */
function resultsIn(file: string): JsonObject {
  let content: unknown;
  try {
    content = JSON.parse(contentOf(file));
  } catch (error) {
    if (error instanceof CommandFailed) throw error;
    throw new CommandFailed(`Expected JSON in ${file}, but ${(error as Error).message}`);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new CommandFailed(
      `Expected an object of results by tools' names in ${file}, but it is something else`,
    );
  return content as JsonObject;
}

function changeOf(options: { readonly [name: string]: string | boolean | undefined }): ForkChange {
  const loop = textOf(options.from);
  if (loop === undefined || !/^[1-9]\d{0,3}$/.test(loop))
    throw usageError(
      `Expected --from with the number of a loop, from 1 on, but ${loop === undefined ? 'it is not given' : `it is '${loop}'`}`,
    );
  const [model, provider] = [textOf(options.model), textOf(options.provider)];
  const [system, user] = [textOf(options.prompt), textOf(options['user-prompt'])];
  const results = textOf(options['tool-result']);
  return {
    from: Number(loop),
    ...(model !== undefined && { model }),
    ...(provider !== undefined && { provider }),
    ...(system !== undefined && { systemPrompt: contentOf(system) }),
    ...(user !== undefined && { userPrompt: contentOf(user) }),
    ...(results !== undefined && { toolResults: resultsIn(results) }),
  };
}

const written = (value: JsonValue) =>
  typeof value === 'object' && value !== null && 'text' in value && Object.keys(value).length === 1
    ? String(value.text)
    : JSON.stringify(value);

const dollars = (cost: number) => `$${cost.toFixed(6)}`;
const shortened = (text: string) => text.replace(/\s+/g, ' ').slice(0, 160);

function tell({ say, paint }: Terminal, report: ForkReport): void {
  const { answer, error, usage, path, stubbed } = report;
  say(`fork ${report.run} of ${report.forkOf}, from loop ${report.from}`);
  say(`\nanswer ${answer.equal ? paint.good('the same') : paint.bad('differs')}`);
  const ended = (failure: ForkReport['error']['now'], value: JsonValue) =>
    failure ? `${failure.code}: ${failure.message}` : written(value);
  if (!answer.equal || error.now || error.recorded) {
    say(paint.bad(`- ${ended(error.recorded, answer.recorded)}`));
    say(paint.good(`+ ${ended(error.now, answer.now)}`));
  }
  const used = ({ inputTokens, outputTokens, cost }: ForkReport['usage']['now']) =>
    `${inputTokens} + ${outputTokens} tokens, ${dollars(cost)}`;
  say(`\ncost   recorded ${used(usage.recorded)}\n       now      ${used(usage.now)}`);
  say('\npath');
  const step = ({ kind, name, text }: PathStep) =>
    `${kind === 'model' ? '●' : '→'} ${name}  ${shortened(text)}`;
  for (const { recorded, now, equal } of path) {
    if (equal && now) say(paint.faint(`  ${step(now)}`));
    else {
      if (recorded) say(paint.bad(`- ${step(recorded)}`));
      if (now) say(paint.good(`+ ${step(now)}`));
    }
  }
  if (stubbed.length > 0) say(`\nnot really called, because they change something: ${stubbed.join(', ')}`);
}

export const fork: Command = {
  usage: 'baton fork <run> --from <loop> [--model X] [--provider P] [--prompt file] [--tool-result file]',
  summary: 'Lets a recorded run go another way from one of its loops on; what is before it is free',
  options: {
    from: { type: 'string' },
    model: { type: 'string' },
    provider: { type: 'string' },
    prompt: { type: 'string' },
    'user-prompt': { type: 'string' },
    'tool-result': { type: 'string' },
  },
  help: [
    '--from <loop>         first loop that is live: one answer of a model and its tools, counted from 1',
    '--model, --provider   who answers from there on',
    '--prompt <file>       another system prompt; --user-prompt <file> another user prompt',
    '--tool-result <file>  JSON: results of tools in the loop before, by tool or by the id of the call',
  ],
  async run({ arguments: named, options, server, terminal }) {
    const [run, ...more] = named;
    if (run === undefined || more.length > 0)
      throw usageError(
        `Expected one run, but ${run === undefined ? 'none is named' : `there are ${named.length}`}`,
      );
    const change = changeOf(options);
    const report = await server.post<ForkReport>(`/recordings/${encodeURIComponent(run)}/fork`, change);
    if (terminal.json) terminal.say(JSON.stringify(report, null, 2));
    else tell(terminal, report);
    return report.error.now ? exitCodes.failed : exitCodes.fine;
  },
};
