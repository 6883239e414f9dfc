import { bpmn, end, path, serviceTask, start } from '../../bpmn.ts';
import {
  activate,
  advance,
  cancel,
  complete,
  create,
  deploy,
  fail,
  resolve,
  type Scenarios,
  work,
} from '../scenario.ts';

const one = (id: string) =>
  bpmn(id, start(), serviceTask('a', { type: `${id}-a` }), end(), path('start', 'a', 'end'));

export const jobs = {
  'job: failed with retries is there again at once': {
    covers: ['FailJob', 'ActivateJobs'],
    steps: [
      deploy(one('retried')),
      create('retried'),
      activate('retried-a'),
      fail('retried-a', 2, { errorMessage: 'no luck', variables: { why: 'x' } }),
      ...work('retried-a'),
    ],
  },
  'job: failed with a backoff comes back later': {
    covers: ['FailJob', 'ActivateJobs'],
    steps: [
      deploy(one('backoff')),
      create('backoff'),
      activate('backoff-a'),
      fail('backoff-a', 2, { retryBackOff: 1000 }),
      activate('backoff-a'),
      advance(1500),
      ...work('backoff-a'),
    ],
  },
  'job: not completed while it waits for its backoff': {
    covers: ['FailJob', 'CompleteJob'],
    steps: [
      deploy(one('backoffComplete')),
      create('backoffComplete'),
      activate('backoffComplete-a'),
      fail('backoffComplete-a', 2, { retryBackOff: 60_000 }),
      complete('backoffComplete-a'),
      fail('backoffComplete-a', 2),
      cancel(),
    ],
  },
  'job: failed without retries stops, goes on after retries are given': {
    covers: ['FailJob', 'UpdateJobRetries', 'ResolveIncident', 'incident'],
    steps: [
      deploy(one('noRetries')),
      create('noRetries'),
      activate('noRetries-a'),
      fail('noRetries-a', 0, { errorMessage: 'broken' }),
      activate('noRetries-a'),
      complete('noRetries-a'),
      { rpc: 'UpdateJobRetries', message: { jobKey: '$job.noRetries-a', retries: 3 } },
      activate('noRetries-a'),
      resolve('a'),
      ...work('noRetries-a'),
    ],
  },
  'job: failed without retries and without a message': {
    covers: ['FailJob', 'incident'],
    steps: [
      deploy(one('silent')),
      create('silent'),
      activate('silent-a'),
      fail('silent-a', 0),
      fail('silent-a', 1),
      cancel(),
    ],
  },
  'job: its incident is not resolved without retries (quirk 11)': {
    covers: ['ResolveIncident', 'quirk 11'],
    steps: [
      deploy(one('stillNone')),
      create('stillNone'),
      activate('stillNone-a'),
      fail('stillNone-a', -1),
      resolve('a'),
    ],
  },
  'job: timed out, it can be taken again': {
    covers: ['ActivateJobs', 'CompleteJob', 'quirk 6'],
    steps: [
      deploy(one('timedOut')),
      create('timedOut'),
      activate('timedOut-a', { timeout: 1000 }),
      activate('timedOut-a'),
      advance(1500),
      ...work('timedOut-a'),
    ],
  },
  'job: timed out, completed late all the same (quirk 6)': {
    covers: ['CompleteJob', 'quirk 6'],
    steps: [
      deploy(one('lateDone')),
      create('lateDone'),
      activate('lateDone-a', { timeout: 1000 }),
      advance(1500),
      complete('lateDone-a', { x: 1 }),
      complete('lateDone-a'),
    ],
  },
  'job: failed late (quirk 6)': {
    covers: ['FailJob', 'quirk 6'],
    steps: [
      deploy(one('lateFail')),
      create('lateFail'),
      activate('lateFail-a', { timeout: 1000 }),
      advance(1500),
      fail('lateFail-a', 5),
      activate('lateFail-a'),
    ],
  },
  'job: its timeout is changed': {
    covers: ['UpdateJobTimeout'],
    steps: [
      deploy(one('longer')),
      create('longer'),
      activate('longer-a', { timeout: 1000 }),
      { rpc: 'UpdateJobTimeout', message: { jobKey: '$job.longer-a', timeout: 60_000 } },
      advance(1500),
      activate('longer-a'),
      complete('longer-a'),
      { rpc: 'UpdateJobTimeout', message: { jobKey: '$job.longer-a', timeout: 60_000 } },
    ],
  },
  'job: the timeout of one that waits cannot be changed': {
    covers: ['UpdateJobTimeout'],
    steps: [
      deploy(one('waiting')),
      create('waiting'),
      activate('waiting-a', { timeout: 1000 }),
      advance(1500),
      { rpc: 'UpdateJobTimeout', message: { jobKey: '$job.waiting-a', timeout: 60_000 } },
    ],
  },
  'job: retries are changed': {
    covers: ['UpdateJobRetries'],
    steps: [
      deploy(one('retriesSet')),
      create('retriesSet'),
      activate('retriesSet-a'),
      { rpc: 'UpdateJobRetries', message: { jobKey: '$job.retriesSet-a', retries: 9 } },
      { rpc: 'UpdateJobRetries', message: { jobKey: '$job.retriesSet-a', retries: 0 } },
      { rpc: 'UpdateJobRetries', message: { jobKey: '$job.retriesSet-a', retries: -1 } },
      cancel(),
      { rpc: 'UpdateJobRetries', message: { jobKey: '$job.retriesSet-a', retries: 1 } },
    ],
  },
  'job: taken in the order of keys, as many as asked for': {
    covers: ['ActivateJobs'],
    steps: [
      deploy(one('queue')),
      create('queue', { n: 1 }),
      create('queue', { n: 2 }),
      create('queue', { n: 3 }),
      activate('queue-a', { maxJobsToActivate: 2 }),
      activate('queue-a', { maxJobsToActivate: 2 }),
    ],
  },
  'job: one that failed goes back to its place': {
    covers: ['ActivateJobs', 'FailJob'],
    steps: [
      deploy(one('place')),
      create('place', { n: 1 }),
      activate('place-a'),
      create('place', { n: 2 }),
      fail('place-a', 1),
      activate('place-a'),
    ],
  },
  'job: gone with its instance': {
    covers: ['CancelProcessInstance', 'CompleteJob', 'FailJob', 'ThrowError'],
    steps: [
      deploy(one('goneJob')),
      create('goneJob'),
      activate('goneJob-a'),
      cancel(),
      complete('goneJob-a'),
      fail('goneJob-a', 1),
      { rpc: 'ThrowError', message: { jobKey: '$job.goneJob-a', errorCode: 'E1' } },
    ],
  },
} satisfies Scenarios;
