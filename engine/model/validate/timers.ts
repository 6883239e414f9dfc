import type { Report } from '../problems.ts';
import { child, type XmlElement } from '../xml/read.ts';
import type { Rule } from './rule.ts';

const duration = /^-?P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(-?\d+H)?(-?\d+M)?(-?\d+(\.\d+)?S)?)?$/;
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)(\[[\w/+-]+\])?$/;
const cron = /^(\S+\s+){5}\S+$|^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/;

const forms: { readonly [name: string]: { word: string; format: string; holds(text: string): boolean } } = {
  'bpmn:timeDuration': { word: 'duration', format: 'duration', holds: (text) => duration.test(text) },
  'bpmn:timeDate': { word: 'date', format: 'date-time', holds: (text) => dateTime.test(text) },
  'bpmn:timeCycle': { word: 'cycle', format: 'cycle', holds: isCycle },
};

const NO_TIME = 'Intermediate timer catch event must have either a time duration or a time date.';

/** Kinds of time that an event cannot have. */
const misplacedTime: {
  readonly [name: string]: (event: XmlElement, time: string) => string | false;
} = {
  'bpmn:boundaryEvent': (event, time) =>
    time === 'bpmn:timeCycle' &&
    event.attributes.cancelActivity !== 'false' &&
    'Interrupting timer event with time cycle is not allowed.',
  'bpmn:intermediateCatchEvent': (_event, time) => time === 'bpmn:timeCycle' && NO_TIME,
};

/** A timer says once when, in a form that can be read. */
export const timers: Rule = (process, report) => {
  for (const event of process.nodes.values()) {
    const timer = child(event, 'bpmn:timerEventDefinition');
    if (!timer) continue;
    const time = timeOf(timer, report);
    if (!time) {
      if (event.name === 'bpmn:intermediateCatchEvent') report.error(event, 'bpmn/timer', NO_TIME);
      continue;
    }
    const misplaced = misplacedTime[event.name]?.(event, time.name);
    if (checkForm(event, time, report) && misplaced) report.error(event, 'bpmn/timer', misplaced);
  }
};

/** When a timer is due, if it says so exactly once. */
export function timeOf(timer: XmlElement, report: Report): XmlElement | undefined {
  const times = timer.children.filter((part) => forms[part.name]);
  if (times.length === 1) return times[0];
  const message = 'Must be exactly one type of timer: timeDuration, timeDate or timeCycle';
  report.error(timer, 'bpmn/timer', message);
  return undefined;
}

function checkForm(event: XmlElement, time: XmlElement, report: Report): boolean {
  const { word, format, holds } = forms[time.name]!;
  const text = time.text.trim();
  if (text.startsWith('=') || holds(text)) return true;
  const reason =
    word === 'cycle' ? faultOfCycle(text) : `Invalid ${format} format '${text}' for expression '${text}'.`;
  report.error(event, 'bpmn/timer', `Invalid timer ${word} expression (${reason})`);
  return false;
}

/** `R3/PT1H`, `R/2024-01-01T00:00:00Z/P1D`, or six fields of cron. */
function isCycle(text: string): boolean {
  if (cron.test(text)) return true;
  const [repeat, ...rest] = text.split('/');
  if (!/^R(\d+|-1)?$/.test(repeat!)) return false;
  const interval = rest.pop();
  return (
    interval !== undefined &&
    duration.test(interval) &&
    rest.length < 2 &&
    rest.every((start) => dateTime.test(start))
  );
}

/** Why a text is no cycle, in the words of the real broker. */
function faultOfCycle(text: string): string {
  if (text === '') return 'Empty expression!';
  if (!text.startsWith('R')) {
    const parts = text.trim().split(/\s+/).length;
    return `Cron expression contains ${parts} parts but we expect one of [6]`;
  }
  const [repeat, ...rest] = text.split('/');
  if (rest.length === 0) return 'No interval given';
  if (!/^R(\d+|-1)?$/.test(repeat!)) return 'Cannot parse repetitions count';
  return rest.length > 1 && !dateTime.test(rest[0]!)
    ? `Text '${rest[0]}' could not be parsed at index 0`
    : 'Text cannot be parsed to a Period';
}
