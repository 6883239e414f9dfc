import { bpmn, end, errorBoundary, path, serviceTask, start, subProcess } from '../../bpmn.ts';
import { activate, complete, create, deploy, resolve, type Scenarios, throwError } from '../scenario.ts';

const caught = (id: string, ...boundaries: string[]) =>
  bpmn(
    id,
    start(),
    serviceTask('a', { type: `${id}-a` }),
    ...boundaries,
    end(),
    ...['one', 'all', 'two']
      .filter((name) => boundaries.some((text) => text.includes(`id="${name}"`)))
      .flatMap((name) => [end(`after-${name}`), path(name, `after-${name}`)]),
    path('start', 'a', 'end'),
  );

const nested = (id: string, inside: string[], outside: string[]) =>
  bpmn(
    id,
    start(),
    subProcess('s', {}, start('in'), serviceTask('a', { type: `${id}-a` }), ...inside, path('in', 'a')),
    ...outside,
    path('start', 's'),
  );

const withEnd = (boundary: string, name: string) => [
  boundary,
  end(`after-${name}`),
  path(name, `after-${name}`),
];

export const errors = {
  'error: caught by its code': {
    covers: ['error boundary event', 'ThrowError'],
    steps: [
      deploy(caught('byCode', errorBoundary('one', 'a', 'E1'), errorBoundary('all', 'a', undefined))),
      create('byCode'),
      activate('byCode-a'),
      throwError('byCode-a', 'E1', { errorMessage: 'no', variables: { x: 1 } }),
      complete('byCode-a'),
    ],
  },
  'error: another code goes to the one for all': {
    covers: ['error boundary event', 'ThrowError'],
    steps: [
      deploy(caught('forAll', errorBoundary('one', 'a', 'E1'), errorBoundary('all', 'a', undefined))),
      create('forAll'),
      activate('forAll-a'),
      throwError('forAll-a', 'E9'),
    ],
  },
  'error: its variables leave by output mappings only (quirk 9)': {
    covers: ['error boundary event', 'quirk 9', 'output mapping'],
    steps: [
      deploy(caught('errorOut', errorBoundary('one', 'a', 'E1', { outputs: [['=x + 1', 'y']] }))),
      create('errorOut'),
      activate('errorOut-a'),
      throwError('errorOut-a', 'E1', { variables: { x: 1, z: 2 } }),
    ],
  },
  'error: nobody catches it (quirk 11)': {
    covers: ['error boundary event', 'ThrowError', 'quirk 11', 'incident'],
    steps: [
      deploy(caught('uncaught', errorBoundary('one', 'a', 'E1'), errorBoundary('two', 'a', 'E2'))),
      create('uncaught'),
      activate('uncaught-a'),
      throwError('uncaught-a', 'E9', { errorMessage: 'why', variables: { x: 1 } }),
      throwError('uncaught-a', 'E1'),
      complete('uncaught-a'),
    ],
  },
  'error: nobody could catch any': {
    covers: ['ThrowError', 'incident'],
    steps: [
      deploy(caught('noCatcher')),
      create('noCatcher'),
      activate('noCatcher-a'),
      throwError('noCatcher-a', 'E1'),
    ],
  },
  'error: resolving the incident of an uncaught error (quirk 11)': {
    covers: ['ResolveIncident', 'quirk 11'],
    steps: [
      deploy(caught('uncaughtResolve')),
      create('uncaughtResolve'),
      activate('uncaughtResolve-a'),
      throwError('uncaughtResolve-a', 'E1'),
      resolve('a'),
    ],
  },
  'error: the nearest that fits catches it': {
    covers: ['error boundary event', 'embedded sub-process'],
    steps: [
      deploy(
        nested(
          'nearest',
          withEnd(errorBoundary('near', 'a', 'E1'), 'near'),
          withEnd(errorBoundary('far', 's', 'E1'), 'far'),
        ),
      ),
      create('nearest'),
      activate('nearest-a'),
      throwError('nearest-a', 'E1'),
    ],
  },
  'error: one for all inside goes before the code outside': {
    covers: ['error boundary event', 'embedded sub-process'],
    steps: [
      deploy(
        nested(
          'insideAll',
          withEnd(errorBoundary('near', 'a', undefined), 'near'),
          withEnd(errorBoundary('far', 's', 'E1'), 'far'),
        ),
      ),
      create('insideAll'),
      activate('insideAll-a'),
      throwError('insideAll-a', 'E1'),
    ],
  },
  'error: caught outside, the sub-process ends': {
    covers: ['error boundary event', 'embedded sub-process', 'quirk 9'],
    steps: [
      deploy(nested('outside', [], withEnd(errorBoundary('far', 's', 'E1'), 'far'))),
      create('outside'),
      activate('outside-a'),
      throwError('outside-a', 'E1', { variables: { x: 1 } }),
    ],
  },
  'error: a boundary event without outgoing flow (quirk 13)': {
    covers: ['error boundary event', 'quirk 13'],
    steps: [
      deploy(
        bpmn(
          'noOutgoing',
          start(),
          serviceTask('a', { type: 'noOutgoing-a' }),
          errorBoundary('one', 'a', 'E1'),
          path('start', 'a'),
        ),
      ),
      create('noOutgoing'),
      activate('noOutgoing-a'),
      throwError('noOutgoing-a', 'E1'),
    ],
  },
  'error: thrown for a job that was never taken': {
    covers: ['ThrowError'],
    steps: [
      deploy(caught('untaken', errorBoundary('one', 'a', 'E1'))),
      create('untaken'),
      activate('untaken-a', { timeout: 1000 }),
      { advance: 1500 },
      throwError('untaken-a', 'E1'),
    ],
  },
} satisfies Scenarios;
