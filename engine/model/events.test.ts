import { createFeel } from '@baton/engine/feel';
import { describe, expect, test } from 'vitest';
import {
  bpmn,
  catchCondition,
  catchLink,
  catchMessage,
  catchTimer,
  end,
  errorEnd,
  escalationBoundary,
  eventGateway,
  messageBoundary,
  path,
  receiveTask,
  serviceTask,
  start,
  startCondition,
  startMessage,
  startTimer,
  subProcess,
  throwEscalation,
  throwLink,
  throwSignal,
} from '../test/bpmn.ts';
import { modelProblems } from './index.ts';

const feel = createFeel();

const _unsupported = (type: string) =>
  `Elements of type '${type}' are currently not supported. Please refer to the documentation for a list of supported elements: https://docs.camunda.io/docs/components/modeler/bpmn/bpmn-coverage/`;

/** start -> the given elements, the first of which is `first`. */
const from = (first: string, ...elements: string[]) =>
  bpmn('order', start(), path('start', first), ...elements);
const event = (tag: string, id: string, definitions: string) =>
  `<bpmn:${tag} id="${id}">${definitions}</bpmn:${tag}>`;

describe('What an event may not be', () => {
  const table: [rule: string, xml: string, address: string, message: string][] = [
    [
      'a catch event that waits for nothing',
      from('e', event('intermediateCatchEvent', 'e', '')),
      'e',
      'Must have exactly one event definition',
    ],
    [
      'an end event that does two things',
      from('e', event('endEvent', 'e', '<bpmn:terminateEventDefinition /><bpmn:terminateEventDefinition />')),
      'e',
      'Must have at most one event definition',
    ],
    [
      'an event that cancels a transaction',
      from('e', event('intermediateThrowEvent', 'e', '<bpmn:cancelEventDefinition />')),
      'e > cancelEventDefinition',
      'Event definition of this type is not supported',
    ],
    [
      'an error end event without error',
      from('e', event('endEvent', 'e', '<bpmn:errorEventDefinition />')),
      'e > errorEventDefinition',
      'Must reference an error',
    ],
    [
      'an error end event whose error has no code',
      from('e', errorEnd('e', 'E1')).replace('errorCode="E1"', ''),
      'e > errorEventDefinition',
      'ErrorCode must be present and not empty',
    ],
    [
      'an error end event whose code does not parse',
      from('e', errorEnd('e', 'E1')).replace('errorCode="E1"', 'errorCode="=code +"'),
      'e > errorEventDefinition',
      "failed to parse expression 'code +': Expected an operand in 'code +', but found the end of the text",
    ],
    [
      'a link without name',
      from('away', throwLink('away', '')),
      'away-link',
      'Link name must be present and not empty.',
    ],
    [
      'a link that leads nowhere',
      from('away', throwLink('away', 'a'), catchLink('target', 'b')),
      'order',
      "Can't find an catch link event for the throw link event with the name 'a'.",
    ],
    [
      'a link that leads to two places',
      from('away', throwLink('away', 'a'), catchLink('one', 'a'), catchLink('two', 'a')),
      'order',
      "Multiple intermediate catch link event definitions with the same name 'a' are not allowed.",
    ],
    [
      'a catch event with a cycle',
      from('e', catchTimer('e', { cycle: 'R/PT1S' })),
      'e',
      'Intermediate timer catch event must have either a time duration or a time date.',
    ],
    [
      'a sub-process that waits for its start',
      from('part', subProcess('part', {}, startTimer('e', { cycle: 'R/PT1S' }))),
      'part',
      'Start events in subprocesses must be of type none',
    ],
    [
      'an event-based gateway with one way out',
      from('choice', eventGateway('choice'), catchTimer('e', { duration: 'PT1S' }), path('choice', 'e')),
      'choice',
      'Event-based gateway must have at least 2 outgoing sequence flows.',
    ],
    [
      'an event-based gateway before a task',
      from(
        'choice',
        eventGateway('choice'),
        catchTimer('e', { duration: 'PT1S' }),
        serviceTask('work'),
        path('choice', 'e'),
        path('choice', 'work'),
      ),
      'choice',
      'Event-based gateway must not have an outgoing sequence flow to other elements than message/timer/signal intermediate catch events.',
    ],
    [
      'an event that is waited for at a gateway and elsewhere',
      from(
        'choice',
        eventGateway('choice'),
        catchTimer('e', { duration: 'PT1S' }),
        catchTimer('f', { duration: 'PT1S' }),
        path('choice', 'e', 'f'),
        path('choice', 'f').replace('id="choice-f"', 'id="choice-to-f"'),
      ),
      'choice',
      'Target elements of an event gateway must not have any additional incoming sequence flows other than that from the event gateway.',
    ],
    [
      'a message that is not named',
      from('e', event('intermediateCatchEvent', 'e', '<bpmn:messageEventDefinition />')),
      'e > messageEventDefinition',
      'Must reference a message',
    ],
    [
      'a message without correlation key',
      from('e', catchMessage('e', 'M1')).replace(/<zeebe:subscription [^>]*>/, ''),
      'message-M1',
      'Must have exactly one zeebe:subscription extension element',
    ],
    [
      'two start events with the same message',
      bpmn('order', startMessage('a', 'M1'), startMessage('b', 'M1')),
      'order',
      'A message cannot be referred by more than one start event',
    ],
    [
      'a receive task that is interrupted by its own message',
      from('wait', receiveTask('wait', 'M1'), messageBoundary('b', 'wait', 'M1')),
      'wait',
      'Cannot reference the same message name as a boundary event',
    ],
    [
      'a message thrown by nobody',
      from('e', event('endEvent', 'e', '<bpmn:messageEventDefinition />')),
      'e',
      "Must have either one 'zeebe:publishMessage' or one 'zeebe:taskDefinition' extension element",
    ],
    [
      'a signal that is not named',
      from('e', event('intermediateCatchEvent', 'e', '<bpmn:signalEventDefinition />')),
      'e > signalEventDefinition',
      'Must reference a signal',
    ],
    [
      'a signal without name',
      from('e', throwSignal('e')).replace('name="S1"', ''),
      'signal-S1',
      'Name must be present and not empty',
    ],
    [
      'a condition that is no expression',
      from('e', catchCondition('e', 'x')),
      'e > conditionalEventDefinition > condition',
      "Expected expression but found static value 'x'. An expression must start with '=' (e.g. '=x').",
    ],
    [
      'a condition without text',
      from('e', catchCondition('e', '')),
      'e > conditionalEventDefinition > condition',
      'Condition must be present and not empty',
    ],
    [
      'a condition that is filtered by what nobody does',
      from('e', catchCondition('e', '=x', { filter: { variableEvents: 'create, delete' } })),
      'e > conditionalEventDefinition > extensionElements > conditionalFilter',
      "Expected the variable events of a conditional filter to be any of [create, update], but found 'delete'",
    ],
    [
      'two start events with the same condition',
      bpmn('order', startCondition('a', '=x'), startCondition('b', '=x')),
      'order',
      "Multiple conditional event definitions with the same condition '=x' are not allowed.",
    ],
    [
      'an escalation that is not named',
      from('e', event('endEvent', 'e', '<bpmn:escalationEventDefinition />')),
      'e > escalationEventDefinition',
      'Must reference an escalation',
    ],
    [
      'an escalation without code',
      from('e', throwEscalation('e', 'X1')).replace('escalationCode="X1"', ''),
      'e > escalationEventDefinition',
      'EscalationCode must be present and not empty',
    ],
    [
      'an escalation caught at a task',
      from('work', serviceTask('work'), escalationBoundary('e', 'work', 'X1')),
      'e',
      'An escalation boundary event should only be attached to a subprocess, or a call activity.',
    ],
  ];

  test.each(table)('%s', (_rule, xml, address, message) => {
    const errors = modelProblems(xml, feel).filter(({ severity }) => severity === 'error');
    expect(
      errors.map((problem) => [[problem.elementId, ...problem.path].join(' > '), problem.message]),
    ).toEqual([[address, message]]);
  });
});

test('what a link leads to is reachable', () => {
  const xml = from('away', throwLink('away', 'a'), catchLink('target', 'a'), end(), path('target', 'end'));
  expect(modelProblems(xml, feel)).toEqual([]);
});
