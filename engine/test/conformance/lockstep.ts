import type { JsonValue } from '@baton/engine/protocol';
import { type Block, chance, processOf } from '../randomProcess/index.ts';
import { deploy } from './scenario.ts';
import type { SeenRecord, Target } from './target.ts';
import { createTrace, orderless, withoutKeys } from './trace.ts';

/** Something a client does next, told so that every broker understands it: keys differ. */
interface Move {
  rpc: string;
  message: { [name: string]: JsonValue };
  /** The field of the message that takes the key of the `nth` such record of an element. */
  key?: { field: string; valueType: string; intent: string; elementId: string; nth: number };
}

/** Kinds of blocks that cannot be brought forward through the gRPC door. */
export const notThroughGrpc = ['userTask', 'watched', 'decided'];
/** Kinds of blocks that came with 8.9. */
export const laterThan88 = ['condition', 'conditionAtBoundary', 'conditionInScope'];

/** Enough for the longest of the random processes; a process that still runs then is compared as far as it came. */
const MOST_MOVES = 60;

/**
 * Brings the same random process forward by the same random steps on two brokers that show their records.
 *
 * @param seed of the path
 * @returns what the two did differently, as a sentence with the steps that led there; undefined when there is nothing
 */
export async function inLockstep(
  block: Block,
  seed: number,
  ours: Target,
  theirs: Target,
): Promise<string | undefined> {
  const next = chance(seed);
  const process = processOf(block);
  const sides = [createSide(ours), createSide(theirs)] as const;
  const told: string[] = [];

  async function difference(move: Move | { advance: number }): Promise<string | undefined> {
    told.push('advance' in move ? `advance ${move.advance} ms` : nameOf(move));
    const outcomes: string[][] = [];
    for (const side of sides) outcomes.push(await side.take(move));
    const [found, expected] = outcomes as [string[], string[]];
    if (JSON.stringify(found) === JSON.stringify(expected)) return undefined;
    const at = expected.findIndex((line, index) => line !== found[index]);
    const line = at < 0 ? expected.length : at;
    return `after ${told.join(', ')}: expected ${expected[line] ?? 'nothing more'}, but got ${found[line] ?? 'nothing more'}`;
  }

  const choices = Object.fromEntries(
    Object.entries(process.choices).map(([name, count]) => [name, next(count)]),
  );
  const begin = [
    deploy(process.xml) as Move,
    {
      rpc: 'CreateProcessInstance',
      message: { bpmnProcessId: 'random', version: -1, variables: { ...choices, key: 'k' } },
    },
  ];
  for (const move of begin) {
    const found = await difference(move);
    if (found) return found;
  }
  for (let taken = 0; taken < MOST_MOVES; taken++) {
    const moves = possibleMoves(sides[0].records, process.guarded);
    if (moves.length === 0) break;
    const found = await difference(moves[next(moves.length)]!);
    if (found) return found;
  }
  return undefined;
}

function nameOf({ rpc, key, message }: Move): string {
  return key ? `${rpc} of ${key.elementId}` : `${rpc} ${message.name ?? message.signalName ?? ''}`.trimEnd();
}

function createSide(target: Target) {
  const trace = createTrace();
  const records: SeenRecord[] = [];

  function keyOf({ valueType, intent, elementId, nth }: NonNullable<Move['key']>): string {
    const found = records.filter((record) => is(record, valueType, intent, elementId));
    return `${found[nth]?.key ?? 0}`;
  }

  return {
    records,
    /** @returns the answer, then a line for each record */
    async take(move: Move | { advance: number }): Promise<string[]> {
      let answer = '';
      if ('advance' in move) await target.advance(move.advance);
      else {
        const message = Object.fromEntries(
          Object.entries(move.message).map(([name, value]) => [name, travels(name, value)]),
        );
        if (move.key) message[move.key.field] = keyOf(move.key);
        answer = await target.grpc.call(move.rpc, message).then(
          () => 'OK',
          (error: { details: string }) => `refused: ${withoutKeys(error.details)}`,
        );
      }
      const seen = (await target.records?.()) ?? [];
      records.push(...seen);
      return [answer, ...orderless(trace.lines(seen))];
    },
  };
}

function travels(name: string, value: JsonValue): unknown {
  if (name === 'variables') return JSON.stringify(value);
  if (name !== 'resources') return value;
  return (value as { name: string; content: string }[]).map((one) => ({
    ...one,
    content: Buffer.from(one.content),
  }));
}

const is = (record: SeenRecord, valueType: string, intent: string, elementId: unknown) =>
  record.recordType === 'EVENT' &&
  record.valueType === valueType &&
  record.intent === intent &&
  record.value.elementId === elementId;

/** What a client could do next, by what the records tell. */
function possibleMoves(
  records: readonly SeenRecord[],
  guarded: ReadonlySet<string>,
): (Move | { advance: number })[] {
  const moves: (Move | { advance: number })[] = [];
  const gone = (valueType: string, intents: readonly string[]) =>
    new Set(
      records
        .filter((record) => record.valueType === valueType && intents.includes(record.intent))
        .map(({ key }) => key),
    );
  const created = new Map<unknown, number>();
  const jobsGone = gone('JOB', ['COMPLETED', 'CANCELED', 'ERROR_THROWN']);
  const events = records.filter(({ recordType }) => recordType === 'EVENT');
  for (const { key, value } of events.filter((one) => is(one, 'JOB', 'CREATED', one.value.elementId))) {
    const elementId = `${value.elementId}`;
    const nth = created.get(elementId) ?? 0;
    created.set(elementId, nth + 1);
    if (jobsGone.has(key)) continue;
    const job = { field: 'jobKey', valueType: 'JOB', intent: 'CREATED', elementId, nth };
    // most moves bring the instance nearer to its end
    for (let times = 0; times < 3; times++)
      moves.push({ rpc: 'CompleteJob', message: { variables: { [elementId]: nth } }, key: job });
    moves.push({ rpc: 'FailJob', message: { retries: 2, errorMessage: 'no' }, key: job });
    if (guarded.has(elementId))
      moves.push({ rpc: 'ThrowError', message: { errorCode: 'E1', variables: { oops: 1 } }, key: job });
  }
  const subscriptionsGone = gone('PROCESS_MESSAGE_SUBSCRIPTION', ['DELETED']);
  for (const { key, valueType, intent, value } of events) {
    if (valueType !== 'PROCESS_MESSAGE_SUBSCRIPTION' || intent !== 'CREATED' || subscriptionsGone.has(key))
      continue;
    const message = {
      name: `${value.messageName}`,
      correlationKey: `${value.correlationKey}`,
      variables: {},
    };
    moves.push({ rpc: 'PublishMessage', message: { ...message, timeToLive: 0 } });
  }
  if (events.some(({ valueType }) => valueType === 'SIGNAL_SUBSCRIPTION'))
    moves.push({ rpc: 'BroadcastSignal', message: { signalName: 'S1' } });
  const timersGone = gone('TIMER', ['TRIGGERED', 'CANCELED']);
  if (events.some((one) => one.valueType === 'TIMER' && one.intent === 'CREATED' && !timersGone.has(one.key)))
    moves.push({ advance: 60_000 });
  const ended = events.some((one) => is(one, 'PROCESS_INSTANCE', 'ELEMENT_COMPLETED', 'random'));
  return ended ? [] : moves;
}
