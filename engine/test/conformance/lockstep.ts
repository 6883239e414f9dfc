import type { JsonValue } from '@baton/engine/protocol';
import { type Block, chance, processOf, type RandomProcess } from '../randomProcess/index.ts';
import type { SeenRecord, Target } from './target.ts';
import { createTrace, orderless, withoutKeys } from './trace.ts';
import { isUnanswered } from './zeebeGrpc.ts';

type Message = { [name: string]: JsonValue };
/** The key of the `nth` record of a kind that names an id. */
type KeyOf = (kind: string, id: string, nth: number) => string;

/** Something a client does next, told so that every broker understands it: keys differ. */
type Move = { about?: string } & (
  | { rpc: string; message: (keyOf: KeyOf) => Message }
  /** What has no RPC. */
  | { command: string; key: (keyOf: KeyOf) => string; value: Message }
);

/** Kinds of blocks that cannot be brought forward on every broker: their workers answer with results. */
export const notThroughGrpc = ['watched', 'decided'];
/** Kinds of blocks that came with 8.9. */
export const laterThan88 = ['condition', 'conditionAtBoundary', 'conditionInScope'];

/** Enough for the longest of the random processes; a process that still runs then is compared as far as it came. */
const MOST_MOVES = 60;

/** Theirs failed instead of answering, as with some modifications of an instance for every item: nothing to compare with. */
const failedItself = (answer: string) =>
  answer.includes("rejected with code 'PROCESSING_ERROR'") || isUnanswered(answer);

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
  let isOver = false;

  async function difference(move: Move | { advance: number }): Promise<string | undefined> {
    told.push('advance' in move ? `advance ${move.advance} ms` : nameOf(move));
    const outcomes: string[][] = [];
    for (const side of sides) outcomes.push(await side.take(move));
    const [found, expected] = outcomes as [string[], string[]];
    isOver = failedItself(expected[0]!);
    if (isOver && !failedItself(found[0]!)) return undefined;
    if (JSON.stringify(found) === JSON.stringify(expected)) return undefined;
    const at = expected.findIndex((line, index) => line !== found[index]);
    const line = at < 0 ? expected.length : at;
    return `after ${told.join(', ')}: expected ${expected[line] ?? 'nothing more'}, but got ${found[line] ?? 'nothing more'}`;
  }

  const choices = Object.fromEntries(
    Object.entries(process.choices).map(([name, count]) => [name, next(count)]),
  );
  const [main, ...others] = process.files;
  const deploy = (more = ''): Move => ({
    rpc: 'DeployResource',
    message: () => ({ resources: [{ ...main!, content: `${main!.content}${more}` }, ...others] }),
  });
  const variables = { ...choices, key: 'k' };
  const begin: Move[] = [
    deploy(),
    { rpc: 'CreateProcessInstance', message: () => ({ bpmnProcessId: 'random', version: -1, variables }) },
    // for those who migrate to it
    deploy('<!-- changed -->'),
  ];
  for (const move of begin) {
    const found = await difference(move);
    if (found) return found;
  }
  for (let taken = 0; taken < MOST_MOVES && !isOver; taken++) {
    const moves = possibleMoves(sides[0].records, process);
    if (moves.length === 0) break;
    const found = await difference(moves[next(moves.length)]!);
    if (found) return found;
  }
  return undefined;
}

function nameOf(move: Move): string {
  return ['rpc' in move ? move.rpc : move.command, move.about ?? ''].join(' ').trimEnd();
}

function createSide(target: Target) {
  const trace = createTrace();
  const records: SeenRecord[] = [];

  const keyOf: KeyOf = (kind, id, nth) =>
    `${records.filter((record) => kindOf(record) === kind && idOf(record) === id)[nth]?.key ?? 0}`;

  return {
    records,
    /** @returns the answer, then a line for each record */
    async take(move: Move | { advance: number }): Promise<string[]> {
      let answer = '';
      if ('advance' in move) await target.advance(move.advance);
      else if ('command' in move) {
        const [valueType, intent] = move.command.split(' ') as [string, string];
        const refusal = await target.command!({
          valueType,
          intent,
          key: Number(move.key(keyOf)),
          value: move.value,
        });
        answer = refusal === undefined ? 'OK' : `refused: ${withoutKeys(refusal)}`;
      } else {
        answer = await target.grpc.call(move.rpc, travels(move.message(keyOf))).then(
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

function travels(value: JsonValue, name = ''): unknown {
  if (name === 'variables') return JSON.stringify(value);
  if (name === 'content') return Buffer.from(`${value}`);
  if (Array.isArray(value)) return value.map((one) => travels(one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, travels(one, key)]));
}

const kindOf = ({ recordType, valueType, intent }: SeenRecord) =>
  recordType === 'EVENT' ? `${valueType} ${intent}` : '';
const idOf = ({ value }: SeenRecord) => value.elementId ?? value.bpmnProcessId;

/** What a client could do next, by what the records tell. */
function possibleMoves(
  records: readonly SeenRecord[],
  { guarded, elementIds }: RandomProcess,
): (Move | { advance: number })[] {
  const moves: (Move | { advance: number })[] = [];
  const gone = (valueType: string, intents: readonly string[]) =>
    new Set(
      records
        .filter((record) => record.valueType === valueType && intents.includes(record.intent))
        .map(({ key }) => key),
    );
  const events = records.filter(({ recordType }) => recordType === 'EVENT');
  /** What is still there of a kind: its element, and which of those of its element it is. */
  function open(kind: string, ends: readonly string[]): { elementId: string; nth: number }[] {
    const met = new Map<string, number>();
    const over = gone(kind.split(' ')[0]!, ends);
    return events
      .filter((one) => kindOf(one) === kind)
      .map(({ key, value }) => {
        const elementId = `${value.elementId}`;
        const nth = met.get(elementId) ?? 0;
        met.set(elementId, nth + 1);
        return { key, elementId, nth };
      })
      .filter(({ key }) => !over.has(key));
  }

  for (const { elementId, nth } of open('JOB CREATED', ['COMPLETED', 'CANCELED', 'ERROR_THROWN'])) {
    const job = (rpc: string, more: Message): Move => ({
      rpc,
      about: elementId,
      message: (keyOf) => ({ jobKey: keyOf('JOB CREATED', elementId, nth), ...more }),
    });
    // most moves bring the instance nearer to its end
    for (let times = 0; times < 3; times++)
      moves.push(job('CompleteJob', { variables: { [elementId]: nth } }));
    moves.push(job('FailJob', { retries: 2, errorMessage: 'no' }));
    if (guarded.has(elementId)) moves.push(job('ThrowError', { errorCode: 'E1', variables: { oops: 1 } }));
  }
  for (const { elementId, nth } of open('USER_TASK CREATED', ['COMPLETED', 'CANCELED']))
    moves.push({
      command: 'USER_TASK COMPLETE',
      about: elementId,
      key: (keyOf) => keyOf('USER_TASK CREATED', elementId, nth),
      value: { variables: { [elementId]: nth } },
    });
  const subscriptionsGone = gone('PROCESS_MESSAGE_SUBSCRIPTION', ['DELETED']);
  for (const { key, valueType, intent, value } of events) {
    if (valueType !== 'PROCESS_MESSAGE_SUBSCRIPTION' || intent !== 'CREATED' || subscriptionsGone.has(key))
      continue;
    const message = {
      name: `${value.messageName}`,
      correlationKey: `${value.correlationKey}`,
      variables: {},
    };
    moves.push({
      rpc: 'PublishMessage',
      about: message.name,
      message: () => ({ ...message, timeToLive: 0 }),
    });
  }
  if (events.some(({ valueType }) => valueType === 'SIGNAL_SUBSCRIPTION'))
    moves.push({ rpc: 'BroadcastSignal', message: () => ({ signalName: 'S1' }) });
  const timersGone = gone('TIMER', ['TRIGGERED', 'CANCELED']);
  if (events.some((one) => one.valueType === 'TIMER' && one.intent === 'CREATED' && !timersGone.has(one.key)))
    moves.push({ advance: 60_000 });
  const ended = events.some(
    (one) => /^PROCESS_INSTANCE ELEMENT_(COMPLETED|TERMINATED)$/.test(kindOf(one)) && idOf(one) === 'random',
  );
  if (ended) return [];
  const instance = (keyOf: KeyOf) => ({
    processInstanceKey: keyOf('PROCESS_INSTANCE ELEMENT_ACTIVATING', 'random', 0),
  });
  const elements = open('PROCESS_INSTANCE ELEMENT_ACTIVATING', ['ELEMENT_COMPLETED', 'ELEMENT_TERMINATED']);
  const [newest] = elements.filter(({ elementId }) => elementIds.includes(elementId)).slice(-1);
  if (newest && records.length % 3 === 0) {
    const { elementId, nth } = newest;
    moves.push({
      rpc: 'ModifyProcessInstance',
      about: `${elementId} again`,
      message: (keyOf) => ({
        ...instance(keyOf),
        activateInstructions: [
          { elementId, variableInstructions: [{ variables: { again: nth }, scopeId: elementId }] },
        ],
        terminateInstructions: [
          { elementInstanceKey: keyOf('PROCESS_INSTANCE ELEMENT_ACTIVATING', elementId, nth) },
        ],
      }),
    });
    moves.push({
      rpc: 'MigrateProcessInstance',
      message: (keyOf) => ({
        ...instance(keyOf),
        migrationPlan: {
          targetProcessDefinitionKey: keyOf('PROCESS CREATED', 'random', 1),
          mappingInstructions: elementIds.map((id) => ({ sourceElementId: id, targetElementId: id })),
        },
      }),
    });
  }
  return moves;
}
