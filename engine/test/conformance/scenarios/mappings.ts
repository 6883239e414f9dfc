import { bpmn, end, path, serviceTask, start } from '../../bpmn.ts';
import { cancel, create, deploy, type Scenarios, work } from '../scenario.ts';

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
} satisfies Scenarios;
