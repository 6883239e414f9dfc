import { bpmn, catchMessage, end, path, scriptTask, serviceTask, start } from '../../bpmn.ts';
import { activate, create, deploy, own, type Scenarios, type Step } from '../scenario.ts';

/** Variables as the text that travels: what is read in between would lose digits. */
const say = (rpc: string, variables: string, more: { [name: string]: string | number } = {}): Step => ({
  rpc,
  message: { ...more, variables },
});

export const numbers = {
  'numbers: beyond 2^53 keep their digits on every way in and out (quirk 4)': {
    covers: ['quirk 4', 'CreateProcessInstance', 'CompleteJob', 'SetVariables', 'PublishMessage'],
    steps: [
      deploy(
        own(
          'longNumbers',
          start(),
          serviceTask('a', { type: 'longNumbers-a', inputs: [['=made + 1', 'more']] }),
          catchMessage('m', 'M1'),
          serviceTask('b', { type: 'longNumbers-b', outputs: [['=done - 1', 'less']] }),
          serviceTask('c', { type: 'longNumbers-c' }),
          end(),
          path('start', 'a', 'm', 'b', 'c', 'end'),
        ),
      ),
      say(
        'CreateProcessInstance',
        '{"made": 9007199254740993, "most": 9223372036854775807, "least": -9223372036854775808, "key": 9007199254740995, "even": 9007199254740992, "list": [9007199254740993, {"deep": -9007199254740993}], "broken": 9007199254740993.5, "power": 9007199254740993e0}',
        { bpmnProcessId: 'longNumbers', version: -1 },
      ),
      activate('longNumbers-a'),
      say('CompleteJob', '{"answered": 9007199254740997}', { jobKey: '$job.longNumbers-a' }),
      say('SetVariables', '{"made": 9007199254740999, "set": [9007199254741001]}', {
        elementInstanceKey: '$instance',
      }),
      say('PublishMessage', '{"told": {"deep": 9007199254741003}}', {
        name: 'longNumbers-M1',
        correlationKey: '9007199254740995',
        timeToLive: 0,
      }),
      activate('longNumbers-b'),
      say('CompleteJob', '{"done": 9007199254740997}', { jobKey: '$job.longNumbers-b' }),
      activate('longNumbers-c'),
      say('ThrowError', '{"oops": 9007199254740993}', { jobKey: '$job.longNumbers-c', errorCode: 'E1' }),
    ],
  },
  'numbers: beyond 2^53 in a result': {
    covers: ['quirk 4', 'CreateProcessInstanceWithResult'],
    steps: [
      deploy(
        bpmn(
          'longResult',
          start(),
          scriptTask('s', '=[n, n + 1, -n * 2, n = 9007199254740992]', 'r'),
          end(),
          path('start', 's', 'end'),
        ),
      ),
      {
        rpc: 'CreateProcessInstanceWithResult',
        message: {
          request: { bpmnProcessId: 'longResult', version: -1, variables: '{"n": 9007199254740993}' },
          requestTimeout: 5000,
        },
      },
    ],
  },
  'numbers: beyond 64 bits': {
    covers: ['quirk 4', 'CreateProcessInstance'],
    steps: [
      deploy(
        bpmn('tooLong', start(), serviceTask('a', { type: 'tooLong-a' }), end(), path('start', 'a', 'end')),
      ),
      say('CreateProcessInstance', '{"n": 9223372036854775808}', { bpmnProcessId: 'tooLong', version: -1 }),
      say('CreateProcessInstance', '{"n": -9223372036854775809}', { bpmnProcessId: 'tooLong', version: -1 }),
      say('CreateProcessInstance', '{"n": 18446744073709551616}', { bpmnProcessId: 'tooLong', version: -1 }),
      say('CreateProcessInstance', '{"n": 1e400}', { bpmnProcessId: 'tooLong', version: -1 }),
      activate('tooLong-a'),
    ],
  },
  'variables: as many as go through (quirk 16)': {
    covers: ['quirk 16', 'CreateProcessInstance'],
    steps: [
      deploy(
        bpmn('tooMuch', start(), serviceTask('a', { type: 'tooMuch-a' }), end(), path('start', 'a', 'end')),
      ),
      create('tooMuch', { text: 'x'.repeat(1_900_000) }),
      create('tooMuch', { text: 'x'.repeat(2_600_000) }),
      create('tooMuch', { text: 'x'.repeat(4_300_000) }),
      activate('tooMuch-a', { fetchVariable: ['nothing'] }),
    ],
  },
} satisfies Scenarios;
