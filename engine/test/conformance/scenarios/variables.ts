import { bpmn, end, path, serviceTask, start } from '../../bpmn.ts';
import {
  activate,
  complete,
  create,
  deploy,
  resolve,
  type Scenarios,
  setVariables,
  work,
} from '../scenario.ts';

type Pairs = readonly (readonly [string, string])[];

const mapped = (id: string, inputs: Pairs, outputs: Pairs = []) =>
  bpmn(id, start(), serviceTask('a', { type: `${id}-a`, inputs, outputs }), end(), path('start', 'a', 'end'));

export const variables = {
  'mapping: inputs are local to the task': {
    covers: ['input mapping'],
    steps: [
      deploy(
        mapped('inputs', [
          ['=x + 1', 'y'],
          ['=y * 2', 'z'],
          ['text', 'literal'],
        ]),
      ),
      create('inputs', { x: 1 }),
      ...work('inputs-a', { y: 9, q: 1 }),
    ],
  },
  'mapping: inputs build objects': {
    covers: ['input mapping'],
    steps: [
      deploy(
        mapped('inputObjects', [
          ['=1', 'o.a'],
          ['=2', 'o.b.c'],
          ['=o.a', 'p'],
        ]),
      ),
      create('inputObjects', { o: { k: 1 } }),
      ...work('inputObjects-a'),
    ],
  },
  'mapping: a missing source is null': {
    covers: ['input mapping'],
    steps: [
      deploy(
        mapped('missing', [
          ['=nothing', 'y'],
          ['=nothing.deep', 'z'],
        ]),
      ),
      create('missing'),
      activate('missing-a'),
    ],
  },
  'mapping: outputs alone leave the task': {
    covers: ['output mapping'],
    steps: [
      deploy(
        mapped(
          'outputs',
          [],
          [
            ['=r + 1', 'x'],
            ['=x', 'y'],
          ],
        ),
      ),
      create('outputs', { x: 0 }),
      ...work('outputs-a', { r: 5, other: 1 }),
    ],
  },
  'mapping: nested outputs merge (quirk 12)': {
    covers: ['output mapping', 'quirk 12'],
    steps: [
      deploy(
        mapped(
          'nestedOut',
          [],
          [
            ['=7', 'o.n'],
            ['=8', 'o.deep.m'],
          ],
        ),
      ),
      create('nestedOut', { o: { k: 1 } }),
      ...work('nestedOut-a'),
    ],
  },
  'mapping: a nested output merges into the local object (quirk 12)': {
    covers: ['output mapping', 'input mapping', 'quirk 12'],
    steps: [
      deploy(mapped('nestedLocal', [['={l: 1}', 'o']], [['=7', 'o.n']])),
      create('nestedLocal', { o: { k: 1 } }),
      ...work('nestedLocal-a'),
    ],
  },
  'mapping: a nested output over what is no object': {
    covers: ['output mapping'],
    steps: [
      deploy(mapped('overNumber', [], [['=7', 'o.n']])),
      create('overNumber', { o: 5 }),
      ...work('overNumber-a'),
    ],
  },
  'mapping: an input that fails stops the task': {
    covers: ['input mapping', 'incident', 'ResolveIncident', 'SetVariables'],
    steps: [
      deploy(mapped('failingInput', [['=assert(x, x != null)', 'y']])),
      create('failingInput'),
      setVariables('$instance', { x: 1 }),
      resolve('a'),
      ...work('failingInput-a'),
    ],
  },
  'mapping: an output that fails stops the task after its job': {
    covers: ['output mapping', 'incident', 'ResolveIncident'],
    steps: [
      deploy(mapped('failingOutput', [], [['=assert(x, x != null)', 'y']])),
      create('failingOutput'),
      ...work('failingOutput-a', { r: 1 }),
      complete('failingOutput-a'),
      setVariables('$instance', { x: 1 }),
      resolve('a'),
    ],
  },
  'numbers: as a 64-bit engine counts (quirk 4)': {
    covers: ['quirk 4', 'CreateProcessInstance'],
    steps: [
      deploy(
        mapped('numbers', [
          ['=big', 'copy'],
          ['=one', 'same'],
          ['=string(1.0)', 'text'],
          ['=1.0', 'literal'],
          ['=0.1 + 0.2', 'sum'],
        ]),
      ),
      {
        rpc: 'CreateProcessInstance',
        message: {
          bpmnProcessId: 'numbers',
          version: -1,
          variables: '{"one": 1.0, "small": 1e-7, "large": 1e20, "max": 9007199254740991, "minus": -0.5}',
        },
      },
      activate('numbers-a'),
    ],
  },
  'variables: every kind of value': {
    covers: ['CreateProcessInstance', 'CompleteJob'],
    steps: [
      deploy(mapped('kinds', [])),
      create('kinds', { n: null, t: true, s: 'für ✓', e: '', l: [], o: {}, deep: { list: [{ a: [1] }] } }),
      ...work('kinds-a', { n: 1, 'with space': 1, 'a.b': 2 }),
    ],
  },
  'variables: fetched by name': {
    covers: ['ActivateJobs'],
    steps: [
      deploy(mapped('fetched', [['=1', 'local']])),
      create('fetched', { x: 1, y: 2 }),
      activate('fetched-a', { fetchVariable: ['x', 'local', 'missing'] }),
    ],
  },
  'variables: an unchanged value makes no record': {
    covers: ['CompleteJob', 'SetVariables'],
    steps: [
      deploy(mapped('unchanged', [])),
      create('unchanged', { x: { a: 1, b: 2 } }),
      setVariables('$instance', { x: { a: 1, b: 2 } }),
      setVariables('$instance', {}),
      ...work('unchanged-a', { x: { a: 1, b: 2 } }),
    ],
  },
  'variables: set local, propagated, and for what is gone': {
    covers: ['SetVariables'],
    steps: [
      deploy(mapped('setThem', [['=1', 'v']])),
      create('setThem', { r: 1 }),
      activate('setThem-a'),
      setVariables('$element.a', { v: 5, r: 5, fresh: 5 }),
      setVariables('$element.a', { r: 6, own: 6 }, true),
      setVariables('$element.a', { r: 7, own: 7 }),
      setVariables('$instance', { r: 8, v: 8 }, true),
      complete('setThem-a'),
      setVariables('$element.a', { x: 1 }),
    ],
  },
} satisfies Scenarios;
