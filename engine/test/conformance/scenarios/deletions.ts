import { bpmn, callActivity, end, path, serviceTask, start, userTask } from '../../bpmn.ts';
import { decision, dmn, literal } from '../../dmn.ts';
import { advance, cancel, create, deploy, type Scenarios, type Step } from '../scenario.ts';

const covers = ['DeleteResource'];

/** The test engine deletes and never answers: nobody waits for it. */
const remove = (resourceKey: string): Step => ({
  rpc: 'DeleteResource',
  message: { resourceKey },
  later: resourceKey,
});
const removeInVain = (resourceKey: string): Step => ({ rpc: 'DeleteResource', message: { resourceKey } });

const version = (id: string, number: number, begin = start()) =>
  `${bpmn(id, begin, end(), path('start', 'end'))}<!-- ${number} -->`;
const held = (id: string) =>
  bpmn(id, start(), serviceTask('t', { type: `${id}-t` }), end(), path('start', 't', 'end'));
const startOn = (definition: string) => `<bpmn:startEvent id="start">${definition}</bpmn:startEvent>`;
const ruled = (id: string, value: string) => dmn(`${id}Graph`, [decision(id, literal(value))]);
const evaluate = (decisionId: string): Step => ({ rpc: 'EvaluateDecision', message: { decisionId } });

export const deletions = {
  'deletion: what is not there': {
    covers,
    steps: [removeInVain('2251799813685999'), removeInVain('1')],
  },
  'deletion: a process, the version before it takes its place': {
    covers: [...covers, 'CreateProcessInstance'],
    steps: [
      deploy(version('shed', 1)),
      deploy(version('shed', 2)),
      remove('$definition.shed#2'),
      create('shed'),
      create('shed', {}, { version: 2 }),
      deploy(version('shed', 3)),
      remove('$definition.shed#1'),
      create('shed', {}, { version: 1 }),
      remove('$definition.shed#3'),
      create('shed'),
      removeInVain('$definition.shed#3'),
      {
        rpc: 'CreateProcessInstance',
        message: { processDefinitionKey: '$definition.shed#3' },
      },
      deploy(version('shed', 3)),
      create('shed'),
    ],
  },
  'deletion: refused while an instance runs (quirk 8)': {
    covers: [...covers, 'quirk 8'],
    steps: [
      deploy(held('busy')),
      create('busy'),
      removeInVain('$definition.busy'),
      cancel(),
      remove('$definition.busy'),
      create('busy'),
    ],
  },
  'deletion: refused while it is called': {
    covers,
    steps: [
      deploy(held('calledBusy')),
      deploy(bpmn('callerBusy', start(), callActivity('t', 'calledBusy'), end(), path('start', 't', 'end'))),
      create('callerBusy'),
      removeInVain('$definition.calledBusy'),
      removeInVain('$definition.callerBusy'),
    ],
  },
  'deletion: the timer goes back to the version before it': {
    covers: [...covers, 'timer start event'],
    steps: [
      deploy(
        version(
          'ticking',
          1,
          startOn(
            '<bpmn:timerEventDefinition><bpmn:timeCycle>R/PT1H</bpmn:timeCycle></bpmn:timerEventDefinition>',
          ),
        ),
      ),
      deploy(
        version(
          'ticking',
          2,
          startOn(
            '<bpmn:timerEventDefinition><bpmn:timeCycle>R/PT1H</bpmn:timeCycle></bpmn:timerEventDefinition>',
          ),
        ),
      ),
      remove('$definition.ticking#2'),
      advance(3_600_001),
      remove('$definition.ticking#1'),
      advance(3_600_001),
    ],
  },
  'deletion: the message goes back to the version before it': {
    covers: [...covers, 'message start event'],
    steps: [
      deploy(version('told', 1, startOn('<bpmn:messageEventDefinition messageRef="message-M1" />'))),
      deploy(version('told', 2, startOn('<bpmn:messageEventDefinition messageRef="message-M1" />'))),
      remove('$definition.told#2'),
      { rpc: 'PublishMessage', message: { name: 'M1', correlationKey: '', timeToLive: 0 } },
      remove('$definition.told#1'),
      { rpc: 'PublishMessage', message: { name: 'M1', correlationKey: '', timeToLive: 0 } },
    ],
  },
  'deletion: an older version takes no signal away': {
    covers: [...covers, 'signal start event'],
    steps: [
      deploy(version('signaled', 1, startOn('<bpmn:signalEventDefinition signalRef="signal-S1" />'))),
      deploy(version('signaled', 2, startOn('<bpmn:signalEventDefinition signalRef="signal-S1" />'))),
      remove('$definition.signaled#1'),
      { rpc: 'BroadcastSignal', message: { signalName: 'S1' } },
      remove('$definition.signaled#2'),
      { rpc: 'BroadcastSignal', message: { signalName: 'S1' } },
    ],
  },
  'deletion: a version tag is gone with its process': {
    covers: [...covers, 'bindingType'],
    steps: [
      ...[1, 2].map((number) =>
        deploy(
          version('labeled', number).replace(
            /(<bpmn:process [^>]*>)/,
            '$1<bpmn:extensionElements><zeebe:versionTag value="v1" /></bpmn:extensionElements>',
          ),
        ),
      ),
      deploy(
        bpmn(
          'callsLabel',
          start(),
          callActivity('t', 'labeled', { binding: 'versionTag', versionTag: 'v1' }),
          end(),
          path('start', 't', 'end'),
        ),
      ),
      remove('$definition.labeled#2'),
      create('callsLabel'),
    ],
  },
  'deletion: decisions go with their graph': {
    covers: [...covers, 'EvaluateDecision'],
    steps: [
      deploy(ruled('dropped', '1'), 'a.dmn'),
      deploy(ruled('dropped', '2'), 'a.dmn'),
      removeInVain('$decision.dropped#2'),
      remove('$requirements.droppedGraph#2'),
      evaluate('dropped'),
      deploy(ruled('dropped', '3'), 'a.dmn'),
      remove('$requirements.droppedGraph#1'),
      evaluate('dropped'),
      { rpc: 'EvaluateDecision', message: { decisionKey: '$decision.dropped#1' } },
      remove('$requirements.droppedGraph#3'),
      evaluate('dropped'),
      deploy(ruled('dropped', '3'), 'a.dmn'),
      evaluate('dropped'),
    ],
  },
  'deletion: a form': {
    covers: [...covers, 'form'],
    steps: [
      deploy('{"id": "shredded"}', 'a.form'),
      deploy('{"id": "shredded", "newer": true}', 'a.form'),
      deploy(
        bpmn(
          'shredder',
          start(),
          userTask('t', '<zeebe:formDefinition formId="shredded" />'),
          end(),
          path('start', 't', 'end'),
        ),
      ),
      remove('$form.shredded#2'),
      create('shredder'),
      remove('$form.shredded#1'),
      create('shredder'),
      deploy('{"id": "shredded", "newer": true}', 'a.form'),
    ],
  },
  'resource: kept, versions, bad files': {
    covers: ['DeployResource'],
    steps: [
      deploy('{"id": "robot"}', 'a.rpa'),
      deploy('{"id": "robot"}', 'a.rpa'),
      deploy('{"id": "robot", "x": 1}', 'a.rpa'),
      deploy('{"id": "robot", "versionTag": "t"}', 'a.rpa'),
      deploy('{}', 'a.rpa'),
      deploy('{', 'a.rpa'),
      deploy('{"id": "robot"}', 'A.RPA'),
      deploy('{"id": "robot"}', 'robot.json'),
      {
        rpc: 'DeployResource',
        message: {
          resources: [
            { name: 'a.rpa', content: '{"id": "twinRobot"}' },
            { name: 'b.rpa', content: '{"id": "twinRobot"}' },
          ],
        },
      },
    ],
  },
} satisfies Scenarios;
