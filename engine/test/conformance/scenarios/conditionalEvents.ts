import {
  bpmn,
  catchCondition,
  catchTimer,
  end,
  eventGateway,
  path,
  start,
  startCondition,
} from '../../bpmn.ts';
import { create, deploy, type Scenarios } from '../scenario.ts';

const evaluate = (variables: { [name: string]: number }) => ({
  rpc: 'EvaluateConditional',
  message: { variables },
});

/** None of the real ones that can be observed runs them: what is recorded is that they are refused. */
export const conditionalEvents: Scenarios = {
  'conditional event: waited for on the way': {
    covers: ['conditional event'],
    steps: [
      deploy(bpmn('conditionCatch', start(), catchCondition('enough', '=x > 10'), path('start', 'enough'))),
      create('conditionCatch', { x: 1 }),
    ],
  },
  'conditional event: begins a process': {
    covers: ['conditional event', 'EvaluateConditional'],
    steps: [
      deploy(bpmn('conditionStart', startCondition('begin', '=x > 10'), end(), path('begin', 'end'))),
      evaluate({ x: 11 }),
      evaluate({ x: 1 }),
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
