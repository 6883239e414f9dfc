import { bpmn, end, exclusiveGateway, flow, parallelGateway, path, serviceTask, start } from '../../bpmn.ts';
import { activate, create, deploy, resolve, type Scenarios, setVariables, work } from '../scenario.ts';

/** A choice of a, b, c. */
function choice(id: string, conditions: (string | undefined)[], standard?: string): string {
  const names = ['a', 'b', 'c'].slice(0, conditions.length);
  return bpmn(
    id,
    start(),
    exclusiveGateway('choice', standard),
    ...names.map((name) => serviceTask(name, { type: `${id}-${name}` })),
    flow('start', 'choice'),
    ...names.map((name, index) => flow('choice', name, conditions[index])),
  );
}

const forked = (id: string) =>
  bpmn(
    id,
    start(),
    parallelGateway('fork'),
    ...['a', 'b', 'c'].map((name) => serviceTask(name, { type: `${id}-${name}` })),
    parallelGateway('join'),
    end(),
    flow('start', 'fork'),
    ...['a', 'b', 'c'].map((name) => flow('fork', name)),
    ...['a', 'b', 'c'].map((name) => flow(name, 'join')),
    flow('join', 'end'),
  );

export const gateways = {
  'exclusive gateway: of two true conditions the last in the file wins (quirk 1)': {
    covers: ['exclusive gateway', 'quirk 1'],
    steps: [deploy(choice('lastWins', ['=x > 1', '=x > 2'])), create('lastWins', { x: 5 })],
  },
  'exclusive gateway: one condition is true': {
    covers: ['exclusive gateway'],
    steps: [deploy(choice('oneTrue', ['=x > 1', '=x > 9'])), create('oneTrue', { x: 5 })],
  },
  'exclusive gateway: the default flow, when no condition is true': {
    covers: ['exclusive gateway'],
    steps: [
      deploy(choice('standard', ['=x > 8', undefined, '=x > 9'], 'choice-b')),
      create('standard', { x: 5 }),
      ...work('standard-b'),
    ],
  },
  'exclusive gateway: a default flow with a condition is not asked': {
    covers: ['exclusive gateway'],
    steps: [
      deploy(choice('standardCondition', ['=x > 8', '=missing.a > 1'], 'choice-b')),
      create('standardCondition', { x: 5 }),
    ],
  },
  'exclusive gateway: no condition is true, then one is': {
    covers: ['exclusive gateway', 'incident', 'ResolveIncident'],
    steps: [
      deploy(choice('noneTrue', ['=x > 8', '=x > 9'])),
      create('noneTrue', { x: 5 }),
      setVariables('$instance', { x: 10 }),
      resolve('choice'),
    ],
  },
  'exclusive gateway: a condition that is no boolean stops it': {
    covers: ['exclusive gateway', 'incident'],
    steps: [deploy(choice('notBoolean', ['=x < 5', '=x > 9'])), create('notBoolean')],
  },
  'exclusive gateway: a condition that is a text stops it': {
    covers: ['exclusive gateway', 'incident'],
    steps: [deploy(choice('textual', ['=x', '=false'])), create('textual', { x: 'yes' })],
  },
  'exclusive gateway: a bad condition before the true one is never asked (quirk 1)': {
    covers: ['exclusive gateway', 'quirk 1'],
    steps: [deploy(choice('badFirst', ['=nothing', '=x = 5'])), create('badFirst', { x: 5 })],
  },
  'exclusive gateway: a bad condition after the true one stops it (quirk 1)': {
    covers: ['exclusive gateway', 'quirk 1', 'incident'],
    steps: [deploy(choice('badLast', ['=x = 5', '=nothing'])), create('badLast', { x: 5 })],
  },
  'exclusive gateway: one flow without a condition is just taken': {
    covers: ['exclusive gateway'],
    steps: [deploy(choice('single', [undefined])), create('single')],
  },
  'exclusive gateway: one flow with a condition that is false': {
    covers: ['exclusive gateway', 'incident'],
    steps: [deploy(choice('singleFalse', ['=x'])), create('singleFalse', { x: false })],
  },
  'exclusive gateway: without outgoing flow the path ends': {
    covers: ['exclusive gateway'],
    steps: [deploy(bpmn('deadEnd', start(), exclusiveGateway('g'), flow('start', 'g'))), create('deadEnd')],
  },
  'exclusive gateway: joins without waiting': {
    covers: ['exclusive gateway', 'parallel gateway'],
    steps: [
      deploy(
        bpmn(
          'mergeTwo',
          start(),
          parallelGateway('fork'),
          exclusiveGateway('merge'),
          serviceTask('a', { type: 'mergeTwo-a' }),
          flow('start', 'fork'),
          '<bpmn:sequenceFlow id="one" sourceRef="fork" targetRef="merge" />',
          '<bpmn:sequenceFlow id="two" sourceRef="fork" targetRef="merge" />',
          flow('merge', 'a'),
        ),
      ),
      create('mergeTwo'),
      activate('mergeTwo-a'),
    ],
  },
  'parallel gateway: forks in reverse order of the file and joins all (quirk 1)': {
    covers: ['parallel gateway', 'quirk 1'],
    steps: [
      deploy(forked('forked')),
      create('forked'),
      ...work('forked-b', { x: 1 }),
      ...work('forked-a', { x: 2 }),
      ...work('forked-c', { x: 3 }),
    ],
  },
  'parallel gateway: one of each flow is taken, a second one waits': {
    covers: ['parallel gateway'],
    steps: [
      deploy(
        bpmn(
          'tokens',
          start(),
          parallelGateway('fork'),
          exclusiveGateway('merge'),
          serviceTask('slow', { type: 'tokens-slow' }),
          parallelGateway('join'),
          end(),
          flow('start', 'fork'),
          '<bpmn:sequenceFlow id="one" sourceRef="fork" targetRef="merge" />',
          '<bpmn:sequenceFlow id="two" sourceRef="fork" targetRef="merge" />',
          flow('fork', 'slow'),
          flow('merge', 'join'),
          flow('slow', 'join'),
          flow('join', 'end'),
        ),
      ),
      create('tokens'),
      ...work('tokens-slow'),
    ],
  },
  'parallel gateway: one way in and one way out': {
    covers: ['parallel gateway'],
    steps: [
      deploy(bpmn('through', start(), parallelGateway('g'), end(), path('start', 'g', 'end'))),
      create('through'),
    ],
  },
  'parallel gateway: without outgoing flow the path ends': {
    covers: ['parallel gateway'],
    steps: [
      deploy(bpmn('forkNowhere', start(), parallelGateway('g'), flow('start', 'g'))),
      create('forkNowhere'),
    ],
  },
  'gateways: a loop through a task until the condition is true': {
    covers: ['exclusive gateway', 'service task'],
    steps: [
      deploy(
        bpmn(
          'looped',
          start(),
          exclusiveGateway('again'),
          serviceTask('a', { type: 'looped-a' }),
          exclusiveGateway('enough', 'enough-again'),
          end(),
          path('start', 'again', 'a', 'enough'),
          flow('enough', 'end', '=count >= 2'),
          flow('enough', 'again'),
        ),
      ),
      create('looped', { count: 0 }),
      ...work('looped-a', { count: 1 }),
      ...work('looped-a', { count: 2 }),
    ],
  },
} satisfies Scenarios;
