import { bpmn, end, path, serviceTask, start } from '../../bpmn.ts';
import { cancel, create, deploy, resolve, type Scenarios, setVariables, work } from '../scenario.ts';

const one = (id: string, type: string, retries?: string) =>
  bpmn(
    id,
    start(),
    serviceTask('a', retries === undefined ? { type } : { type, retries }),
    end(),
    path('start', 'a', 'end'),
  );

export const incidents = {
  'incident: the job type is no text': {
    covers: ['incident', 'service task'],
    steps: [deploy(one('typeMissing', '=undefinedVar')), create('typeMissing')],
  },
  'incident: the job type is a number': {
    covers: ['incident', 'service task'],
    steps: [deploy(one('typeNumber', '=5')), create('typeNumber')],
  },
  'incident: retries are no number': {
    covers: ['incident', 'service task'],
    steps: [deploy(one('retriesText', 'retriesText-a', '=r')), create('retriesText', { r: 'many' })],
  },
  'incident: retries are no whole number': {
    covers: ['incident', 'service task'],
    steps: [deploy(one('retriesHalf', 'retriesHalf-a', '=1.5')), create('retriesHalf')],
  },
  'incident: resolved too early, it comes again': {
    covers: ['incident', 'ResolveIncident'],
    steps: [
      deploy(one('again', '=t')),
      create('again'),
      resolve('a'),
      setVariables('$instance', { t: 'again-a' }),
      resolve('a'),
      ...work('again-a'),
    ],
  },
  'incident: resolved twice': {
    covers: ['ResolveIncident'],
    steps: [
      deploy(one('resolvedTwice', '=t')),
      create('resolvedTwice'),
      setVariables('$instance', { t: 'resolvedTwice-a' }),
      resolve('a'),
      resolve('a'),
      cancel(),
    ],
  },
  'incident: gone with its instance': {
    covers: ['incident', 'CancelProcessInstance'],
    steps: [deploy(one('goneIncident', '=t')), create('goneIncident'), cancel(), resolve('a')],
  },
} satisfies Scenarios;
