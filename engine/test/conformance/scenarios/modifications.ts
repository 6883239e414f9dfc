import {
  adHocSubProcess,
  bpmn,
  callActivity,
  catchMessage,
  catchTimer,
  end,
  flow,
  inclusiveGateway,
  messageBoundary,
  multiInstance,
  parallelGateway,
  path,
  serviceTask,
  start,
  subProcess,
  timerBoundary,
  userTask,
} from '../../bpmn.ts';
import {
  activate,
  activation,
  advance,
  cancel,
  complete,
  create,
  deploy,
  modify,
  resolve,
  type Scenarios,
  work,
} from '../scenario.ts';

const twoTasks = (id: string) =>
  bpmn(
    id,
    start(),
    serviceTask('a', { type: `${id}-a` }),
    serviceTask('b', { type: `${id}-b` }),
    end(),
    path('start', 'a', 'b', 'end'),
  );

const inSubProcess = (id: string) =>
  bpmn(
    id,
    start(),
    serviceTask('a', { type: `${id}-a` }),
    subProcess(
      's',
      { inputs: [['=1', 'v']], outputs: [['=w', 'out']] },
      start('in'),
      serviceTask('b', { type: `${id}-b` }),
      serviceTask('c', { type: `${id}-c` }),
      end('out'),
      path('in', 'b', 'c', 'out'),
    ),
    timerBoundary('late', 's', { duration: 'PT1H' }),
    end(),
    end('end2'),
    path('start', 'a', 's', 'end'),
    flow('late', 'end2'),
  );

const nested = (id: string) =>
  bpmn(
    id,
    start(),
    serviceTask('a', { type: `${id}-a` }),
    subProcess(
      's',
      {},
      start('in'),
      subProcess(
        't',
        {},
        start('in2'),
        serviceTask('b', { type: `${id}-b` }),
        end('out2'),
        path('in2', 'b', 'out2'),
      ),
      serviceTask('c', { type: `${id}-c` }),
      end('out'),
      path('in', 't', 'c', 'out'),
    ),
    end(),
    path('start', 'a', 's', 'end'),
  );

const twice = (id: string) =>
  bpmn(
    id,
    start(),
    parallelGateway('fork'),
    subProcess(
      's',
      {},
      start('in'),
      serviceTask('b', { type: `${id}-b` }),
      end('out'),
      path('in', 'b', 'out'),
    ),
    end(),
    flow('start', 'fork'),
    flow('fork', 's'),
    `<bpmn:sequenceFlow id="again" sourceRef="fork" targetRef="s" />`,
    flow('s', 'end'),
  );

const joined = (id: string) =>
  bpmn(
    id,
    start(),
    parallelGateway('fork'),
    serviceTask('a', { type: `${id}-a` }),
    serviceTask('b', { type: `${id}-b` }),
    parallelGateway('join'),
    serviceTask('c', { type: `${id}-c` }),
    end(),
    path('start', 'fork', 'a', 'join', 'c', 'end'),
    path('fork', 'b', 'join'),
  );

const inclusive = (id: string) =>
  bpmn(
    id,
    start(),
    parallelGateway('fork'),
    serviceTask('a', { type: `${id}-a` }),
    serviceTask('b', { type: `${id}-b` }),
    inclusiveGateway('join'),
    serviceTask('c', { type: `${id}-c` }),
    end(),
    path('start', 'fork', 'a', 'join', 'c', 'end'),
    path('fork', 'b', 'join'),
  );

const choices = (id: string) =>
  bpmn(
    id,
    start(),
    serviceTask('a', { type: `${id}-a` }),
    `<bpmn:eventBasedGateway id="gateway"><bpmn:outgoing>gateway-m</bpmn:outgoing><bpmn:outgoing>gateway-t</bpmn:outgoing></bpmn:eventBasedGateway>`,
    catchMessage('m', 'M1'),
    catchTimer('t', { duration: 'PT1H' }),
    end(),
    path('start', 'a', 'gateway', 'm', 'end'),
    path('gateway', 't', 'end'),
  );

const looped = (id: string, sequential = false) =>
  bpmn(
    id,
    start(),
    serviceTask('a', { type: `${id}-a` }),
    multiInstance(serviceTask('b', { type: `${id}-b` }), {
      over: '=[1,2]',
      as: 'item',
      collection: 'results',
      element: '=r',
      sequential,
    }),
    end(),
    path('start', 'a', 'b', 'end'),
  );

const loopedSub = (id: string) =>
  bpmn(
    id,
    start(),
    serviceTask('a', { type: `${id}-a` }),
    multiInstance(
      subProcess(
        's',
        {},
        start('in'),
        serviceTask('b', { type: `${id}-b` }),
        end('out'),
        path('in', 'b', 'out'),
      ),
      { over: '=[1,2]', as: 'item' },
    ),
    end(),
    path('start', 'a', 's', 'end'),
  );

const calling = (id: string) =>
  bpmn(id, start(), callActivity('call', `${id}Child`), end(), path('start', 'call', 'end'));

/** A task with every kind of thing waiting around it. */
const guarded = (id: string) =>
  bpmn(
    id,
    start(),
    serviceTask('a', { type: `${id}-a` }),
    timerBoundary('late', 'a', { duration: 'PT1H' }),
    messageBoundary('told', 'a', 'M1', { interrupting: false }),
    serviceTask('b', {
      type: `${id}-b`,
      inputs: [
        ['=missing.x', 'v'],
        ['=1', 'w'],
      ],
    }),
    timerBoundary('later', 'b', { duration: 'PT2H' }),
    end(),
    end('end2'),
    path('start', 'a', 'b', 'end'),
    flow('late', 'end2'),
    flow('told', 'end2'),
    flow('later', 'end2'),
  );

const refused = (
  id: string,
  name: string,
  instructions: Parameters<typeof modify>[0],
  xml = twoTasks(id),
) => ({
  [`modification refused: ${name}`]: {
    covers: ['ModifyProcessInstance'],
    steps: [deploy(xml), create(id, { key: 'k' }), modify(instructions), cancel()],
  },
});

export const modifications: Scenarios = {
  'modification: goes on elsewhere': {
    covers: ['ModifyProcessInstance'],
    steps: [
      deploy(twoTasks('modMove')),
      create('modMove', { x: 1 }),
      modify({ activate: ['b'], terminate: ['a'] }),
      ...work('modMove-b'),
    ],
  },
  'modification: another path beside': {
    covers: ['ModifyProcessInstance'],
    steps: [
      deploy(twoTasks('modBeside')),
      create('modBeside'),
      modify({ activate: ['b', 'b'] }),
      ...work('modBeside-a'),
      activate('modBeside-b'),
      complete('modBeside-b'),
      cancel(),
    ],
  },
  'modification: an end event': {
    covers: ['ModifyProcessInstance', 'end event'],
    steps: [
      deploy(twoTasks('modEnd')),
      create('modEnd'),
      modify({ activate: ['end'] }),
      ...work('modEnd-a'),
      ...work('modEnd-b'),
    ],
  },
  'modification: back to what was before': {
    covers: ['ModifyProcessInstance'],
    steps: [
      deploy(twoTasks('modBack')),
      create('modBack'),
      ...work('modBack-a', { x: 1 }),
      modify({ activate: ['a'], terminate: ['b'] }),
      ...work('modBack-a', { x: 2 }),
      ...work('modBack-b'),
    ],
  },
  'modification: nothing at all': {
    covers: ['ModifyProcessInstance'],
    steps: [
      deploy(twoTasks('modNothing')),
      create('modNothing'),
      modify({}),
      ...work('modNothing-a'),
      cancel(),
    ],
  },
  'modification: variables of the process and of the element': {
    covers: ['ModifyProcessInstance', 'variables'],
    steps: [
      deploy(twoTasks('modVariables')),
      create('modVariables', { x: 1, y: 1 }),
      modify({
        activate: [
          activation('b', {
            variables: [{ variables: { x: 2, z: 3 } }, { variables: { y: 5 }, scopeId: 'b' }],
          }),
        ],
        terminate: ['a'],
      }),
      ...work('modVariables-b'),
    ],
  },
  'modification: variables of a scope that it makes': {
    covers: ['ModifyProcessInstance', 'variables', 'embedded sub-process'],
    steps: [
      deploy(inSubProcess('modScopeVariables')),
      create('modScopeVariables'),
      modify({
        activate: [
          activation('c', {
            variables: [
              { variables: { x: 1 }, scopeId: 's' },
              { variables: { y: 2 }, scopeId: 'modScopeVariables' },
              { variables: { z: 3 }, scopeId: 'c' },
            ],
          }),
        ],
        terminate: ['a'],
      }),
      ...work('modScopeVariables-c', { w: 4 }),
    ],
  },
  'modification: into a sub-process that is not there': {
    covers: ['ModifyProcessInstance', 'embedded sub-process'],
    steps: [
      deploy(inSubProcess('modInto')),
      create('modInto'),
      modify({ activate: ['c', 'b'], terminate: ['a'] }),
      ...work('modInto-c', { w: 4 }),
      ...work('modInto-b'),
      ...work('modInto-c'),
    ],
  },
  'modification: into a sub-process that runs': {
    covers: ['ModifyProcessInstance', 'embedded sub-process'],
    steps: [
      deploy(inSubProcess('modRunning')),
      create('modRunning'),
      ...work('modRunning-a'),
      modify({ activate: ['c'], terminate: ['b'] }),
      ...work('modRunning-c'),
    ],
  },
  'modification: two scopes deep': {
    covers: ['ModifyProcessInstance', 'embedded sub-process'],
    steps: [
      deploy(nested('modNested')),
      create('modNested'),
      modify({ activate: ['b'], terminate: ['a'] }),
      ...work('modNested-b'),
      ...work('modNested-c'),
    ],
  },
  'modification: two scopes deep, several of them': {
    covers: ['ModifyProcessInstance', 'embedded sub-process'],
    steps: [
      deploy(nested('modNestedMore')),
      create('modNestedMore'),
      modify({ activate: ['b', 'c', 't'], terminate: ['a'] }),
      activate('modNestedMore-b'),
      activate('modNestedMore-c'),
      cancel(),
    ],
  },
  'modification: a new scope beside one that runs': {
    covers: ['ModifyProcessInstance', 'embedded sub-process'],
    steps: [
      deploy(inSubProcess('modSecond')),
      create('modSecond'),
      ...work('modSecond-a'),
      modify({ activate: [activation('c', { ancestor: '$instance' })] }),
      activate('modSecond-c'),
      cancel(),
    ],
  },
  'modification: the sub-process itself': {
    covers: ['ModifyProcessInstance', 'embedded sub-process'],
    steps: [
      deploy(inSubProcess('modWhole')),
      create('modWhole'),
      modify({ activate: ['s'], terminate: ['a'] }),
      ...work('modWhole-b'),
      cancel(),
    ],
  },
  'modification: the one of two scopes': {
    covers: ['ModifyProcessInstance', 'embedded sub-process'],
    steps: [
      deploy(twice('modOne')),
      create('modOne'),
      modify({ activate: ['b'] }),
      modify({ activate: [activation('b', { ancestor: '$element.s' })] }),
      modify({ activate: [activation('b', { ancestor: '$instance' })] }),
      activate('modOne-b'),
      cancel(),
    ],
  },
  'modification: a scope ended and entered at once': {
    covers: ['ModifyProcessInstance', 'embedded sub-process'],
    steps: [
      deploy(inSubProcess('modAnew')),
      create('modAnew'),
      ...work('modAnew-a'),
      modify({ activate: ['c'], terminate: ['s'] }),
      activate('modAnew-c'),
      modify({ activate: [activation('c', { ancestor: '$instance' })], terminate: ['s'] }),
      activate('modAnew-c'),
      cancel(),
    ],
  },
  'modification: a scope and what is in it ended': {
    covers: ['ModifyProcessInstance', 'embedded sub-process'],
    steps: [
      deploy(inSubProcess('modBoth')),
      create('modBoth'),
      ...work('modBoth-a'),
      modify({ activate: ['a'], terminate: ['b', 's'] }),
      cancel(),
    ],
  },
  'modification: the last of a sub-process ends it': {
    covers: ['ModifyProcessInstance', 'embedded sub-process'],
    steps: [
      deploy(nested('modLastIn')),
      create('modLastIn'),
      ...work('modLastIn-a'),
      modify({ terminate: ['b'], activate: ['a'] }),
      cancel(),
    ],
  },
  'modification: the last element ends the instance': {
    covers: ['ModifyProcessInstance'],
    steps: [
      deploy(nested('modLast')),
      create('modLast'),
      ...work('modLast-a'),
      modify({ terminate: ['b'] }),
      cancel(),
    ],
  },
  'modification: the instance itself is ended': {
    covers: ['ModifyProcessInstance'],
    steps: [deploy(twoTasks('modRoot')), create('modRoot'), modify({ terminate: ['modRoot'] }), cancel()],
  },
  'modification: one of two ends, the other goes on': {
    covers: ['ModifyProcessInstance'],
    steps: [
      deploy(joined('modOther')),
      create('modOther'),
      modify({ terminate: ['a'] }),
      ...work('modOther-b'),
      cancel(),
    ],
  },
  'modification: a join does not wait': {
    covers: ['ModifyProcessInstance', 'parallel gateway'],
    steps: [
      deploy(joined('modJoin')),
      create('modJoin'),
      ...work('modJoin-a'),
      modify({ activate: ['join'], terminate: ['b'] }),
      ...work('modJoin-c'),
    ],
  },
  'modification: a join with nothing taken': {
    covers: ['ModifyProcessInstance', 'parallel gateway'],
    steps: [
      deploy(joined('modJoinNone')),
      create('modJoinNone'),
      modify({ activate: ['join'] }),
      ...work('modJoinNone-c'),
      ...work('modJoinNone-a'),
      ...work('modJoinNone-b'),
      ...work('modJoinNone-c'),
    ],
  },
  'modification: an inclusive join': {
    covers: ['ModifyProcessInstance', 'inclusive gateway'],
    steps: [
      deploy(inclusive('modInclusive')),
      create('modInclusive'),
      ...work('modInclusive-a'),
      modify({ activate: ['join'] }),
      ...work('modInclusive-c'),
      ...work('modInclusive-b'),
      activate('modInclusive-c'),
      cancel(),
    ],
  },
  'modification: what an inclusive join waited for is ended': {
    covers: ['ModifyProcessInstance', 'inclusive gateway'],
    steps: [
      deploy(inclusive('modInclusiveEnded')),
      create('modInclusiveEnded'),
      ...work('modInclusiveEnded-a'),
      modify({ terminate: ['b'] }),
      activate('modInclusiveEnded-c'),
      cancel(),
    ],
  },
  'modification: an event-based gateway': {
    covers: ['ModifyProcessInstance', 'event-based gateway'],
    steps: [
      deploy(choices('modGateway')),
      create('modGateway', { key: 'k' }),
      modify({ activate: ['gateway'], terminate: ['a'] }),
      advance(3_600_000),
    ],
  },
  'modification: an event-based gateway is ended': {
    covers: ['ModifyProcessInstance', 'event-based gateway'],
    steps: [
      deploy(choices('modGatewayEnded')),
      create('modGatewayEnded', { key: 'k' }),
      ...work('modGatewayEnded-a'),
      modify({ activate: ['a'], terminate: ['gateway'] }),
      cancel(),
    ],
  },
  'modification: a multi-instance activity': {
    covers: ['ModifyProcessInstance', 'multi-instance'],
    steps: [
      deploy(looped('modLoop')),
      create('modLoop'),
      modify({ activate: ['b'], terminate: ['a'] }),
      activate('modLoop-b'),
      complete('modLoop-b', { r: 1 }),
      cancel(),
    ],
  },
  'modification: one of many is ended': {
    covers: ['ModifyProcessInstance', 'multi-instance'],
    steps: [
      deploy(looped('modLoopOne')),
      create('modLoopOne'),
      ...work('modLoopOne-a'),
      modify({ terminate: ['b'] }),
      ...work('modLoopOne-b', { r: 1 }),
    ],
  },
  'modification: the one of a sequence is ended': {
    covers: ['ModifyProcessInstance', 'multi-instance'],
    steps: [
      deploy(looped('modSequence', true)),
      create('modSequence'),
      ...work('modSequence-a'),
      modify({ terminate: ['b'] }),
      activate('modSequence-b'),
      cancel(),
    ],
  },
  'modification: into one of many': {
    covers: ['ModifyProcessInstance', 'multi-instance'],
    steps: [
      deploy(loopedSub('modLoopSub')),
      create('modLoopSub'),
      ...work('modLoopSub-a'),
      modify({ activate: [activation('b', { ancestor: '$element.s' })] }),
      activate('modLoopSub-b'),
      cancel(),
    ],
  },
  'modification: a call activity': {
    covers: ['ModifyProcessInstance', 'call activity'],
    steps: [
      deploy(twoTasks('modCallChild')),
      deploy(calling('modCall')),
      create('modCall'),
      modify({ activate: ['call'] }),
      modify({ terminate: ['call'] }),
      cancel(),
    ],
  },
  'modification: in a called instance': {
    covers: ['ModifyProcessInstance', 'call activity'],
    steps: [
      deploy(twoTasks('modCalledChild')),
      deploy(calling('modCalled')),
      create('modCalled'),
      modify({ activate: ['b'], terminate: ['a'] }, '$element.modCalledChild'),
      ...work('modCalledChild-b'),
    ],
  },
  'modification: what a task waits for goes and comes': {
    covers: ['ModifyProcessInstance', 'boundary event', 'incident'],
    steps: [
      deploy(guarded('modGuarded')),
      create('modGuarded', { key: 'k' }),
      modify({ activate: ['a'], terminate: ['a'] }),
      modify({ activate: ['b'], terminate: ['a'] }),
      modify({ activate: ['b'], terminate: ['b'] }),
      cancel(),
    ],
  },
  'modification: a user task': {
    covers: ['ModifyProcessInstance', 'user task'],
    steps: [
      deploy(bpmn('modUser', start(), userTask('a'), userTask('b'), end(), path('start', 'a', 'b', 'end'))),
      create('modUser'),
      modify({ activate: ['b'], terminate: ['a'] }),
      cancel(),
    ],
  },
  'modification: an element that stopped before': {
    covers: ['ModifyProcessInstance', 'incident'],
    steps: [
      deploy(
        bpmn(
          'modStopped',
          start(),
          serviceTask('a', { type: '=missing' }),
          serviceTask('b', { type: 'modStopped-b' }),
          end(),
          path('start', 'a', 'b', 'end'),
        ),
      ),
      create('modStopped'),
      modify({ activate: ['b'], terminate: ['a'] }),
      resolve('a'),
      ...work('modStopped-b'),
    ],
  },
  ...refused('modRefusedElement', 'an element that is not there', { activate: ['nope', 'b', 'nada'] }),
  ...refused('modRefusedKey', 'an element instance that is not there', {
    activate: ['b'],
    terminate: [9007199254740991],
  }),
  ...refused('modRefusedStart', 'a start event', { activate: ['start'] }),
  ...refused('modRefusedProcess', 'the process', { activate: ['modRefusedProcess'] }),
  ...refused('modRefusedFlow', 'a sequence flow', { activate: ['a-b'] }),
  ...refused('modRefusedBoundary', 'a boundary event', { activate: ['late'] }, guarded('modRefusedBoundary')),
  ...refused(
    'modRefusedGateway',
    'behind an event-based gateway',
    { activate: ['m'] },
    choices('modRefusedGateway'),
  ),
  ...refused(
    'modRefusedMany',
    'inside a multi-instance activity',
    { activate: ['b'] },
    loopedSub('modRefusedMany'),
  ),
  ...refused('modRefusedAncestor', 'an ancestor that is not there', {
    activate: [activation('b', { ancestor: '9007199254740991' })],
  }),
  ...refused('modRefusedNoAncestor', 'an ancestor that is none', {
    activate: [activation('b', { ancestor: '$element.a' })],
  }),
  ...refused('modRefusedScope', 'variables of an element that is not there', {
    activate: [activation('b', { variables: [{ variables: { x: 1 }, scopeId: 'nope' }] })],
  }),
  ...refused('modRefusedOther', 'variables of an element beside', {
    activate: [activation('b', { variables: [{ variables: { x: 1 }, scopeId: 'a' }] })],
  }),
  'modification refused: an instance that is not there': {
    covers: ['ModifyProcessInstance'],
    steps: [modify({ activate: ['b'] }, '2251799813695000')],
  },
  'modification: named by one of its elements': {
    covers: ['ModifyProcessInstance'],
    steps: [
      deploy(twoTasks('modRefusedNoInstance')),
      create('modRefusedNoInstance'),
      modify({ activate: ['b'] }, '$element.a'),
    ],
  },
  'modification refused: several faults': {
    covers: ['ModifyProcessInstance'],
    steps: [
      deploy(twoTasks('modRefusedSeveral')),
      create('modRefusedSeveral'),
      modify({
        activate: [
          'nope',
          'start',
          activation('b', {
            ancestor: '9007199254740991',
            variables: [{ variables: { x: 1 }, scopeId: 'nope' }],
          }),
        ],
        terminate: [9007199254740991],
      }),
      modify({ activate: ['start'], terminate: [9007199254740991] }),
    ],
  },
  'modification refused: the last element of a called instance': {
    covers: ['ModifyProcessInstance', 'call activity'],
    steps: [
      deploy(twoTasks('modRefusedCalledChild')),
      deploy(calling('modRefusedCalled')),
      create('modRefusedCalled'),
      modify({ terminate: ['a'] }, '$element.modRefusedCalledChild'),
      modify({ terminate: ['modRefusedCalledChild'] }, '$element.modRefusedCalledChild'),
      activate('modRefusedCalledChild-a'),
      cancel(),
    ],
  },
  'modification: twice into a new scope of one ancestor': {
    covers: ['ModifyProcessInstance', 'embedded sub-process'],
    steps: [
      deploy(inSubProcess('modTwo')),
      create('modTwo'),
      modify({
        activate: [
          activation('c', { ancestor: '$instance', variables: [{ variables: { x: 1 }, scopeId: 's' }] }),
          activation('b', { ancestor: '$instance', variables: [{ variables: { x: 2 }, scopeId: 's' }] }),
          activation('c', { variables: [{ variables: { x: 3 }, scopeId: 's' }] }),
        ],
      }),
      cancel(),
    ],
  },
  'modification: inside a scope within one of two': {
    covers: ['ModifyProcessInstance', 'embedded sub-process'],
    steps: [
      deploy(nested('modDeep')),
      create('modDeep'),
      ...work('modDeep-a'),
      modify({ activate: [activation('c', { ancestor: '$instance' })] }),
      modify({ activate: ['b'] }),
      modify({ activate: [activation('b', { ancestor: '$element.s' })] }),
      cancel(),
    ],
  },
  'modification refused: a scope whose events cannot be waited for': {
    covers: ['ModifyProcessInstance', 'boundary event'],
    steps: [
      deploy(
        bpmn(
          'modUnreadable',
          start(),
          serviceTask('a', { type: 'modUnreadable-a' }),
          subProcess(
            's',
            {},
            start('in'),
            serviceTask('b', { type: 'modUnreadable-b' }),
            end('out'),
            path('in', 'b', 'out'),
          ),
          timerBoundary('late', 's', { duration: '=missing' }),
          end(),
          end('end2'),
          path('start', 'a', 's', 'end'),
          flow('late', 'end2'),
        ),
      ),
      create('modUnreadable'),
      modify({ activate: ['b'] }),
      cancel(),
    ],
  },
  'modification: variables of one name for several scopes': {
    covers: ['ModifyProcessInstance', 'variables'],
    steps: [
      deploy(nested('modSame')),
      create('modSame', { x: 0 }),
      modify({
        activate: [
          activation('b', {
            variables: [
              { variables: { x: 3 }, scopeId: 'b' },
              { variables: { x: 2 }, scopeId: 't' },
              { variables: { x: 1 } },
              { variables: { x: 4 }, scopeId: 'b' },
            ],
          }),
        ],
        terminate: ['a'],
      }),
      ...work('modSame-b', { x: 5 }),
      cancel(),
    ],
  },
  'modification: a call is begun again while much runs in what it called': {
    covers: ['ModifyProcessInstance', 'call activity', 'ad-hoc sub-process'],
    steps: [
      deploy(
        bpmn(
          'modCalledMuch',
          start(),
          adHocSubProcess(
            'tools',
            { active: '=["w1", "w2", "w3"]' },
            ...['w1', 'w2', 'w3'].map((way) =>
              subProcess(
                way,
                {},
                start(`${way}Start`),
                serviceTask(`${way}Task`, { type: `modCalledMuch-${way}` }),
                path(`${way}Start`, `${way}Task`),
              ),
            ),
          ),
          parallelGateway('fork'),
          serviceTask('x', { type: 'modCalledMuch-x' }),
          serviceTask('y', { type: 'modCalledMuch-y' }),
          path('start', 'fork', 'x'),
          path('fork', 'tools'),
          path('fork', 'y'),
        ),
      ),
      deploy(
        bpmn(
          'modCallsMuch',
          start(),
          callActivity('call', 'modCalledMuch'),
          end(),
          path('start', 'call', 'end'),
        ),
        'calling.bpmn',
      ),
      create('modCallsMuch'),
      modify({ activate: ['call'], terminate: ['call'] }),
      cancel(),
    ],
  },
};
