import {
  bpmn,
  catchCondition,
  catchTimer,
  conditionBoundary,
  end,
  eventGateway,
  eventSubProcess,
  path,
  serviceTask,
  start,
  startCondition,
} from '../../bpmn.ts';
import { create, deploy, type Scenarios, setVariables } from '../scenario.ts';

const evaluate = (variables: { [name: string]: number }) => ({
  rpc: 'EvaluateConditional',
  message: { variables },
});

/** None of the real ones that can be observed runs them: their recordings say so. */
export const conditionalEvents: Scenarios = {
  'conditional event: waited for on the way': {
    covers: ['conditional event', 'conditional catch event'],
    steps: [
      deploy(bpmn('conditionCatch', start(), catchCondition('enough', '=x > 10'), path('start', 'enough'))),
      create('conditionCatch', { x: 1 }),
    ],
  },
  'conditional event: begins a process': {
    covers: ['conditional event', 'EvaluateConditional', 'conditional start event'],
    steps: [
      deploy(bpmn('conditionStart', startCondition('begin', '=x > 10'), end(), path('begin', 'end'))),
      evaluate({ x: 11 }),
      evaluate({ x: 1 }),
    ],
  },
  'conditional event: at a task': {
    covers: [
      'conditional event',
      'conditional boundary event',
      'conditional boundary event non-interrupting',
    ],
    steps: [
      deploy(
        bpmn(
          'conditionBoundary',
          start(),
          serviceTask('a', { type: 'conditionBoundary-a' }),
          conditionBoundary('high', 'a', '=x > 10'),
          conditionBoundary('odd', 'a', '=odd(x)', { interrupting: false }),
          end(),
          path('start', 'a', 'end'),
          path('high', 'end'),
          path('odd', 'end'),
        ),
      ),
      create('conditionBoundary', { x: 2 }),
      setVariables('$instance', { x: 3 }),
      setVariables('$instance', { x: 11 }),
    ],
  },
  'conditional event: begins an event sub-process': {
    covers: [
      'conditional event',
      'conditional event sub-process',
      'conditional event sub-process non-interrupting',
    ],
    steps: [
      deploy(
        bpmn(
          'conditionHandler',
          start(),
          serviceTask('a', { type: 'conditionHandler-a' }),
          end(),
          path('start', 'a', 'end'),
          eventSubProcess('stop', startCondition('high', '=x > 10')),
          eventSubProcess('note', startCondition('odd', '=odd(x)', { interrupting: false })),
        ),
      ),
      create('conditionHandler', { x: 2 }),
      setVariables('$instance', { x: 3 }),
      setVariables('$instance', { x: 11 }),
    ],
  },
  'conditional event: behind an event-based gateway': {
    covers: ['conditional event', 'DeployResource'],
    steps: [
      deploy(
        bpmn(
          'conditionGateway',
          start(),
          eventGateway('choice'),
          catchCondition('enough', '=x > 10'),
          catchTimer('late', { duration: 'PT1M' }),
          path('start', 'choice', 'enough'),
          path('choice', 'late'),
        ),
      ),
    ],
  },
};
