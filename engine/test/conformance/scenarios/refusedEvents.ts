import {
  bpmn,
  compensable,
  compensationEnd,
  end,
  errorBoundary,
  eventSubProcess,
  messageBoundary,
  multiInstance,
  path,
  serviceTask,
  start,
  startError,
  startEscalation,
  startMessage,
  startSignal,
  startTimer,
  subProcess,
  throwCompensation,
  undefinedTask,
} from '../../bpmn.ts';
import { deploy, type Scenarios } from '../scenario.ts';

const p = 'refusedEvent';
const alone = (...content: string[]) => bpmn(p, start(), serviceTask('a'), path('start', 'a'), ...content);
const inside = (...content: string[]) =>
  bpmn(p, start(), subProcess('s', {}, start('in'), ...content), path('start', 's'));
const on = (begin: string, name = 'on') =>
  eventSubProcess(name, begin, end(`${name}-end`), path(/ id="([^"]+)"/.exec(begin)![1]!, `${name}-end`));

const boundary = (id: string, host: string) =>
  `<bpmn:boundaryEvent id="${id}" attachedToRef="${host}"><bpmn:compensateEventDefinition id="${id}-definition" /></bpmn:boundaryEvent>`;
const association = (source: string, target: string) =>
  `<bpmn:association id="${source}-${target}" sourceRef="${source}" targetRef="${target}" associationDirection="One" />`;
const handler = (id: string) => serviceTask(id).replace(/ id="/, ' isForCompensation="true" id="');

/** Models with event sub-processes and compensation, by what may be wrong with them. */
const models: { readonly [fault: string]: string } = {
  'an event sub-process without a start event': alone(eventSubProcess('on', end('e'))),
  'an event sub-process with a none start event': alone(on(start('s'))),
  'an event sub-process with two start events': alone(
    eventSubProcess(
      'on',
      startSignal('s1'),
      startMessage('s2', 'M1'),
      end('e'),
      path('s1', 'e'),
      path('s2', 'e'),
    ),
  ),
  'an event sub-process with a triggered and a none start event': alone(
    eventSubProcess('on', startSignal('s1'), start('s2'), end('e'), path('s1', 'e'), path('s2', 'e')),
  ),
  'an event sub-process that begins with compensation': alone(
    on('<bpmn:startEvent id="s"><bpmn:compensateEventDefinition /></bpmn:startEvent>'),
  ),
  'an event sub-process in a sub-process that begins with compensation': inside(
    on('<bpmn:startEvent id="t"><bpmn:compensateEventDefinition /></bpmn:startEvent>'),
  ),
  'an event sub-process that begins with a link': alone(
    on('<bpmn:startEvent id="s"><bpmn:linkEventDefinition name="x" /></bpmn:startEvent>'),
  ),
  'an event sub-process that begins with a condition': alone(
    on(
      '<bpmn:startEvent id="s"><bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">=x</bpmn:condition></bpmn:conditionalEventDefinition></bpmn:startEvent>',
    ),
  ),
  'an event sub-process that a flow leads to': alone(on(startSignal('s')), path('a', 'on')),
  'an event sub-process that a flow leaves': alone(on(startSignal('s')), path('on', 'a')),
  'an event sub-process with a boundary event': alone(
    on(startSignal('s')),
    messageBoundary('b', 'on', 'M1'),
    end('after'),
    path('b', 'after'),
  ),
  'an event sub-process for every item': alone(multiInstance(on(startSignal('s')), { over: '=[1]' })),
  'a cycle that interrupts a scope': alone(on(startTimer('s', { cycle: 'R3/PT1M' }))),
  'a cycle that does not interrupt a scope': alone(
    on(startTimer('s', { cycle: 'R3/PT1M' }, { interrupting: false })),
  ),
  'a duration of a scope that is none': alone(on(startTimer('s', { duration: 'soon' }))),
  'an error that does not interrupt a scope': alone(on(startError('s', 'E1', { interrupting: false }))),
  'two event sub-processes for one message': alone(
    on(startMessage('s1', 'M1'), 'on1'),
    on(startMessage('s2', 'M1'), 'on2'),
  ),
  'two event sub-processes for one message on two levels': bpmn(
    p,
    start(),
    subProcess('s', {}, start('in'), on(startMessage('s1', 'M1'), 'on1')),
    on(startMessage('s2', 'M1'), 'on2'),
    path('start', 's'),
  ),
  'an event sub-process and a boundary event for one message': bpmn(
    p,
    start(),
    subProcess('s', {}, start('in'), on(startMessage('s1', 'M1'), 'on1')),
    messageBoundary('b', 's', 'M1'),
    end('after'),
    path('b', 'after'),
    path('start', 's'),
  ),
  'an event sub-process and a start event for one message': bpmn(
    p,
    startMessage('start', 'M1'),
    serviceTask('a'),
    path('start', 'a'),
    on(startMessage('s1', 'M1'), 'on1'),
  ),
  'two event sub-processes for one error': alone(
    on(startError('s1', 'E1'), 'on1'),
    on(startError('s2', 'E1'), 'on2'),
  ),
  'two event sub-processes for all errors': alone(
    on(startError('s1', undefined), 'on1'),
    on(startError('s2', undefined), 'on2'),
  ),
  'two event sub-processes for one escalation': alone(
    on(startEscalation('s1', 'X1'), 'on1'),
    on(startEscalation('s2', 'X1', { interrupting: false }), 'on2'),
  ),
  'two event sub-processes for all escalations': alone(
    on(startEscalation('s1', undefined), 'on1'),
    on(startEscalation('s2', undefined), 'on2'),
  ),
  'two event sub-processes for one signal': alone(on(startSignal('s1'), 'on1'), on(startSignal('s2'), 'on2')),
  'an event sub-process and a boundary event for one error': bpmn(
    p,
    start(),
    subProcess('s', {}, start('in'), on(startError('s1', 'E1'), 'on1')),
    errorBoundary('b', 's', 'E1'),
    path('start', 's'),
  ),
  'a process that begins with an error': bpmn(
    p,
    startError('start', 'E1'),
    serviceTask('a'),
    path('start', 'a'),
  ),
  'a process that begins with an escalation': bpmn(
    p,
    startEscalation('start', 'X1'),
    serviceTask('a'),
    path('start', 'a'),
  ),
  'a process of nothing but an event sub-process': bpmn(p, on(startSignal('s'))),
  'a message of an event sub-process without a correlation key': alone(
    on(startMessage('s1', 'M1'), 'on1'),
  ).replace('<zeebe:subscription correlationKey="=key" />', ''),
  'a sub-process that is not one by event but begins with one': inside(end('x')).replace(
    '<bpmn:startEvent id="in" />',
    startSignal('in'),
  ),
  // compensation
  'a compensation that leads nowhere': alone(boundary('b', 'a')),
  'a compensation that leads to what is no handler': alone(
    boundary('b', 'a'),
    serviceTask('h'),
    association('b', 'h'),
  ),
  'a compensation that leads to nothing known': alone(boundary('b', 'a'), association('b', 'h')),
  'a compensation with two handlers': alone(
    boundary('b', 'a'),
    handler('h'),
    association('b', 'h'),
    handler('i'),
    association('b', 'i'),
  ),
  'a compensation with an outgoing flow': alone(
    boundary('b', 'a'),
    handler('h'),
    association('b', 'h'),
    end('after'),
    path('b', 'after'),
  ),
  'a compensation with an outgoing flow alone': alone(boundary('b', 'a'), end('after'), path('b', 'after')),
  'a compensation that leads to an event': alone(boundary('b', 'a'), end('h'), association('b', 'h')),
  'two compensations of one task': alone(
    boundary('b', 'a'),
    handler('h'),
    association('b', 'h'),
    boundary('c', 'a'),
    handler('i'),
    association('c', 'i'),
  ),
  'a handler that a flow leads to': alone(
    boundary('b', 'a'),
    handler('h'),
    association('b', 'h'),
    path('a', 'h'),
  ),
  'a handler that a flow leaves': alone(
    boundary('b', 'a'),
    handler('h'),
    association('b', 'h'),
    end('after'),
    path('h', 'after'),
  ),
  'a handler with a boundary event': alone(
    boundary('b', 'a'),
    handler('h'),
    association('b', 'h'),
    errorBoundary('x', 'h', 'E1'),
    end('after'),
    path('x', 'after'),
  ),
  'a handler with a compensation': alone(
    boundary('b', 'a'),
    handler('h'),
    association('b', 'h'),
    boundary('c', 'h'),
    handler('i'),
    association('c', 'i'),
  ),
  'a handler for nobody': alone(handler('h')),
  'one handler for two tasks': alone(
    undefinedTask('c'),
    path('a', 'c'),
    boundary('b', 'a'),
    boundary('d', 'c'),
    handler('h'),
    association('b', 'h'),
    association('d', 'h'),
  ),
  'a compensation of nothing known': alone(throwCompensation('t', 'zz'), path('a', 't')),
  'a compensation of an activity without a handler': alone(throwCompensation('t', 'a'), path('a', 't')),
  'a compensation of an event': alone(throwCompensation('t', 'start'), path('a', 't')),
  'a compensation of an activity inside another scope': bpmn(
    p,
    start(),
    subProcess('s', {}, start('in'), compensable(serviceTask('a'), serviceTask('h')), path('in', 'a')),
    throwCompensation('t', 'a'),
    path('start', 's', 't'),
  ),
  'a compensation of an activity outside of the scope': bpmn(
    p,
    start(),
    compensable(serviceTask('a'), serviceTask('h')),
    subProcess('s', {}, start('in'), compensationEnd('t', 'a'), path('in', 't')),
    path('start', 'a', 's'),
  ),
  'a compensation that is not waited for': alone(
    '<bpmn:intermediateThrowEvent id="t"><bpmn:compensateEventDefinition waitForCompletion="false" /></bpmn:intermediateThrowEvent>',
    path('a', 't'),
  ),
  'a compensation without an id of its own': alone(
    boundary('b', 'a').replace(' id="b-definition"', ''),
    handler('h'),
    association('b', 'h'),
  ),
  'a compensation at a sub-process': bpmn(
    p,
    start(),
    compensable(subProcess('s', {}, start('in')), serviceTask('h')),
    throwCompensation('t', 's'),
    path('start', 's', 't'),
  ),
  'a compensation that does not interrupt': alone(
    boundary('b', 'a').replace('attachedToRef', 'cancelActivity="false" attachedToRef'),
    handler('h'),
    association('b', 'h'),
  ),
  'a compensation that is caught': alone(
    '<bpmn:intermediateCatchEvent id="t"><bpmn:compensateEventDefinition /></bpmn:intermediateCatchEvent>',
    path('a', 't'),
  ),
  'a process that begins with compensation': bpmn(
    p,
    '<bpmn:startEvent id="start"><bpmn:compensateEventDefinition /></bpmn:startEvent>',
    serviceTask('a'),
    path('start', 'a'),
  ),
  'a compensation at an event sub-process': alone(
    on(startSignal('s')),
    boundary('b', 'on'),
    handler('h'),
    association('b', 'h'),
  ),
};

const alsoCovers: { readonly [fault: string]: readonly string[] } = {
  'an event sub-process that begins with compensation': ['compensation event sub-process'],
};

export const refusedEvents: Scenarios = Object.fromEntries(
  Object.entries(models).map(([fault, xml], index) => [
    `event model: ${fault}`,
    {
      covers: [
        'DeployResource',
        'event sub-process or compensation in a model',
        ...(alsoCovers[fault] ?? []),
      ],
      steps: [deploy(xml.replaceAll(`"${p}"`, `"${p}${index}"`))],
    },
  ]),
);
