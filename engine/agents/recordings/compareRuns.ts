import type { AgentRecording, CallRecord, ForkReport, JsonValue, PathStep } from '@baton/engine/protocol';
import { canonicalJson } from '../canonical.ts';
import { loopsOf, responseOf } from './loops.ts';
import { settledCalls } from './replayRun.ts';

/** A run and its fork side by side: what they answered, what they used and which way they went. */
export function compareRuns(recorded: AgentRecording, fork: AgentRecording): ForkReport {
  const stubbed = fork.calls.flatMap((call) => (call.fork === 'stubbed' ? call.name : []));
  const before = recorded.run.result;
  const now = fork.run.result;
  return {
    run: fork.run.id,
    forkOf: recorded.run.id,
    from: loopsOf(fork).filter(({ model }) => model.fork === 'copied').length + 1,
    answer: { recorded: before, now, equal: canonicalJson(before) === canonicalJson(now) },
    error: { recorded: recorded.run.error, now: fork.run.error },
    usage: { recorded: usageOf(recorded), now: usageOf(fork) },
    path: sideBySide(pathOf(recorded), pathOf(fork)),
    stubbed: [...new Set(stubbed)],
  };
}

function usageOf({ calls }: AgentRecording): ForkReport['usage']['now'] {
  const usage = { inputTokens: 0, outputTokens: 0, cost: 0 };
  for (const call of calls) {
    usage.inputTokens += call.usage.inputTokens;
    usage.outputTokens += call.usage.outputTokens;
    usage.cost += call.usage.cost;
  }
  return usage;
}

/** The steps of a run, as people read them. */
function pathOf({ calls }: AgentRecording): PathStep[] {
  const settled = [...settledCalls(calls).values()].sort((a, b) => a.sequence - b.sequence);
  return settled.map((call) => {
    const { sequence, kind, name, model } = call;
    return { sequence, kind, name: kind === 'model' ? model : name, text: textOf(call) };
  });
}

function textOf(call: CallRecord): string {
  const { kind, response, error } = call;
  if (error) return `${error.code}: ${error.message}`;
  if (kind === 'tool') return `${written(askedOf(call))} → ${written(response)}`;
  const { text, toolCalls } = responseOf(call);
  const called = toolCalls.map(({ name, arguments: given }) => `${name}(${written(given)})`);
  return [text, ...called].filter((part) => part !== '').join('\n');
}

const askedOf = ({ request }: CallRecord) => (request as { arguments?: JsonValue }).arguments ?? null;
const written = (value: JsonValue) => (typeof value === 'string' ? value : canonicalJson(value));

/** Steps that say the same stand beside each other; between them, those that take each other's place. */
function sideBySide(recorded: readonly PathStep[], now: readonly PathStep[]): ForkReport['path'] {
  const path: ForkReport['path'] = [];
  let [a, b] = [0, 0];
  const beside = (left: number, right: number) => {
    while (a < left || b < right) {
      const pair = { recorded: a < left ? recorded[a]! : null, now: b < right ? now[b]! : null };
      path.push({ ...pair, equal: false });
      a = Math.min(a + 1, left);
      b = Math.min(b + 1, right);
    }
  };
  for (const [left, right] of alike(recorded, now)) {
    beside(left, right);
    path.push({ recorded: recorded[left]!, now: now[right]!, equal: true });
    a = left + 1;
    b = right + 1;
  }
  beside(recorded.length, now.length);
  return path;
}

/** Places of the longest row of steps that both have in the same order. */
function alike(recorded: readonly PathStep[], now: readonly PathStep[]): [number, number][] {
  const same = (a: PathStep, b: PathStep) => a.kind === b.kind && a.name === b.name && a.text === b.text;
  const longest = Array.from({ length: recorded.length + 1 }, () =>
    new Array<number>(now.length + 1).fill(0),
  );
  for (let a = recorded.length - 1; a >= 0; a -= 1) {
    for (let b = now.length - 1; b >= 0; b -= 1) {
      longest[a]![b] = same(recorded[a]!, now[b]!)
        ? longest[a + 1]![b + 1]! + 1
        : Math.max(longest[a + 1]![b]!, longest[a]![b + 1]!);
    }
  }
  const pairs: [number, number][] = [];
  for (let a = 0, b = 0; a < recorded.length && b < now.length; ) {
    if (same(recorded[a]!, now[b]!)) pairs.push([a++, b++]);
    else if (longest[a + 1]![b]! >= longest[a]![b + 1]!) a += 1;
    else b += 1;
  }
  return pairs;
}
