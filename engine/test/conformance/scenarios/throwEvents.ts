import {
  businessRuleTask,
  catchLink,
  end,
  errorBoundary,
  errorEnd,
  exclusiveGateway,
  flow,
  manualTask,
  path,
  scriptJobTask,
  scriptTask,
  sendTask,
  serviceTask,
  start,
  subProcess,
  terminateEnd,
  throwEvent,
  throwLink,
  undefinedTask,
} from '../../bpmn.ts';
import { cancel, create, deploy, own, resolve, type Scenarios, setVariables, work } from '../scenario.ts';

export const throwEvents = {
  'none throw: passed through, with its output mappings alone (quirk 12)': {
    covers: ['none throw event', 'quirk 12'],
    steps: [
      deploy(own('noneThrow', start(), throwEvent('t', [['=x + 1', 'y']]), end(), path('start', 't', 'end'))),
      create('noneThrow', { x: 1 }),
    ],
  },
  'link: goes on at the catch of its name': {
    covers: ['link throw event', 'link catch event'],
    steps: [
      deploy(
        own(
          'link',
          start(),
          throwLink('t', 'L'),
          catchLink('c', 'L'),
          end(),
          path('start', 't'),
          path('c', 'end'),
        ),
      ),
      create('link'),
    ],
  },
  'link: two throws, one catch': {
    covers: ['link throw event', 'link catch event'],
    steps: [
      deploy(
        own(
          'links',
          start(),
          '<bpmn:parallelGateway id="f" />',
          throwLink('t1', 'L'),
          throwLink('t2', 'L'),
          catchLink('c', 'L'),
          serviceTask('a', { type: 'links-a' }),
          path('start', 'f', 't1'),
          path('f', 't2'),
          path('c', 'a'),
        ),
      ),
      create('links'),
    ],
  },
  'terminate end: ends the rest of the process': {
    covers: ['terminate end event'],
    steps: [
      deploy(
        own(
          'terminate',
          start(),
          '<bpmn:parallelGateway id="f" />',
          serviceTask('a', { type: 'terminate-a' }),
          serviceTask('b', { type: 'terminate-b' }),
          terminateEnd('t'),
          path('start', 'f', 'a'),
          path('f', 'b', 't'),
        ),
      ),
      create('terminate'),
      ...work('terminate-b', { x: 1 }),
    ],
  },
  'terminate end: of a sub-process alone': {
    covers: ['terminate end event', 'embedded sub-process'],
    steps: [
      deploy(
        own(
          'terminateSub',
          start(),
          subProcess(
            's',
            {},
            start('in'),
            '<bpmn:parallelGateway id="f" />',
            serviceTask('a', { type: 'terminateSub-a' }),
            terminateEnd('t'),
            path('in', 'f', 'a'),
            path('f', 't'),
          ),
          end(),
          path('start', 's', 'end'),
        ),
      ),
      create('terminateSub'),
    ],
  },
  'terminate end: alone': {
    covers: ['terminate end event'],
    steps: [
      deploy(own('terminateAlone', start(), terminateEnd('t'), path('start', 't'))),
      create('terminateAlone'),
    ],
  },
  'error end: caught around the sub-process': {
    covers: ['error end event', 'error boundary event'],
    steps: [
      deploy(
        own(
          'errorEnd',
          start(),
          subProcess('s', {}, start('in'), errorEnd('e', 'E1'), path('in', 'e')),
          errorBoundary('b', 's', 'E1'),
          end('after'),
          path('start', 's'),
          path('b', 'after'),
        ),
      ),
      create('errorEnd'),
    ],
  },
  'error end: nobody catches it': {
    covers: ['error end event', 'incident', 'ResolveIncident'],
    steps: [
      deploy(
        own(
          'errorEndOpen',
          start(),
          subProcess('s', {}, start('in'), errorEnd('e', 'E1'), path('in', 'e')),
          errorBoundary('b', 's', 'E2'),
          end('after'),
          path('start', 's'),
          path('b', 'after'),
        ),
      ),
      create('errorEndOpen'),
      resolve('e'),
      cancel(),
    ],
  },
  'error end: of the process': {
    covers: ['error end event', 'incident'],
    steps: [
      deploy(own('errorEndRoot', start(), errorEnd('e', 'E1'), path('start', 'e'))),
      create('errorEndRoot'),
      cancel(),
    ],
  },
  'undefined and manual tasks: passed through, their mappings ignored (quirk 12)': {
    covers: ['undefined task', 'manual task', 'quirk 12'],
    steps: [
      deploy(
        own(
          'passed',
          start(),
          undefinedTask('u', { inputs: [['=1', 'i']], outputs: [['=2', 'o']] }),
          manualTask('m', { inputs: [['=1', 'i']], outputs: [['=2', 'o']] }),
          end(),
          path('start', 'u', 'm', 'end'),
        ),
      ),
      create('passed'),
    ],
  },
  'send, business rule and script task: by a worker': {
    covers: ['send task', 'business rule task (job)', 'script task (job)'],
    steps: [
      deploy(
        own(
          'jobTasks',
          start(),
          sendTask('s', { type: 'jobTasks-s' }),
          businessRuleTask('b', { type: 'jobTasks-b' }),
          scriptJobTask('c', { type: 'jobTasks-c' }),
          end(),
          path('start', 's', 'b', 'c', 'end'),
        ),
      ),
      create('jobTasks'),
      ...work('jobTasks-s', { x: 1 }),
      ...work('jobTasks-b'),
      ...work('jobTasks-c'),
    ],
  },
  'script task: its value becomes a variable': {
    covers: ['script task (FEEL)'],
    steps: [
      deploy(own('script', start(), scriptTask('t', '=x + 1', 'y'), end(), path('start', 't', 'end'))),
      create('script', { x: 1 }),
    ],
  },
  'script task: with mappings': {
    covers: ['script task (FEEL)', 'input mapping', 'output mapping'],
    steps: [
      deploy(
        own(
          'scriptMapped',
          start(),
          scriptTask('t', '=i + 1', 'y', { inputs: [['=x', 'i']], outputs: [['=y', 'z']] }),
          end(),
          path('start', 't', 'end'),
        ),
      ),
      create('scriptMapped', { x: 1 }),
    ],
  },
  'script task: an expression that fails stops it': {
    covers: ['script task (FEEL)', 'incident', 'ResolveIncident'],
    steps: [
      deploy(
        own(
          'scriptBad',
          start(),
          scriptTask('t', '=assert(x, x != null)', 'y'),
          end(),
          path('start', 't', 'end'),
        ),
      ),
      create('scriptBad'),
      setVariables('$instance', { x: 1 }),
      resolve('t'),
    ],
  },
  'script task: in a loop': {
    covers: ['script task (FEEL)', 'exclusive gateway'],
    steps: [
      deploy(
        own(
          'scriptLoop',
          start(),
          exclusiveGateway('j'),
          scriptTask('t', '=n + 1', 'n'),
          exclusiveGateway('g', 'g-end'),
          end(),
          path('start', 'j', 't', 'g', 'end'),
          flow('g', 'j', '=n < 3'),
        ),
      ),
      create('scriptLoop', { n: 0 }),
    ],
  },
} satisfies Scenarios;
