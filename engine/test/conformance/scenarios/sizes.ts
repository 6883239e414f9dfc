import { bpmn, end, path, serviceTask, start } from '../../bpmn.ts';
import {
  activate,
  cancel,
  complete,
  create,
  deploy,
  publish,
  type Scenarios,
  setVariables,
} from '../scenario.ts';

/** Bytes, with which a value is `x`. */
const MiB = 2 ** 20;
const text = (bytes: number) => 'x'.repeat(Math.round(bytes));
const one = (id: string) =>
  deploy(bpmn(id, start(), serviceTask('a', { type: `${id}-a` }), end(), path('start', 'a', 'end')));

const covers = ['quirk 16'];

export const sizes = {
  'size: an instance created with much (quirk 16)': {
    covers: [...covers, 'CreateProcessInstance'],
    steps: [
      one('sizeCreate'),
      create('sizeCreate', { x: text(1.9 * MiB) }),
      cancel(),
      create('sizeCreate', { x: text(2.5 * MiB) }),
      create('sizeCreate', { x: text(4.5 * MiB) }),
    ],
  },
  'size: variables set to much (quirk 16)': {
    covers: [...covers, 'SetVariables'],
    steps: [
      one('sizeSet'),
      create('sizeSet'),
      setVariables('$instance', { x: text(1.9 * MiB) }),
      setVariables('$instance', { x: text(2.5 * MiB) }),
      cancel(),
    ],
  },
  'size: a job completed with much (quirk 16)': {
    covers: [...covers, 'CompleteJob'],
    steps: [
      one('sizeComplete'),
      create('sizeComplete'),
      activate('sizeComplete-a'),
      complete('sizeComplete-a', { x: text(2.5 * MiB) }),
      complete('sizeComplete-a', { x: text(1 * MiB) }),
    ],
  },
  'size: a message with much (quirk 16)': {
    covers: [...covers, 'PublishMessage'],
    steps: [
      publish('sizeMessage', 'k', { variables: { x: text(1.9 * MiB) } }),
      publish('sizeMessage', 'k', { variables: { x: text(2.5 * MiB) } }),
    ],
  },
} satisfies Scenarios;
