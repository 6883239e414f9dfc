import type { JsonObject } from '@baton/engine/protocol';
import {
  adHocSubProcess,
  bpmn,
  callActivity,
  end,
  errorBoundary,
  errorEnd,
  escalationBoundary,
  eventSubProcess,
  exclusiveGateway,
  flow,
  listening,
  messageBoundary,
  multiInstance,
  path,
  scriptTask,
  serviceTask,
  start,
  startMessage,
  startSignal,
  subProcess,
  throwEscalation,
  timerBoundary,
  userTask,
} from '../../bpmn.ts';
import {
  activate,
  advance,
  cancel,
  complete,
  create,
  deploy,
  resolve,
  type Scenarios,
  type Step,
  setVariables,
  work,
} from '../scenario.ts';

const covers = ['ad-hoc sub-process'];

/** The process around an ad-hoc sub-process `tools`. */
const around = (id: string, adHoc: string, ...more: string[]) =>
  deploy(bpmn(id, start(), adHoc, end(), path('start', 'tools', 'end'), ...more));

/** A task whose jobs belong to one scenario. */
const task = (id: string, name: string) => serviceTask(name, { type: `${id}-${name}` });

/** Two ways through, `a` and `b` followed by `c`. */
const tools = (id: string) => [task(id, 'a'), task(id, 'b'), task(id, 'c'), flow('b', 'c')];

/** What a client asks an ad-hoc sub-process to begin. */
const begin = (...activateElements: { elementId: string; variables?: JsonObject }[]): Step => ({
  command: 'AD_HOC_SUB_PROCESS_INSTRUCTION ACTIVATE',
  value: { adHocSubProcessInstanceKey: '$element.tools', activateElements: activateElements as JsonObject[] },
});
const beginOnly = (...ids: string[]): Step => ({
  command: 'AD_HOC_SUB_PROCESS_INSTRUCTION ACTIVATE',
  value: {
    adHocSubProcessInstanceKey: '$element.tools',
    activateElements: ids.map((elementId) => ({ elementId })),
    cancelRemainingInstances: true,
  },
});

const message = (name: string, correlationKey: string): Step => ({
  rpc: 'PublishMessage',
  message: { name, correlationKey, timeToLive: 0, variables: {} },
});

const described = `<bpmn:adHocSubProcess id="tools"><bpmn:extensionElements><zeebe:adHoc activeElementsCollection="=[]" /></bpmn:extensionElements>${[
  `<bpmn:serviceTask id="search" name="Search the web"><bpmn:documentation>Finds pages.</bpmn:documentation><bpmn:extensionElements><zeebe:taskDefinition type="search" /><zeebe:properties><zeebe:property name="kind" value="tool" /></zeebe:properties><zeebe:ioMapping><zeebe:input source="=fromAi(toolCall.query, &quot;What to look for&quot;)" target="query" /><zeebe:input source="=fromAi(toolCall.limit, &quot;How many&quot;, &quot;number&quot;, {minimum: 1}, {required: false})" target="limit" /></zeebe:ioMapping></bpmn:extensionElements></bpmn:serviceTask>`,
  `<bpmn:serviceTask id="two"><bpmn:extensionElements><zeebe:taskDefinition type="two" /><zeebe:ioMapping><zeebe:input source="=fromAi(value: toolCall.a, type: &quot;boolean&quot;) and fromAi(toolCall.b)" target="both" /><zeebe:input source="={deep: {c: fromAi(value: toolCall.c, type: &quot;string&quot;)}}" target="deep" /></zeebe:ioMapping></bpmn:extensionElements></bpmn:serviceTask>`,
  `<bpmn:serviceTask id="after"><bpmn:extensionElements><zeebe:taskDefinition type="after" /><zeebe:ioMapping><zeebe:input source="=fromAi(toolCall.hidden)" target="hidden" /></zeebe:ioMapping></bpmn:extensionElements></bpmn:serviceTask>`,
  flow('two', 'after'),
].join('')}</bpmn:adHocSubProcess>`;

const bad = (what: string, adHoc: string, ...more: string[]): Scenarios => ({
  [`ad-hoc model: ${what}`]: { covers, steps: [around('adHocModel', adHoc, ...more)] },
});
const extended = (attributes: string, extensions: string, content: string, own = '') =>
  `<bpmn:adHocSubProcess id="tools"${own}><bpmn:extensionElements><zeebe:adHoc${attributes} />${extensions}</bpmn:extensionElements>${content}</bpmn:adHocSubProcess>`;
const condition = (text: string) =>
  `<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">${text}</bpmn:completionCondition>`;

export const adHocSubProcesses: Scenarios = {
  'ad-hoc: begins with what its list names and ends with the last way through': {
    covers: [...covers, 'quirk 3'],
    steps: [
      around('adHocList', adHocSubProcess('tools', { active: '=list' }, ...tools('adHocList'))),
      create('adHocList', { list: ['a', 'b'] }),
      ...work('adHocList-b', { b: 1 }),
      ...work('adHocList-a', { a: 1 }),
      ...work('adHocList-c'),
    ],
  },
  'ad-hoc: the same element twice': {
    covers,
    steps: [
      around('adHocTwice', adHocSubProcess('tools', { active: '=["a", "a"]' }, ...tools('adHocTwice'))),
      create('adHocTwice'),
      activate('adHocTwice-a'),
      complete('adHocTwice-a#1'),
      complete('adHocTwice-a#2'),
    ],
  },
  'ad-hoc: without a list it waits, and so with an empty one': {
    covers,
    steps: [
      around('adHocEmpty', adHocSubProcess('tools', {}, ...tools('adHocEmpty'))),
      create('adHocEmpty'),
      begin({ elementId: 'a', variables: { q: 1 } }),
      ...work('adHocEmpty-a'),
    ],
  },
  'ad-hoc: an empty list and a condition that is true already': {
    covers,
    steps: [
      around('adHocTrue', adHocSubProcess('tools', { active: '=[]', until: '=true' }, ...tools('adHocTrue'))),
      create('adHocTrue'),
      begin({ elementId: 'a' }),
      ...work('adHocTrue-a'),
    ],
  },
  'ad-hoc: what can be activated, with parameters for a model': {
    covers: [...covers, 'quirk 3'],
    steps: [around('adHocDescribed', described), create('adHocDescribed'), cancel()],
  },
  'ad-hoc: what each way through came to is collected': {
    covers,
    steps: [
      around(
        'adHocCollect',
        adHocSubProcess(
          'tools',
          {
            active: '=["a", "b"]',
            collection: 'results',
            element: '=out',
            outputs: [['=results', 'all']],
          },
          ...tools('adHocCollect'),
        ),
      ),
      create('adHocCollect'),
      ...work('adHocCollect-b', { out: 'of b' }),
      ...work('adHocCollect-a', { out: 'of a' }),
      ...work('adHocCollect-c', { out: { of: 'c' } }),
    ],
  },
  'ad-hoc: a collection without mappings comes out by its name': {
    covers,
    steps: [
      around(
        'adHocCollected',
        adHocSubProcess(
          'tools',
          { active: '=["a"]', collection: 'results', element: '=nothing' },
          ...tools('adHocCollected'),
        ),
      ),
      create('adHocCollected'),
      ...work('adHocCollected-a'),
    ],
  },
  'ad-hoc: a collection that is none any more': {
    covers,
    steps: [
      around(
        'adHocSpoilt',
        adHocSubProcess(
          'tools',
          { active: '=["a"]', collection: 'results', element: '=1' },
          ...tools('adHocSpoilt'),
        ),
      ),
      create('adHocSpoilt'),
      setVariables('$element.tools', { results: 'text' }, true),
      ...work('adHocSpoilt-a'),
      setVariables('$element.tools', { results: [0] }, true),
      resolve('tools#innerInstance'),
    ],
  },
  'ad-hoc: an output element that fails': {
    covers,
    steps: [
      around(
        'adHocOutput',
        adHocSubProcess(
          'tools',
          { active: '=["a"]', collection: 'results', element: '=assert(out, out != null)' },
          ...tools('adHocOutput'),
        ),
      ),
      create('adHocOutput'),
      ...work('adHocOutput-a'),
      setVariables('$instance', { out: 1 }),
      resolve('tools#innerInstance'),
    ],
  },
  'ad-hoc: its condition ends what still runs': {
    covers,
    steps: [
      around(
        'adHocUntil',
        adHocSubProcess('tools', { active: '=["a", "b"]', until: '=done' }, ...tools('adHocUntil')),
      ),
      create('adHocUntil', { done: false }),
      ...work('adHocUntil-a', { done: true }),
    ],
  },
  'ad-hoc: its condition waits for what still runs': {
    covers,
    steps: [
      around(
        'adHocRest',
        adHocSubProcess(
          'tools',
          { active: '=["a", "b"]', until: '=done', cancelRemaining: false },
          ...tools('adHocRest'),
        ),
      ),
      create('adHocRest', { done: false }),
      ...work('adHocRest-a', { done: true }),
      ...work('adHocRest-b'),
      ...work('adHocRest-c'),
    ],
  },
  'ad-hoc: a condition that is not true at the end leaves it waiting': {
    covers,
    steps: [
      around(
        'adHocFalse',
        adHocSubProcess(
          'tools',
          { active: '=["a", "b"]', until: '=done', cancelRemaining: false },
          ...tools('adHocFalse'),
        ),
      ),
      create('adHocFalse', { done: false }),
      ...work('adHocFalse-a', { done: true }),
      ...work('adHocFalse-b'),
      ...work('adHocFalse-c', { done: false }),
      begin({ elementId: 'a' }),
      ...work('adHocFalse-a', { done: true }),
    ],
  },
  'ad-hoc: a condition that cannot be read': {
    covers,
    steps: [
      around(
        'adHocUnread',
        adHocSubProcess('tools', { active: '=["a"]', until: '=done' }, ...tools('adHocUnread')),
      ),
      create('adHocUnread'),
      ...work('adHocUnread-a'),
      setVariables('$instance', { done: true }),
      resolve('tools#innerInstance'),
    ],
  },
  'ad-hoc: a list that is not there': {
    covers,
    steps: [
      around('adHocNoList', adHocSubProcess('tools', { active: '=list' }, ...tools('adHocNoList'))),
      create('adHocNoList'),
      setVariables('$instance', { list: ['a'] }),
      resolve('tools'),
      ...work('adHocNoList-a'),
    ],
  },
  'ad-hoc: a list that is a text, of numbers, of elements that are not there': {
    covers,
    steps: [
      around('adHocBadList', adHocSubProcess('tools', { active: '=list' }, ...tools('adHocBadList'))),
      create('adHocBadList', { list: 'a' }),
      setVariables('$instance', { list: [1, 'a'] }),
      resolve('tools'),
      setVariables('$instance', { list: ['a', 'nowhere', 'c'] }),
      resolve('tools'),
      cancel(),
    ],
  },
  'ad-hoc: a client begins what it wants': {
    covers,
    steps: [
      around('adHocAsked', adHocSubProcess('tools', { active: '=["a"]' }, ...tools('adHocAsked'))),
      create('adHocAsked'),
      begin({ elementId: 'b', variables: { own: 1 } }, { elementId: 'a' }),
      begin({ elementId: 'nowhere' }, { elementId: 'c' }),
      begin(),
      beginOnly('a'),
      ...work('adHocAsked-a'),
      begin({ elementId: 'a' }),
    ],
  },
  'ad-hoc: a client ends all that runs': {
    covers,
    steps: [
      around('adHocEnded', adHocSubProcess('tools', { active: '=["a", "b"]' }, ...tools('adHocEnded'))),
      create('adHocEnded'),
      beginOnly(),
    ],
  },
  'ad-hoc: a client asks where there is none': {
    covers,
    steps: [
      deploy(bpmn('adHocNone', start(), task('adHocNone', 'tools'), end(), path('start', 'tools', 'end'))),
      create('adHocNone'),
      begin({ elementId: 'a' }),
      cancel(),
      begin({ elementId: 'a' }),
    ],
  },
  'ad-hoc: canceled': {
    covers,
    steps: [
      around('adHocCancel', adHocSubProcess('tools', { active: '=["a", "b"]' }, ...tools('adHocCancel'))),
      create('adHocCancel'),
      ...work('adHocCancel-b'),
      cancel(),
    ],
  },
  'ad-hoc: mappings and listeners': {
    covers,
    steps: [
      around(
        'adHocMapped',
        listening(
          adHocSubProcess(
            'tools',
            { active: '=mine', inputs: [['=list', 'mine']], outputs: [['=mine', 'yours']] },
            ...tools('adHocMapped'),
          ),
          'start:adHocMapped-begin',
          'end:adHocMapped-end',
        ),
      ),
      create('adHocMapped', { list: ['a'] }),
      ...work('adHocMapped-begin', { mine: ['b'] }),
      ...work('adHocMapped-b'),
      ...work('adHocMapped-c'),
      ...work('adHocMapped-end', { mine: 'over' }),
    ],
  },
  'ad-hoc: a boundary event interrupts it, another does not': {
    covers: [...covers, 'boundary event'],
    steps: [
      around(
        'adHocBoundary',
        adHocSubProcess('tools', { active: '=["a", "b"]' }, ...tools('adHocBoundary')),
        messageBoundary('aside', 'tools', 'M1', { interrupting: false }),
        timerBoundary('late', 'tools', { duration: 'PT1H' }),
        end('noted'),
        end('over'),
        path('aside', 'noted'),
        path('late', 'over'),
      ),
      create('adHocBoundary', { key: 'adHocBoundary' }),
      message('M1', 'adHocBoundary'),
      advance(3_600_000),
    ],
  },
  'ad-hoc: a correlation key that cannot be read': {
    covers: [...covers, 'boundary event'],
    steps: [
      around(
        'adHocKey',
        adHocSubProcess('tools', { active: '=["a"]' }, ...tools('adHocKey')),
        messageBoundary('aside', 'tools', 'M1'),
        end('noted'),
        path('aside', 'noted'),
      ),
      create('adHocKey'),
      setVariables('$instance', { key: 'adHocKey' }),
      resolve('tools'),
      ...work('adHocKey-a'),
    ],
  },
  'ad-hoc: an error of a task in it': {
    covers,
    steps: [
      around(
        'adHocError',
        adHocSubProcess('tools', { active: '=["a", "b"]' }, ...tools('adHocError')),
        errorBoundary('caught', 'tools', 'E1'),
        end('over'),
        path('caught', 'over'),
      ),
      create('adHocError'),
      activate('adHocError-a'),
      { rpc: 'ThrowError', message: { jobKey: '$job.adHocError-a', errorCode: 'E1', errorMessage: 'no' } },
    ],
  },
  'ad-hoc: an error of a sub-process and an escalation in it': {
    covers,
    steps: [
      around(
        'adHocThrown',
        adHocSubProcess(
          'tools',
          { active: '=["raise", "a"]' },
          throwEscalation('raise', 'X1'),
          subProcess('inner', {}, start('innerStart'), errorEnd('fail', 'E1'), path('innerStart', 'fail')),
          flow('raise', 'inner'),
          task('adHocThrown', 'a'),
        ),
        errorBoundary('caught', 'tools', 'E1'),
        escalationBoundary('raised', 'tools', 'X1', { interrupting: false }),
        end('over'),
        end('told'),
        path('caught', 'over'),
        path('raised', 'told'),
      ),
      create('adHocThrown'),
    ],
  },
  'ad-hoc: an error at a task in it is caught there': {
    covers,
    steps: [
      around(
        'adHocInner',
        adHocSubProcess(
          'tools',
          { active: '=["a"]' },
          task('adHocInner', 'a'),
          errorBoundary('caught', 'a', 'E1'),
          task('adHocInner', 'b'),
          flow('caught', 'b'),
        ),
      ),
      create('adHocInner'),
      activate('adHocInner-a'),
      { rpc: 'ThrowError', message: { jobKey: '$job.adHocInner-a', errorCode: 'E1' } },
      ...work('adHocInner-b'),
    ],
  },
  'ad-hoc: a gateway, a script and a path that splits': {
    covers,
    steps: [
      around(
        'adHocFlows',
        adHocSubProcess(
          'tools',
          { active: '=["count"]', collection: 'results', element: '=n' },
          scriptTask('count', '=1 + 1', 'n'),
          exclusiveGateway('choose'),
          task('adHocFlows', 'a'),
          task('adHocFlows', 'b'),
          flow('count', 'choose'),
          flow('choose', 'a', '=n > 5'),
          flow('choose', 'b', '=n < 5'),
          task('adHocFlows', 'd'),
          task('adHocFlows', 'e'),
          flow('b', 'd'),
          flow('b', 'e'),
        ),
      ),
      create('adHocFlows'),
      ...work('adHocFlows-b'),
      ...work('adHocFlows-d'),
      ...work('adHocFlows-e'),
    ],
  },
  'ad-hoc: one in another, a sub-process, a call and a person': {
    covers: [...covers, 'user task', 'call activity'],
    steps: [
      deploy(
        bpmn('adHocCalled', start(), task('adHocNested', 'called'), end(), path('start', 'called', 'end')),
        'called.bpmn',
      ),
      around(
        'adHocNested',
        adHocSubProcess(
          'tools',
          { active: '=["inner", "call", "ask", "scope"]' },
          adHocSubProcess('inner', { active: '=["x"]' }, task('adHocNested', 'x')),
          callActivity('call', 'adHocCalled'),
          userTask('ask'),
          subProcess('scope', {}, start('s'), task('adHocNested', 'y'), end('e'), path('s', 'y', 'e')),
        ),
      ),
      create('adHocNested'),
      ...work('adHocNested-x'),
      ...work('adHocNested-called'),
      ...work('adHocNested-y'),
      { command: 'USER_TASK COMPLETE', key: '$userTask.ask', value: { variables: { said: 'yes' } } },
    ],
  },
  'ad-hoc: a call in it is canceled with it': {
    covers: [...covers, 'call activity'],
    steps: [
      deploy(
        bpmn('adHocChild', start(), task('adHocParent', 'called'), end(), path('start', 'called', 'end')),
        'called.bpmn',
      ),
      around(
        'adHocParent',
        adHocSubProcess(
          'tools',
          { active: '=["call", "a"]', until: '=true' },
          callActivity('call', 'adHocChild'),
          task('adHocParent', 'a'),
        ),
      ),
      create('adHocParent'),
      ...work('adHocParent-a'),
    ],
  },
  'ad-hoc: an event sub-process in it': {
    covers: [...covers, 'event sub-process'],
    steps: [
      around(
        'adHocEvent',
        adHocSubProcess(
          'tools',
          { active: '=["a"]', collection: 'results', element: '=out' },
          task('adHocEvent', 'a'),
          eventSubProcess(
            'handler',
            startMessage('told', 'M1', { interrupting: false }),
            task('adHocEvent', 'h'),
            flow('told', 'h'),
          ),
        ),
      ),
      create('adHocEvent', { key: 'adHocEvent' }),
      message('M1', 'adHocEvent'),
      ...work('adHocEvent-a', { out: 'a' }),
      ...work('adHocEvent-h', { out: 'h' }),
    ],
  },
  'ad-hoc: for every item': {
    covers: [...covers, 'multi-instance'],
    steps: [
      around(
        'adHocMany',
        multiInstance(
          adHocSubProcess(
            'tools',
            { active: '=[item]', collection: 'own', element: '=item' },
            ...tools('adHocMany'),
          ),
          { over: '=items', as: 'item', collection: 'all', element: '=own' },
        ),
      ),
      create('adHocMany', { items: ['a', 'b'] }),
      ...work('adHocMany-a'),
      ...work('adHocMany-b'),
      ...work('adHocMany-c'),
    ],
  },
  'ad-hoc: for every item in sequence, canceled': {
    covers: [...covers, 'multi-instance'],
    steps: [
      around(
        'adHocSequence',
        multiInstance(adHocSubProcess('tools', { active: '=[item]' }, ...tools('adHocSequence')), {
          sequential: true,
          over: '=items',
          as: 'item',
        }),
      ),
      create('adHocSequence', { items: ['a', 'b'] }),
      ...work('adHocSequence-a'),
      cancel(),
    ],
  },
  'ad-hoc: a task in it for every item': {
    covers: [...covers, 'multi-instance'],
    steps: [
      around(
        'adHocItems',
        adHocSubProcess(
          'tools',
          { active: '=["a"]' },
          multiInstance(task('adHocItems', 'a'), { over: '=[1, 2]', as: 'item' }),
        ),
      ),
      create('adHocItems'),
      activate('adHocItems-a'),
      complete('adHocItems-a#1'),
      complete('adHocItems-a#2'),
    ],
  },
  'ad-hoc: a task in it fails': {
    covers,
    steps: [
      around('adHocFails', adHocSubProcess('tools', { active: '=["a"]' }, ...tools('adHocFails'))),
      create('adHocFails'),
      activate('adHocFails-a'),
      { rpc: 'FailJob', message: { jobKey: '$job.adHocFails-a', retries: 0, errorMessage: 'no' } },
      beginOnly('b'),
      cancel(),
    ],
  },

  ...bad('nothing in it', adHocSubProcess('tools', {})),
  ...bad('a start event in it', adHocSubProcess('tools', {}, start('inner'), serviceTask('a'))),
  ...bad(
    'an end event in it',
    adHocSubProcess('tools', {}, serviceTask('a'), end('inner'), flow('a', 'inner')),
  ),
  ...bad(
    'a start and an end alone',
    adHocSubProcess('tools', {}, start('inner'), end('innerEnd'), flow('inner', 'innerEnd')),
  ),
  ...bad('a gateway alone', adHocSubProcess('tools', {}, exclusiveGateway('a'))),
  ...bad(
    'an event sub-process that interrupts it',
    adHocSubProcess(
      'tools',
      {},
      serviceTask('a'),
      eventSubProcess('handler', startSignal('told'), end('done'), flow('told', 'done')),
    ),
  ),
  ...bad('a static list', adHocSubProcess('tools', { active: 'a' }, serviceTask('a'))),
  ...bad('a list that does not parse', adHocSubProcess('tools', { active: '=[' }, serviceTask('a'))),
  ...bad('a collection without an element', adHocSubProcess('tools', { collection: 'x' }, serviceTask('a'))),
  ...bad('an element without a collection', adHocSubProcess('tools', { element: '=x' }, serviceTask('a'))),
  ...bad(
    'a static output element',
    adHocSubProcess('tools', { collection: 'x', element: 'x' }, serviceTask('a')),
  ),
  ...bad('a static condition', adHocSubProcess('tools', { until: 'true' }, serviceTask('a'))),
  ...bad('a condition that does not parse', adHocSubProcess('tools', { until: '=1 +' }, serviceTask('a'))),
  ...bad(
    'a worker and a condition',
    adHocSubProcess('tools', { type: 'agent', until: '=true' }, serviceTask('a')),
  ),
  ...bad('a worker and a list', adHocSubProcess('tools', { type: 'agent', active: '=[]' }, serviceTask('a'))),
  ...bad(
    'a worker and the rest that is not ended',
    adHocSubProcess('tools', { type: 'agent', cancelRemaining: false }, serviceTask('a')),
  ),
  ...bad(
    'a worker and all that it decides',
    extended(
      ' activeElementsCollection="=[]"',
      '<zeebe:taskDefinition type="agent" />',
      serviceTask('a') + condition('=true'),
      ' cancelRemainingInstances="false"',
    ),
  ),
  ...bad('a worker without a type', extended('', '<zeebe:taskDefinition type="" />', serviceTask('a'))),
  ...bad(
    'a worker whose type does not parse',
    extended('', '<zeebe:taskDefinition type="=1 +" />', serviceTask('a')),
  ),
  ...bad(
    'two workers',
    extended('', '<zeebe:taskDefinition type="a" /><zeebe:taskDefinition type="b" />', serviceTask('a')),
  ),
  ...bad('two of its extension', extended(' />' + '<zeebe:adHoc', '', serviceTask('a'))),
  ...bad(
    'parameters that are not constant',
    extended(
      '',
      '',
      `<bpmn:serviceTask id="a"><bpmn:extensionElements><zeebe:taskDefinition type="a" /><zeebe:ioMapping><zeebe:input source="=fromAi(toolCall.x, description)" target="x" /></zeebe:ioMapping></bpmn:extensionElements></bpmn:serviceTask>`,
    ),
  ),
  ...bad(
    'a parameter that is no name',
    extended(
      '',
      '',
      `<bpmn:serviceTask id="a"><bpmn:extensionElements><zeebe:taskDefinition type="a" /><zeebe:ioMapping><zeebe:input source="=fromAi(1 + 1)" target="x" /></zeebe:ioMapping></bpmn:extensionElements></bpmn:serviceTask>`,
    ),
  ),
};
