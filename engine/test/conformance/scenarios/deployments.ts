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
    covers: [...covers, 'collaboration', 'lanes, data and notes'],
    steps: [
      deploy(
        one('pool')
          .replace(
            '<bpmn:process ',
            '<bpmn:collaboration id="c"><bpmn:participant id="p" processRef="pool" /><bpmn:group id="g" /></bpmn:collaboration><bpmn:process ',
          )
          .replace(
            '<bpmn:startEvent ',
            '<bpmn:laneSet id="lanes"><bpmn:lane id="lane"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet><bpmn:dataObject id="data" /><bpmn:dataObjectReference id="dataHere" dataObjectRef="data" /><bpmn:dataStoreReference id="store" /><bpmn:startEvent ',
          )
          .replace(
            '</bpmn:process>',
            '<bpmn:textAnnotation id="note"><bpmn:text>hello</bpmn:text></bpmn:textAnnotation><bpmn:association id="noted" sourceRef="a" targetRef="note" /></bpmn:process>',
          ),
      ),
      create('pool'),
    ],
  },
  'deployment: every participant that is executable': {
    covers: [...covers, 'collaboration'],
    steps: [
      deploy(
        one('buyer')
          .replace(
            '<bpmn:process ',
            '<bpmn:collaboration id="c"><bpmn:participant id="p" processRef="buyer" /><bpmn:participant id="q" processRef="seller" /><bpmn:participant id="r" processRef="bank" /><bpmn:messageFlow id="order" sourceRef="p" targetRef="q" /></bpmn:collaboration><bpmn:process ',
          )
          .replace(
            '</bpmn:definitions>',
            '<bpmn:process id="seller" isExecutable="true"><bpmn:startEvent id="begin" /></bpmn:process><bpmn:process id="bank" isExecutable="false"><bpmn:startEvent id="open" /></bpmn:process></bpmn:definitions>',
          ),
      ),
      create('seller'),
      create('bank'),
    ],
  },
} satisfies Scenarios;
