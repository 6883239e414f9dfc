import { bpmn, end, path, serviceTask, start } from '../../bpmn.ts';
import { create, deploy, type Scenarios, work } from '../scenario.ts';

export const tasks = {
  'service task: a worker does it': {
    covers: ['none start event', 'service task', 'none end event', 'ActivateJobs', 'CompleteJob'],
    steps: [
      deploy(
        bpmn('oneTask', start(), serviceTask('a', { type: 'oneTask-a' }), end(), path('start', 'a', 'end')),
      ),
      create('oneTask', { x: 1, text: 'hello' }),
      ...work('oneTask-a', { y: { deep: [1, 2] } }),
    ],
  },
} satisfies Scenarios;
