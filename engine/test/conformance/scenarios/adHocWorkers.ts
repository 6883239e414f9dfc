import type { JsonObject } from '@baton/engine/protocol';
import {
  adHocSubProcess,
  bpmn,
  end,
  errorBoundary,
  eventSubProcess,
  flow,
  listening,
  messageBoundary,
  multiInstance,
  path,
  serviceTask,
  start,
  startSignal,
} from '../../bpmn.ts';
import {
  activate,
  answer,
  cancel,
  complete,
  create,
  deploy,
  fail,
  resolve,
  type Scenarios,
  type Step,
  setVariables,
  throwError,
  work,
  workWith,
} from '../scenario.ts';

const covers = ['ad-hoc sub-process of a worker', 'CompleteJob'];

/** Elements to begin by their ids, with variables for some of them. */
const next = (elements: { [elementId: string]: JsonObject }, more: JsonObject = {}): JsonObject => ({
  type: 'AD_HOC_SUB_PROCESS',
  activateElements: Object.entries(elements).map(([elementId, variables]) => ({ elementId, variables })),
  ...more,
});
const enough = (cancelRemainingInstances = false): JsonObject => ({
  type: 'AD_HOC_SUB_PROCESS',
  isCompletionConditionFulfilled: true,
  isCancelRemainingInstances: cancelRemainingInstances,
});

const task = (id: string, name: string) => serviceTask(name, { type: `${id}-${name}` });

/** A process whose ad-hoc sub-process `tools` has a worker of type `id`, and the tools `a` and `b`, which `c` follows. */
function agent(id: string, options: Parameters<typeof adHocSubProcess>[1] = {}, ...more: string[]): Step {
  const tools = adHocSubProcess(
    'tools',
    { type: id, collection: 'results', element: '={id: call, said: out}', ...options },
    task(id, 'a'),
    task(id, 'b'),
    task(id, 'c'),
    flow('b', 'c'),
  );
  return deploy(bpmn(id, start(), tools, end(), path('start', 'tools', 'end'), ...more));
}

export const adHocWorkers: Scenarios = {
  'ad-hoc worker: asked, answers with elements, is asked again, and has enough': {
    covers,
    steps: [
      agent('agentLoop', { inputs: [['=null', 'agent']], outputs: [['=agent', 'answer']] }),
      create('agentLoop', { prompt: 'hello' }),
      ...workWith('agentLoop', next({ a: { call: 1 }, b: { call: 2, out: '' } }), {
        agent: { turn: 1 },
        results: [],
      }),
      ...work('agentLoop-a', { out: 'of a' }),
      ...workWith('agentLoop', next({}), { agent: { turn: 2 } }),
      ...work('agentLoop-b', { out: 'of b' }),
      ...work('agentLoop-c'),
      ...workWith('agentLoop', enough(), { agent: { text: 'done' }, seen: true }),
    ],
  },
  'ad-hoc worker: an element twice, and answers without a result': {
    covers,
    steps: [
      agent('agentTwice'),
      create('agentTwice'),
      activate('agentTwice'),
      {
        command: 'JOB COMPLETE',
        key: '$job.agentTwice',
        value: {
          variables: {},
          result: {
            type: 'AD_HOC_SUB_PROCESS',
            activateElements: [{ elementId: 'a', variables: { call: 1 } }, { elementId: 'a' }],
          },
        },
      },
      activate('agentTwice-a'),
      complete('agentTwice-a#1'),
      complete('agentTwice-a#2'),
      activate('agentTwice'),
      complete('agentTwice', { x: 1 }),
      ...work('agentTwice'),
      cancel(),
    ],
  },
  'ad-hoc worker: the job of before answers too late': {
    covers,
    steps: [
      agent('agentLate'),
      create('agentLate'),
      ...workWith('agentLate', next({ a: {}, b: {} })),
      ...work('agentLate-a'),
      activate('agentLate'),
      ...work('agentLate-b'),
      ...work('agentLate-c'),
      answer('agentLate', enough()),
      ...workWith('agentLate', enough()),
    ],
  },
  'ad-hoc worker: elements that are not there': {
    covers,
    steps: [
      agent('agentUnknown'),
      create('agentUnknown'),
      ...workWith('agentUnknown', next({ nowhere: {}, a: {}, c: {}, start: {} }), { x: 1 }),
      answer('agentUnknown', next({ a: {} })),
      cancel(),
    ],
  },
  'ad-hoc worker: elements together with having enough': {
    covers: [...covers, 'quirk 14'],
    steps: [
      agent('agentBoth'),
      create('agentBoth'),
      ...workWith('agentBoth', next({ a: {} }, { isCompletionConditionFulfilled: true })),
      ...work('agentBoth-a'),
    ],
  },
  'ad-hoc worker: elements together with having enough of the rest': {
    covers,
    steps: [
      agent('agentAll'),
      create('agentAll'),
      ...workWith('agentAll', next({ b: {} })),
      ...work('agentAll-b'),
      setVariables('$element.tools', { out: 1 }),
      ...work('agentAll-c'),
      ...workWith(
        'agentAll',
        next({ a: {} }, { isCompletionConditionFulfilled: true, isCancelRemainingInstances: true }),
      ),
    ],
  },
  'ad-hoc worker: the rest is ended, and new elements begin': {
    covers,
    steps: [
      agent('agentInstead'),
      create('agentInstead'),
      ...workWith('agentInstead', next({ a: {}, b: {} })),
      ...work('agentInstead-a'),
      ...workWith('agentInstead', next({ a: { call: 3 } }, { isCancelRemainingInstances: true })),
      ...work('agentInstead-a'),
      ...workWith('agentInstead', enough()),
    ],
  },
  'ad-hoc worker: enough, and what still runs comes to its end': {
    covers,
    steps: [
      agent('agentWaits'),
      create('agentWaits'),
      ...workWith('agentWaits', next({ a: {}, b: {} })),
      ...work('agentWaits-a'),
      ...workWith('agentWaits', enough()),
      ...work('agentWaits-b'),
      ...work('agentWaits-c', { out: 'last' }),
    ],
  },
  'ad-hoc worker: enough, and what still runs is ended': {
    covers,
    steps: [
      agent('agentEnds'),
      create('agentEnds'),
      ...workWith('agentEnds', next({ a: {}, b: {} })),
      ...work('agentEnds-a'),
      ...workWith('agentEnds', enough(true)),
    ],
  },
  'ad-hoc worker: enough at once': {
    covers,
    steps: [
      agent('agentAtOnce'),
      create('agentAtOnce'),
      ...workWith('agentAtOnce', enough(true), { results: ['own'] }),
    ],
  },
  'ad-hoc worker: a result for something else': {
    covers,
    steps: [
      agent('agentOther'),
      create('agentOther'),
      ...workWith('agentOther', { type: 'USER_TASK', denied: true }),
      deploy(
        bpmn('agentTask', start(), serviceTask('a', { type: 'agentTask' }), end(), path('start', 'a', 'end')),
      ),
      create('agentTask'),
      ...workWith('agentTask', next({ nowhere: {} })),
      cancel(),
    ],
  },
  'ad-hoc worker: a client begins an element beside it': {
    covers,
    steps: [
      agent('agentBeside'),
      create('agentBeside'),
      {
        command: 'AD_HOC_SUB_PROCESS_INSTRUCTION ACTIVATE',
        value: { adHocSubProcessInstanceKey: '$element.tools', activateElements: [{ elementId: 'a' }] },
      },
      ...work('agentBeside-a'),
      ...workWith('agentBeside', enough()),
    ],
  },
  'ad-hoc worker: fails, and fails for good': {
    covers: [...covers, 'FailJob'],
    steps: [
      agent('agentFails'),
      create('agentFails'),
      activate('agentFails'),
      fail('agentFails', 2, { errorMessage: 'again' }),
      activate('agentFails'),
      fail('agentFails', 0, { errorMessage: 'no model' }),
      { rpc: 'UpdateJobRetries', message: { jobKey: '$job.agentFails', retries: 1 } },
      resolve('tools'),
      ...workWith('agentFails', enough()),
    ],
  },
  'ad-hoc worker: fails for good while a tool still runs': {
    covers: [...covers, 'FailJob'],
    steps: [
      agent('agentStopped'),
      create('agentStopped'),
      ...workWith('agentStopped', next({ a: {}, b: {} })),
      ...work('agentStopped-a'),
      activate('agentStopped'),
      fail('agentStopped', 0),
      ...work('agentStopped-b'),
      ...work('agentStopped-c'),
      ...workWith('agentStopped', enough()),
    ],
  },
  'ad-hoc worker: throws an error that is caught': {
    covers: [...covers, 'ThrowError'],
    steps: [
      agent('agentThrows', {}, errorBoundary('caught', 'tools', 'E1'), end('over'), path('caught', 'over')),
      create('agentThrows'),
      ...workWith('agentThrows', next({ a: {}, b: {} })),
      ...work('agentThrows-a'),
      activate('agentThrows'),
      throwError('agentThrows', 'E1', { errorMessage: 'too much', variables: { why: 1 } }),
    ],
  },
  'ad-hoc worker: throws an error that nobody catches': {
    covers: [...covers, 'ThrowError'],
    steps: [
      agent('agentUncaught'),
      create('agentUncaught'),
      activate('agentUncaught'),
      throwError('agentUncaught', 'E9', { errorMessage: 'oh' }),
      cancel(),
    ],
  },
  'ad-hoc worker: a tool throws an error': {
    covers: [...covers, 'ThrowError'],
    steps: [
      agent(
        'agentTool',
        {},
        errorBoundary('caught', 'tools', undefined),
        end('over'),
        path('caught', 'over'),
      ),
      create('agentTool'),
      ...workWith('agentTool', next({ a: {} })),
      activate('agentTool-a'),
      throwError('agentTool-a', 'E2'),
    ],
  },
  'ad-hoc worker: its type cannot be read': {
    covers,
    steps: [
      agent('agentType', { type: '=kind' }),
      create('agentType'),
      setVariables('$instance', { kind: 'agentType' }),
      resolve('tools'),
      ...workWith('agentType', next({ a: {} })),
      setVariables('$instance', { kind: null }),
      ...work('agentType-a'),
      setVariables('$instance', { kind: 'agentType' }),
      cancel(),
    ],
  },
  'ad-hoc worker: interrupted by a message': {
    covers: [...covers, 'boundary event'],
    steps: [
      agent('agentMessage', {}, messageBoundary('stop', 'tools', 'M1'), end('over'), path('stop', 'over')),
      create('agentMessage', { key: 'agentMessage' }),
      ...workWith('agentMessage', next({ a: {} })),
      {
        rpc: 'PublishMessage',
        message: { name: 'M1', correlationKey: 'agentMessage', timeToLive: 0, variables: {} },
      },
    ],
  },
  'ad-hoc worker: listeners around it': {
    covers: [...covers, 'execution listener'],
    steps: [
      deploy(
        bpmn(
          'agentHeard',
          start(),
          listening(
            adHocSubProcess('tools', { type: 'agentHeard' }, task('agentHeard', 'a')),
            'start:agentHeard-begin',
            'end:agentHeard-end',
          ),
          end(),
          path('start', 'tools', 'end'),
        ),
      ),
      create('agentHeard'),
      ...work('agentHeard-begin', { x: 1 }),
      ...workWith('agentHeard', enough()),
      ...work('agentHeard-end'),
    ],
  },
  'ad-hoc worker: an event sub-process tells it what happened': {
    covers: [...covers, 'event sub-process'],
    steps: [
      deploy(
        bpmn(
          'agentEvent',
          start(),
          adHocSubProcess(
            'tools',
            { type: 'agentEvent', collection: 'results', element: '=out' },
            task('agentEvent', 'a'),
            eventSubProcess(
              'handler',
              startSignal('told', 'S1', { interrupting: false }),
              task('agentEvent', 'h'),
              flow('told', 'h'),
            ),
          ),
          end(),
          path('start', 'tools', 'end'),
        ),
      ),
      create('agentEvent'),
      ...workWith('agentEvent', next({ a: {} })),
      { rpc: 'BroadcastSignal', message: { signalName: 'S1', variables: { out: 'news' } } },
      ...work('agentEvent-h'),
      activate('agentEvent'),
      ...work('agentEvent-a', { out: 'a' }),
      ...workWith('agentEvent', enough()),
    ],
  },
  'ad-hoc worker: for every item': {
    covers: [...covers, 'multi-instance'],
    steps: [
      deploy(
        bpmn(
          'agentMany',
          start(),
          multiInstance(adHocSubProcess('tools', { type: 'agentMany' }, task('agentMany', 'a')), {
            over: '=[1, 2]',
            as: 'item',
          }),
          end(),
          path('start', 'tools', 'end'),
        ),
      ),
      create('agentMany'),
      activate('agentMany'),
      answer('agentMany#1', next({ a: { call: 1 } })),
      answer('agentMany#2', enough()),
      ...work('agentMany-a'),
      activate('agentMany'),
      answer('agentMany', enough()),
    ],
  },
  'ad-hoc worker: canceled while it is asked and a tool runs': {
    covers,
    steps: [
      agent('agentCancel'),
      create('agentCancel'),
      ...workWith('agentCancel', next({ a: {}, b: {} })),
      ...work('agentCancel-a'),
      cancel(),
    ],
  },
};
