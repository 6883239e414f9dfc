import { bpmn, end, multiInstance, path, serviceTask, start } from '../../bpmn.ts';
import {
  activate,
  cancel,
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
const fails = 'assert(no, no != null)';

export const mappings = {
  'mapping: the sentence about inputs that fail': {
    covers: ['input mapping', 'incident'],
    steps: [
      deploy(
        mapped('failText', [
          ['=x  +  1', 'y'],
          ['text "quoted"', 's'],
          ['=1', 'o.a'],
          [`=${fails}`, 'o.b.c'],
          ['=2', 'z'],
        ]),
      ),
      create('failText', { x: 1 }),
      cancel(),
    ],
  },
  'mapping: names inside a nested target': {
    covers: ['input mapping'],
    steps: [
      deploy(
        mapped('nestedNames', [
          ['=1', 'o.a'],
          ['=a + 1', 'o.b'],
          ['=o.b', 'p'],
          ['=p', 'o.c'],
          ['=o', 'copy'],
        ]),
      ),
      create('nestedNames', { a: 10, p: 5 }),
      ...work('nestedNames-a'),
    ],
  },
  'mapping: a target twice': {
    covers: ['input mapping', 'output mapping'],
    steps: [
      deploy(
        mapped(
          'twiceTarget',
          [
            ['=1', 'x'],
            ['=x + 1', 'x'],
          ],
          [
            ['=5', 'y'],
            ['=y + 1', 'y'],
          ],
        ),
      ),
      create('twiceTarget', { y: 1 }),
      ...work('twiceTarget-a'),
    ],
  },
  'mapping: a value and then inside it': {
    covers: ['input mapping', 'output mapping'],
    steps: [
      deploy(
        mapped(
          'valueThenNested',
          [
            ['={k: 1}', 'o'],
            ['=2', 'o.n'],
          ],
          [
            ['={k: 1}', 'p'],
            ['=2', 'p.n'],
          ],
        ),
      ),
      create('valueThenNested'),
      ...work('valueThenNested-a'),
    ],
  },
  'mapping: nested outputs over what is there': {
    covers: ['output mapping', 'quirk 12'],
    steps: [
      deploy(
        mapped(
          'nestedOver',
          [],
          [
            ['=7', 'o.n.m'],
            ['=8', 'l.n'],
            ['=9', 'q.n'],
            ['=o', 'copy'],
          ],
        ),
      ),
      create('nestedOver', { o: { n: 5, k: 1 }, l: [1], q: null }),
      ...work('nestedOver-a'),
    ],
  },
  'mapping: outputs that see what the job brought': {
    covers: ['output mapping'],
    steps: [
      deploy(
        mapped(
          'outSees',
          [['=1', 'i']],
          [
            ['=i + r', 'sum'],
            ['=sum * 2', 'double'],
            ['=missing', 'gone'],
          ],
        ),
      ),
      create('outSees', { r: 100 }),
      ...work('outSees-a', { r: 2 }),
    ],
  },
  'mapping: the sentence about outputs that fail': {
    covers: ['output mapping', 'incident'],
    steps: [
      deploy(
        mapped(
          'failOutText',
          [],
          [
            ['=x  +  1', 'y'],
            ['=1', 'o.a'],
            ['=2', 'o.d.e'],
            ['=3', 'o.d.f'],
            [`=${fails}`, 'o.b.c'],
            ['=2', 'z'],
          ],
        ),
      ),
      create('failOutText', { x: 1 }),
      activate('failOutText-a'),
      complete('failOutText-a'),
    ],
  },
  'mapping: the sentence about an output that stands twice': {
    covers: ['input mapping', 'output mapping', 'incident'],
    steps: [
      deploy(
        mapped(
          'twiceText',
          [],
          [
            ['=1', 'x'],
            ['=x', 'y'],
            ['=2', 'o.n'],
            ['=2', 'x'],
            ['=3', 'o'],
            ['=4', 'p'],
            ['=5', 'p.n'],
            [`=${fails}`, 'z'],
          ],
        ),
      ),
      create('twiceText'),
      ...work('twiceText-a'),
      cancel(),
    ],
  },
  'mapping: the last of a target wins': {
    covers: ['input mapping', 'output mapping'],
    steps: [
      deploy(
        mapped(
          'lastTargetWins',
          [
            ['=1', 'x'],
            ['=x', 'y'],
            ['=2', 'x'],
            ['=1', 'o.n'],
            ['=o', 'copy'],
            ['={k: 1}', 'o'],
          ],
          [
            ['=1', 'u'],
            ['=u', 'v'],
            ['=2', 'u'],
            ['=1', 'p.n'],
            ['=p', 'copy'],
            ['={k: 1}', 'p'],
          ],
        ),
      ),
      create('lastTargetWins', { p: { l: 1 } }),
      ...work('lastTargetWins-a'),
    ],
  },
  'mapping: three levels deep': {
    covers: ['input mapping', 'output mapping'],
    steps: [
      deploy(
        mapped(
          'threeLevels',
          [
            ['=1', 'o.a.b'],
            ['=b + 1', 'o.a.c'],
            ['=a.c + 1', 'o.d'],
            ['=o.d + 1', 'e.f.g'],
          ],
          [
            ['=1', 'p.a.b'],
            ['=b', 'p.a.c'],
            ['=a', 'p.d'],
            ['=p', 'q.r.s'],
            ['=q.r', 'copy'],
          ],
        ),
      ),
      create('threeLevels', { p: { a: { b: 5, z: 1 }, y: 2 }, b: 10, a: 11, o: { k: 1 } }),
      ...work('threeLevels-a'),
    ],
  },
  'mapping: an output into what an output made': {
    covers: ['output mapping'],
    steps: [
      deploy(
        mapped(
          'intoMade',
          [],
          [
            ['=1', 'o.a'],
            ['=o.a + 1', 'o.b'],
            ['=o', 'copy'],
            ['=copy.a', 'o.c'],
          ],
        ),
      ),
      create('intoMade', { o: { a: 10, k: 1 }, copy: { a: 7 } }),
      ...work('intoMade-a'),
    ],
  },
  'mapping: texts as they stand': {
    covers: ['input mapping', 'output mapping'],
    steps: [
      deploy(
        mapped('statics', [
          ['a \\ b "c" \\n \'d\'', 's'],
          ['5', 'n'],
          ['true', 'o.t'],
          [`=${fails}`, 'z'],
        ]),
      ),
      create('statics'),
      setVariables('$instance', { no: 1 }),
      resolve('a'),
      ...work('statics-a'),
    ],
  },
  'mapping: sources that quote names': {
    covers: ['input mapping'],
    steps: [
      deploy(
        mapped('quoted', [
          ['=`a b`', 'x'],
          ['={"a b": `a b`}.`a b`', 'y'],
          ['=`a-b`', 'o.n'],
          ['=function(n) n + 1', 'f'],
          ['=f(1)', 'two'],
          [`=${fails}`, 'z'],
        ]),
      ),
      create('quoted', { 'a b': 1, 'a-b': 2 }),
      cancel(),
    ],
  },
  'mapping: a source that ends with a comment': {
    covers: ['input mapping', 'CreateDeployment'],
    steps: [
      deploy(
        mapped('commented', [
          ['=1 // one', 'x'],
          ['=2 /* two */', 'y'],
        ]),
      ),
      create('commented'),
    ],
  },
  'mapping: targets of special names': {
    covers: ['input mapping', 'CreateDeployment'],
    steps: [
      deploy(
        mapped('specialTargets', [
          ['=1', 'a-b'],
          ['=3', 'if'],
          ['=4', 'o.a-b'],
          [`=${fails}`, 'z'],
        ]),
      ),
      create('specialTargets'),
    ],
  },
  'mapping: a failure of an operator': {
    covers: ['input mapping', 'incident'],
    steps: [
      deploy(
        mapped('operatorFails', [
          ['=1', 'x'],
          ['=missing', 'w'],
          ['=date("x")', 'd'],
          ['=[1, "a", x]', 'y'],
          ['=assert(w, w != null, "no w")', 'v'],
          ['=assert(w, w != null, "no w again")', 'u'],
        ]),
      ),
      create('operatorFails'),
      cancel(),
    ],
  },
  'mapping: nested outputs of every instance': {
    covers: ['output mapping', 'multi-instance'],
    steps: [
      deploy(
        bpmn(
          'nestedMany',
          start(),
          multiInstance(
            serviceTask('a', {
              type: 'nestedMany-a',
              inputs: [['=item', 'o.i']],
              outputs: [['=o.i * 2', 'o.twice']],
            }),
            { over: '=[1, 2]', as: 'item', collection: 'all', element: '=o' },
          ),
          end(),
          path('start', 'a', 'end'),
        ),
      ),
      create('nestedMany'),
      activate('nestedMany-a'),
      complete('nestedMany-a'),
      complete('nestedMany-a'),
    ],
  },
  'mapping: a text as an output': {
    covers: ['output mapping', 'CreateDeployment'],
    steps: [deploy(mapped('textOut', [], [['text "quoted"', 's']])), create('textOut')],
  },
} satisfies Scenarios;
