import { bpmn, end, path, serviceTask, start } from '../../bpmn.ts';
import { activate, create, deploy, type Scenarios } from '../scenario.ts';

const one = (id: string, type = `${id}-a`) =>
  bpmn(id, start(), serviceTask('a', { type }), end(), path('start', 'a', 'end'));

const covers = ['DeployResource'];

export const deployments = {
  'deployment: the same file again makes no version': {
    covers,
    steps: [deploy(one('same')), deploy(one('same')), deploy(one('same'), 'renamed.bpmn'), create('same')],
  },
  'deployment: a change makes a version, old instances stay': {
    covers: [...covers, 'CreateProcessInstance'],
    steps: [
      deploy(one('versions')),
      create('versions'),
      deploy(one('versions', 'versions-b')),
      create('versions'),
      create('versions', {}, { version: 1 }),
      activate('versions-a'),
      activate('versions-b'),
      deploy(one('versions')),
    ],
  },
  'deployment: two files at once': {
    covers,
    steps: [
      {
        rpc: 'DeployResource',
        message: {
          resources: [
            { name: 'b.bpmn', content: one('pairB') },
            { name: 'a.bpmn', content: one('pairA') },
          ],
        },
      },
      create('pairA'),
      create('pairB'),
    ],
  },
  'deployment: one bad file keeps the good one out': {
    covers,
    steps: [
      {
        rpc: 'DeployResource',
        message: {
          resources: [
            { name: 'good.bpmn', content: one('atomicGood') },
            { name: 'bad.bpmn', content: bpmn('atomicBad', end()) },
          ],
        },
      },
      create('atomicGood'),
    ],
  },
  'deployment: two files with the same process': {
    covers,
    steps: [
      {
        rpc: 'DeployResource',
        message: {
          resources: [
            { name: 'first.bpmn', content: one('claimed') },
            { name: 'second.bpmn', content: one('claimed', 'other') },
          ],
        },
      },
    ],
  },
  'deployment: nothing': { covers, steps: [{ rpc: 'DeployResource', message: { resources: [] } }] },
  'deployment: a kind of file that nobody knows': {
    covers,
    steps: [{ rpc: 'DeployResource', message: { resources: [{ name: 'x.abc', content: 'hello' }] } }],
  },
  'deployment: a tenant where there are none': {
    covers,
    steps: [
      {
        rpc: 'DeployResource',
        message: { resources: [{ name: 'a.bpmn', content: one('tenant') }], tenantId: 'foo' },
      },
    ],
  },
  'deployment: the older call': {
    covers: ['DeployProcess'],
    steps: [{ rpc: 'DeployProcess', message: { processes: [{ name: 'old.bpmn', definition: '' }] } }],
  },
  'deployment: a file ending in .xml': {
    covers,
    steps: [deploy(one('dotXml'), 'process.xml'), create('dotXml')],
  },
  'deployment: a process that is not executable is passed over': {
    covers,
    steps: [
      deploy(
        one('executable').replace(
          '</bpmn:definitions>',
          '<bpmn:process id="drawn" isExecutable="false"><bpmn:task id="t" /></bpmn:process></bpmn:definitions>',
        ),
      ),
      create('drawn'),
    ],
  },
  'deployment: a pool, lanes, notes and data': {
    covers,
    steps: [
      deploy(
        one('pool')
          .replace(
            '<bpmn:process ',
            '<bpmn:collaboration id="c"><bpmn:participant id="p" processRef="pool" /></bpmn:collaboration><bpmn:process ',
          )
          .replace(
            '</bpmn:process>',
            '<bpmn:textAnnotation id="note"><bpmn:text>hello</bpmn:text></bpmn:textAnnotation></bpmn:process>',
          ),
      ),
      create('pool'),
    ],
  },
} satisfies Scenarios;
