import { type StepOutcome, sorted } from './run.ts';
import { leftOut, withoutKeys } from './trace.ts';

export interface Comparison {
  /** Steps that differ and are not explained, `step: expected … but got …`. */
  differences: string[];
  /** Differences explained in `knownDifferences`. */
  known: string[];
}

type Oracle = '8.8.21' | '8.6.0';

interface KnownDifference {
  /** Scenario, as far as its name is given. */
  scenario: string;
  /** Only this one of the real ones. */
  against?: Oracle;
  reason: string;
  /** Only this step, as far as its name is given. */
  step?: string;
  /** Only lines or answers that hold this text on either side. */
  text?: string;
  /** What follows from it in later steps is known too. */
  rest?: boolean;
}

/** Where the embedded broker differs from a real one, and why. Shown in the table of `npm run conformance`. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    scenario: 'FEEL',
    against: '8.6.0',
    step: 'ActivateJobs',
    reason:
      'FEEL of 8.6.0 writes whole minutes without seconds and days as hours, and knows neither is blank() nor partition(); 8.8 decides (quirk 13)',
  },
  {
    scenario: '',
    against: '8.8.21',
    text: 'UNKNOWN: Application error processing RPC',
    reason: 'the gateway of the test engine fails on bad JSON; the answer is 8.6.0’s',
  },
  {
    scenario: 'call: cancel in a partition that is not there',
    against: '8.8.21',
    reason: 'the gateway of the test engine knows no partitions; the answer is 8.6.0’s',
  },
  {
    scenario: 'job: failed with retries is there again at once',
    against: '8.8.21',
    reason: 'the gateway of the test engine loses the variables of FailJob; what becomes of them is 8.6.0’s',
  },
  {
    scenario: 'creation: where it cannot begin',
    text: "'PROCESS'",
    reason:
      'an instance that is to begin at its own process is an error in processing of 8.8.21, and let in by 8.6.0; here it is refused',
  },
  {
    scenario: '',
    against: '8.6.0',
    text: 'Supported element types are: [AD_HOC_SUB_PROCESS',
    reason: '8.6.0 knows no ad-hoc sub-processes',
  },
  {
    scenario: 'event sub-process: within another that does not interrupt',
    against: '8.8.21',
    step: 'PublishMessage M2',
    reason: 'there an event sub-process that interrupts another one never begins, and the instance hangs',
    rest: true,
  },
  {
    scenario: 'event sub-process: within another that does not interrupt',
    against: '8.6.0',
    step: 'ActivateJobs espNestedBeside-inner',
    reason: 'there an event sub-process that interrupts another one never begins, and the instance hangs',
    rest: true,
  },
  {
    scenario: 'event sub-process: within another that interrupts',
    against: '8.8.21',
    step: 'CancelProcessInstance',
    reason: 'there what an event sub-process within another waits for is left behind when that is ended',
  },
  {
    scenario: 'event sub-process: within another',
    against: '8.8.21',
    text: 'MESSAGE_SUBSCRIPTION',
    reason: 'there such a message is offered and turned down, and left behind; here it is not offered',
  },
  {
    scenario: 'event model: a compensation with an outgoing flow',
    against: '8.6.0',
    reason: '8.6.0 lets in what 8.8 refuses',
  },
  {
    scenario: 'event model: a compensation',
    text: 'Cannot invoke \\"',
    reason:
      'an exception of the real broker; refused here with a sentence, or let in where nothing is missing',
    rest: true,
  },
  {
    scenario: 'event model: a compensation that leads to an event',
    reason: 'an exception of the real broker; refused here with a sentence',
  },
  {
    scenario: 'event model: a compensation of an event',
    reason: 'an exception of the real broker; refused here with a sentence',
  },
  {
    scenario: 'message catch: one whose time is over',
    against: '8.8.21',
    text: 'MESSAGE EXPIRED',
    reason: 'there messages whose time is over are removed once a minute, here when it is over',
    rest: true,
  },
  {
    scenario: 'multi-instance: one after the other, the list changes meanwhile',
    against: '8.6.0',
    reason: '8.6.0 reads its list before each item, 8.8 once (quirk 13)',
    rest: true,
  },
  {
    scenario: 'script task: in a loop',
    against: '8.6.0',
    reason: '8.6.0 lets in loops of script tasks, 8.8 refuses them',
    rest: true,
  },
  {
    scenario: 'ad-hoc: a client asks where there is none',
    against: '8.8.21',
    text: 'PROCESSING_ERROR',
    reason: 'an exception of the real broker; refused here with a sentence',
  },
  {
    scenario: 'ad-hoc model: two workers',
    against: '8.8.21',
    reason: 'an exception of the real broker; refused here with a sentence',
  },
  {
    scenario: 'ad-hoc model: a parameter that is no name',
    against: '8.8.21',
    reason: 'the real one shows the tree of its own parser; here the element and what was expected are named',
  },
  {
    scenario: 'ad-hoc model: parameters that are not constant',
    against: '8.8.21',
    reason: 'the real one shows the tree of its own parser; here the element and what was expected are named',
  },
  {
    scenario: 'ad-hoc worker: its type cannot be read',
    against: '8.8.21',
    text: 'EXTRACT_VALUE_ERROR',
    reason:
      'there nobody is told that the next job cannot be made, and the instance hangs; here by an incident',
  },
  {
    scenario: 'ad-hoc worker: throws an error that nobody catches',
    against: '8.8.21',
    step: 'CancelProcessInstance',
    text: 'JOB CANCELED',
    reason: 'there a job whose error nobody caught stands at NO_CATCH_EVENT_FOUND from then on',
  },
  {
    scenario: 'call: take no jobs',
    against: '8.8.21',
    reason: 'the real gateway ends the stream empty; the answer is 8.6.0’s',
  },
  {
    scenario: 'call: create for a tenant where there are none',
    against: '8.8.21',
    reason: 'the test engine takes every tenant; the answer is 8.6.0’s',
  },
  {
    scenario: 'deployment: a tenant where there are none',
    against: '8.8.21',
    reason: 'the test engine takes every tenant; the answer is 8.6.0’s',
  },
  {
    scenario: 'job: retries and timeout change by one command',
    against: '8.8.21',
    step: 'JOB UPDATE',
    text: '_UPDATED',
    reason: 'there half of a change that is refused is made all the same; here nothing of it',
  },
  {
    scenario: 'job: retries and timeout change by one command',
    against: '8.8.21',
    step: 'CompleteJob',
    reason: 'there half of a change that is refused is made all the same; here nothing of it',
  },
  {
    scenario: 'job: retries and timeout change by one command',
    against: '8.8.21',
    text: '"retries":2',
    reason: 'there half of a change that is refused is made all the same; here nothing of it',
  },
  ...['message: correlated at once', 'correlation: '].flatMap((scenario) =>
    ['MESSAGE PUBLISHED', 'MESSAGE_CORRELATION CORRELATING', 'MESSAGE EXPIRED  timeToLive=-1'].map(
      (text): KnownDifference => ({
        scenario,
        against: '8.8.21',
        text,
        reason:
          'there a message that is refused as nobody waits for it stays until the next minute; here nothing of it',
      }),
    ),
  ),
  ...['task listener model: an event that nobody knows', 'linked resource model: a binding that nobody'].map(
    (scenario): KnownDifference => ({
      scenario,
      against: '8.8.21',
      text: 'No enum constant',
      reason: 'the real one names a class of its own; here the element and what was expected are named',
    }),
  ),
  {
    scenario: 'incident of an error of a job',
    against: '8.8.21',
    text: 'JOB MIGRATED',
    reason:
      'the real job keeps the code of an error that nobody caught, here only the record of the error has it',
  },
  {
    scenario: 'task listener: terminated by a modification while it is canceled',
    against: '8.8.21',
    text: 'ELEMENT_TERMINATING PROCESS',
    reason: 'there what is being terminated begins to terminate once more',
  },
  {
    scenario: 'task listener: terminated by a modification while it is canceled',
    against: '8.8.21',
    text: 'USER_TASK CANCEL',
    reason: 'there the element goes and its task stays behind as one being canceled; here it goes as well',
  },
  {
    scenario: 'linked resource',
    against: '8.6.0',
    reason: '8.6.0 links no resources',
    rest: true,
  },
  {
    scenario: 'modification refused: ',
    against: '8.6.0',
    text: 'AD_HOC_SUB_PROCESS',
    reason: '8.6.0 knows no ad-hoc sub-processes',
  },
  {
    scenario: 'modification refused: the process',
    reason: 'the process itself cannot begin a second time inside itself: refused here, as are start events',
    rest: true,
  },
  {
    scenario: 'migration',
    against: '8.6.0',
    step: 'MigrateProcessInstance',
    text: 'but a concurrent command was executed on the process instance',
    reason: '8.6.0 migrates no instance in which some paths wait at a join',
    rest: true,
  },
  {
    scenario: 'migration',
    against: '8.6.0',
    step: 'MigrateProcessInstance',
    text: 'is mapped to an user task with id',
    reason: '8.6.0 keeps user tasks as they are; 8.8 makes those of jobs tasks of the broker',
    rest: true,
  },
  {
    scenario: 'migration: a user task',
    against: '8.8.21',
    step: 'CancelProcessInstance',
    text: 'USER_TASK CANCEL',
    reason:
      'the real task keeps the id of the element it was made for in its later records, against its MIGRATED',
  },
  {
    scenario: '',
    against: '8.6.0',
    step: 'EvaluateDecision',
    text: "INVALID_ARGUMENT: Command 'EVALUATE'",
    reason: '8.6.0 refuses a decision that is not there as a bad argument, 8.8 as not found',
  },
  {
    scenario: '',
    against: '8.6.0',
    step: 'EvaluateDecision',
    text: 'found: ',
    reason: '8.6.0 prints the values that were found as its own objects, 8.8 as FEEL',
  },
  {
    scenario: 'decision: ',
    against: '8.6.0',
    step: 'EvaluateDecision',
    text: '"failureMessage":"Expected to evaluate decision',
    reason: '8.6.0 leaves out the output of a decision that failed, 8.8 says null',
  },
  {
    scenario: 'event sub-process: an error that nobody catches',
    against: '8.8.21',
    step: 'CancelProcessInstance',
    text: 'JOB CANCELED',
    reason:
      'the real job keeps NO_CATCH_EVENT_FOUND for its element from then on, here only the record of the error says so',
  },
  {
    scenario: 'business knowledge model',
    against: '8.6.0',
    text: 'invokesHalf',
    reason: '8.6.0 fails an invocation in other words',
  },
  {
    scenario: 'business rule task: bound to its deployment',
    against: '8.6.0',
    reason: '8.6.0 takes a deployment without what it is bound to (quirk 13)',
    rest: true,
  },
  {
    scenario: 'user task: its form bound to the deployment',
    against: '8.6.0',
    reason: '8.6.0 takes a deployment without what it is bound to (quirk 13)',
    rest: true,
  },
  {
    scenario: 'refused model: business rule tasks',
    against: '8.6.0',
    text: 'retain only one extension element',
    reason: '8.6.0 does not say that an extension element stands twice',
  },
  {
    scenario: 'resource: ',
    against: '8.6.0',
    text: '.rpa',
    reason: '8.6.0 knows no other resources',
    rest: true,
  },
  {
    scenario: 'deletion: what is not there',
    against: '8.8.21',
    text: 'on partition 0',
    reason: 'the gateway of the test engine asks for any key; the answer is 8.6.0’s',
  },
  {
    scenario: 'user task (job): a form of its own',
    against: '8.8.21',
    text: 'io.camunda.zeebe:formKey":"22',
    reason: 'the key of a form as a text differs from run to run',
  },
  {
    scenario: 'refused form: no JSON',
    against: '8.6.0',
    text: 'JsonProcessingException.getCause()',
    reason: '8.6.0 fails on what is no JSON; refused here in other words',
  },
  {
    scenario: '',
    text: '[Source: ',
    reason: 'the words of the JSON parser of Java; refused here in other words',
  },
  {
    scenario: 'refused model:',
    text: 'cannot be cast to class',
    reason: 'an exception of Java gets out there; the same model is refused here with a reason',
  },
  {
    scenario: 'refused model:',
    text: 'Cannot invoke',
    reason: 'an exception of Java gets out there; the same model is refused here with a reason',
  },
  {
    scenario: 'refused model: a mapping from nothing',
    against: '8.6.0',
    reason: '8.6.0 wants the source of an input; 8.8 takes it for null',
    rest: true,
  },
];

/** Holds what the embedded broker did against what was recorded from a real one. */
export function compare(
  scenario: string,
  against: Oracle,
  embedded: readonly StepOutcome[],
  recorded: readonly StepOutcome[],
): Comparison {
  const differences: string[] = [];
  const known: string[] = [];
  let rest: KnownDifference | undefined;
  const add = (step: string, expected: string, found: string) => {
    const explained =
      rest ??
      knownDifferences.find(
        (one) =>
          (one.against ?? against) === against &&
          scenario.startsWith(one.scenario) &&
          step.startsWith(one.step ?? '') &&
          (one.text === undefined || expected.includes(one.text) || found.includes(one.text)),
      );
    const sentence = `${step}: expected ${expected}, but got ${found}`;
    if (explained?.rest) rest = explained;
    if (explained) known.push(`${sentence} [${explained.reason}]`);
    else differences.push(sentence);
  };

  for (let index = 0; index < Math.max(embedded.length, recorded.length); index++) {
    const ours = embedded[index];
    const theirs = recorded[index];
    const step = ours?.step ?? theirs?.step ?? '';
    const [found, expected] = [answerOf(ours), answerOf(theirs)];
    if (found !== expected) add(step, `the answer ${expected}`, found ?? 'none');
    if (!theirs?.records || !ours?.records) continue;
    for (const { missing, extra } of linesApart(inAnyOrder(theirs.records), inAnyOrder(ours.records))) {
      add(step, missing ?? 'no such record', extra ?? 'no such record');
    }
  }
  return { differences, known };
}

function answerOf(outcome: StepOutcome | undefined): string | undefined {
  const answer = outcome?.answer;
  if (answer === undefined) return undefined;
  return JSON.stringify(typeof answer === 'string' ? withoutKeys(answer) : sorted(answer));
}

/** What is left out now may have been recorded before. */
function isCompared(line: string): boolean {
  const [valueType, intent] = line.split(' ');
  return !leftOut[`${valueType}`] && !leftOut[`${valueType} ${intent}`];
}

/** Variables that one document brings come in the order of its hash table (as in quirk 3): here they have none. */
function inAnyOrder(records: readonly string[]): string[] {
  const lines: string[] = [];
  let document: string[] = [];
  for (const line of [...records.filter(isCompared), '']) {
    if (line.startsWith('VARIABLE ')) document.push(line);
    else {
      lines.push(...document.sort(), line);
      document = [];
    }
  }
  return lines.slice(0, -1);
}

/** The lines by which two traces differ, in order; the longest common rest is left out. */
function linesApart(
  recorded: readonly string[],
  embedded: readonly string[],
): { missing?: string; extra?: string }[] {
  const [rows, columns] = [recorded.length, embedded.length];
  const common = Array.from({ length: rows + 1 }, () => new Array<number>(columns + 1).fill(0));
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      common[row]![column] =
        recorded[row] === embedded[column]
          ? common[row + 1]![column + 1]! + 1
          : Math.max(common[row + 1]![column]!, common[row]![column + 1]!);
    }
  }
  const apart: { missing?: string; extra?: string }[] = [];
  for (let row = 0, column = 0; row < rows || column < columns; ) {
    if (row < rows && column < columns && recorded[row] === embedded[column]) {
      row++;
      column++;
    } else if (column >= columns || (row < rows && common[row + 1]![column]! >= common[row]![column + 1]!)) {
      apart.push({ missing: recorded[row++]! });
    } else {
      apart.push({ extra: embedded[column++]! });
    }
  }
  return apart;
}
