import { bpmn, end, jobUserTask, path, serviceTask, start, userTask } from '../../bpmn.ts';
import { activate, cancel, create, deploy, type Scenarios, work } from '../scenario.ts';

const alone = (id: string, ...content: string[]) =>
  bpmn(id, start(), ...content, end(), path('start', 'a', 'end'));

export const tasks = {
  'process: start and end alone': {
    covers: ['none start event', 'none end event'],
    steps: [deploy(bpmn('empty', start(), end(), path('start', 'end'))), create('empty', { x: 1 })],
  },
  'process: a path without an end event ends where it stops': {
    covers: ['none start event', 'service task'],
    steps: [
      deploy(bpmn('openEnd', start(), serviceTask('a', { type: 'openEnd-a' }), path('start', 'a'))),
      create('openEnd'),
      ...work('openEnd-a'),
    ],
  },
  'process: two end events, each path by itself': {
    covers: ['none end event', 'service task'],
    steps: [
      deploy(
        bpmn(
          'twoEnds',
          start(),
          serviceTask('a', { type: 'twoEnds-a' }),
          serviceTask('b', { type: 'twoEnds-b' }),
          end('left'),
          end('right'),
          path('start', 'a', 'left'),
          path('start', 'b', 'right'),
        ),
      ),
      create('twoEnds'),
      ...work('twoEnds-a'),
      ...work('twoEnds-b'),
    ],
  },
  'service task: a worker does it': {
    covers: ['none start event', 'service task', 'none end event', 'ActivateJobs', 'CompleteJob'],
    steps: [
      deploy(alone('oneTask', serviceTask('a', { type: 'oneTask-a' }))),
      create('oneTask', { x: 1, text: 'hello' }),
      ...work('oneTask-a', { y: { deep: [1, 2] } }),
    ],
  },
  'service task: a standard loop is passed over': {
    covers: ['service task', 'standard loop'],
    steps: [
      deploy(
        alone(
          'standardLoop',
          serviceTask('a', { type: 'standardLoop-a' }).replace(
            '</bpmn:serviceTask>',
            '<bpmn:standardLoopCharacteristics loopMaximum="3"><bpmn:loopCondition>=true</bpmn:loopCondition></bpmn:standardLoopCharacteristics></bpmn:serviceTask>',
          ),
        ),
      ),
      create('standardLoop'),
      ...work('standardLoop-a'),
    ],
  },
  'service task: type and retries from expressions': {
    covers: ['service task', 'ActivateJobs'],
    steps: [
      deploy(alone('computed', serviceTask('a', { type: '="computed-" + kind', retries: '=1 + 4' }))),
      create('computed', { kind: 'x' }),
      ...work('computed-x'),
    ],
  },
  'service task: headers go with the job': {
    covers: ['service task', 'ActivateJobs'],
    steps: [
      deploy(
        alone(
          'headers',
          '<bpmn:serviceTask id="a"><bpmn:extensionElements><zeebe:taskDefinition type="headers-a" /><zeebe:taskHeaders><zeebe:header key="color" value="red" /><zeebe:header key="size" value="10" /></zeebe:taskHeaders></bpmn:extensionElements></bpmn:serviceTask>',
        ),
      ),
      create('headers'),
      ...work('headers-a'),
    ],
  },
  'service task: two in a row': {
    covers: ['service task', 'CompleteJob'],
    steps: [
      deploy(
        bpmn(
          'inRow',
          start(),
          serviceTask('a', { type: 'inRow-a' }),
          serviceTask('b', { type: 'inRow-b' }),
          end(),
          path('start', 'a', 'b', 'end'),
        ),
      ),
      create('inRow'),
      ...work('inRow-a', { x: 1 }),
      ...work('inRow-b', { x: 2 }),
    ],
  },
  'service task: reached by two flows, done twice': {
    covers: ['service task'],
    steps: [
      deploy(
        bpmn(
          'twice',
          start(),
          serviceTask('a', { type: 'twice-a' }),
          end(),
          '<bpmn:sequenceFlow id="one" sourceRef="start" targetRef="a" />',
          '<bpmn:sequenceFlow id="two" sourceRef="start" targetRef="a" />',
          path('a', 'end'),
        ),
      ),
      create('twice'),
      activate('twice-a'),
    ],
  },
  'user task (job): a job of its own type': {
    covers: ['user task (job)'],
    steps: [
      deploy(
        alone(
          'jobUser',
          jobUserTask(
            'a',
            '<zeebe:assignmentDefinition assignee="ann" candidateGroups="=[&#34;sales&#34;]" candidateUsers="bob, cy" /><zeebe:taskHeaders><zeebe:header key="k" value="v" /></zeebe:taskHeaders>',
          ),
        ),
      ),
      create('jobUser'),
      ...work('io.camunda.zeebe:userTask', { done: true }),
    ],
  },
  'user task (job): due dates and a form key': {
    covers: ['user task (job)'],
    steps: [
      deploy(
        alone(
          'jobUserForm',
          jobUserTask(
            'a',
            '<zeebe:formDefinition formKey="my-form" /><zeebe:taskSchedule dueDate="2030-01-02T03:04:05Z" followUpDate="=&#34;2030-01-01T00:00:00+01:00&#34;" />',
          ),
        ),
      ),
      create('jobUserForm'),
      activate('io.camunda.zeebe:userTask'),
      cancel(),
    ],
  },
  'user task: created with who, when and how urgent': {
    covers: ['user task'],
    steps: [
      deploy(
        alone(
          'nativeUser',
          userTask(
            'a',
            '<zeebe:assignmentDefinition candidateGroups="=groups" candidateUsers="bob, cy" /><zeebe:taskSchedule dueDate="2030-01-02T03:04:05Z" followUpDate="=follow" /><zeebe:priorityDefinition priority="70" />',
          ),
        ),
      ),
      create('nativeUser', { groups: ['sales', 'law'], follow: '2030-01-01T00:00:00Z' }),
      cancel(),
    ],
  },
  'user task: an assignee is assigned after creation': {
    covers: ['user task'],
    steps: [
      deploy(alone('assigned', userTask('a', '<zeebe:assignmentDefinition assignee="=who" />'))),
      create('assigned', { who: 'ann' }),
      cancel(),
    ],
  },
  'user task: plain, with input mapping': {
    covers: ['user task', 'input mapping'],
    steps: [
      deploy(
        alone(
          'plainUser',
          userTask('a', '<zeebe:ioMapping><zeebe:input source="=x + 1" target="y" /></zeebe:ioMapping>'),
        ),
      ),
      create('plainUser', { x: 1 }),
      cancel(),
    ],
  },
  'user task: an external form': {
    covers: ['user task'],
    steps: [
      deploy(
        alone(
          'externalForm',
          userTask('a', '<zeebe:formDefinition externalReference="https://forms.example/1" />'),
        ),
      ),
      create('externalForm'),
      cancel(),
    ],
  },
  'user task: a due date that is none stops it': {
    covers: ['user task', 'incident'],
    steps: [
      deploy(alone('badDue', userTask('a', '<zeebe:taskSchedule dueDate="=due" />'))),
      create('badDue', { due: 'tomorrow' }),
    ],
  },
  'user task: groups that are no list stop it': {
    covers: ['user task', 'incident'],
    steps: [
      deploy(alone('badGroups', userTask('a', '<zeebe:assignmentDefinition candidateGroups="=groups" />'))),
      create('badGroups', { groups: 5 }),
    ],
  },
  'user task: a priority out of range stops it': {
    covers: ['user task', 'incident'],
    steps: [
      deploy(alone('badPriority', userTask('a', '<zeebe:priorityDefinition priority="=p" />'))),
      create('badPriority', { p: 101 }),
    ],
  },
} satisfies Scenarios;
