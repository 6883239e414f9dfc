import type { JsonObject } from '@baton/engine/protocol';
import { bpmn, end, path, start } from '../../bpmn.ts';
import {
  cancel,
  create,
  deploy,
  resolve,
  type Scenarios,
  type Step,
  setVariables,
  work,
} from '../scenario.ts';

const script = (id: string, more: JsonObject = {}) =>
  JSON.stringify({ id, name: id, executionPlatform: 'x', executionPlatformVersion: '1', ...more });
const files = (...resources: (readonly [name: string, content: string])[]): Step => ({
  rpc: 'DeployResource',
  message: { resources: resources.map(([name, content]) => ({ name, content })) },
});

/** A task of the jobs `ID-a` that takes along what is linked: attributes of each. */
const linking = (id: string, linked: readonly string[], tag = 'serviceTask', more = '') =>
  bpmn(
    id,
    start(),
    `<bpmn:${tag} id="a"><bpmn:extensionElements><zeebe:taskDefinition type="${id}-a" /><zeebe:linkedResources>${linked
      .map((attributes) => `<zeebe:linkedResource ${attributes} />`)
      .join('')}</zeebe:linkedResources>${more}</bpmn:extensionElements></bpmn:${tag}>`,
    end(),
    path('start', 'a', 'end'),
  );
const link = (resourceId: string, more = '') =>
  `resourceId="${resourceId}" resourceType="RPA" linkName="script" ${more}`;

const covers = ['linked resource', 'service task'];
const refused = (what: string, attributes: string): Scenarios => ({
  [`linked resource model: ${what}`]: {
    covers: ['linked resource', 'refused models'],
    steps: [deploy(linking('lrModel', [attributes]))],
  },
});

export const linkedResources: Scenarios = {
  'linked resource: two, and headers beside them': {
    covers,
    steps: [
      files(['one.rpa', script('lrOne')], ['two.rpa', script('lrTwo')]),
      deploy(
        linking(
          'lrHeaders',
          [link('lrOne'), 'resourceId="lrTwo" resourceType="other" linkName="second" bindingType="latest"'],
          'serviceTask',
          '<zeebe:taskHeaders><zeebe:header key="k" value="v" /></zeebe:taskHeaders>',
        ),
      ),
      create('lrHeaders'),
      ...work('lrHeaders-a'),
    ],
  },
  'linked resource: bound to a version tag': {
    covers: [...covers, 'bindingType'],
    steps: [
      deploy(linking('lrTagged', [link('lrTag', 'bindingType="versionTag" versionTag="v1"')])),
      create('lrTagged'),
      files(['tag.rpa', script('lrTag', { versionTag: 'v1' })]),
      files(['tag.rpa', script('lrTag', { versionTag: 'v2' })]),
      resolve('a'),
      ...work('lrTagged-a'),
    ],
  },
  'linked resource: bound to its deployment': {
    covers: [...covers, 'bindingType'],
    steps: [
      deploy(linking('lrBound', [link('lrWith', 'bindingType="deployment"')])),
      files(
        ['p.bpmn', linking('lrBound', [link('lrWith', 'bindingType="deployment"')])],
        ['with.rpa', script('lrWith')],
      ),
      files(['with.rpa', script('lrWith', { newer: true })]),
      create('lrBound'),
      ...work('lrBound-a'),
    ],
  },
  'linked resource: its id from an expression': {
    covers,
    steps: [
      files(['read.rpa', script('lrRead')]),
      deploy(linking('lrReads', [link('=r')])),
      create('lrReads', { r: 'lrRead' }),
      create('lrReads'),
      setVariables('$instance', { r: 'lrRead' }),
      resolve('a'),
      cancel(),
    ],
  },
  'linked resource: of other tasks of jobs': {
    covers: ['linked resource', 'send task', 'script task', 'business rule task', 'execution listener'],
    steps: [
      files(['other.rpa', script('lrOther')]),
      ...['sendTask', 'scriptTask', 'businessRuleTask'].flatMap((tag): Step[] => [
        deploy(linking(`lr${tag}`, [link('lrOther')], tag)),
        create(`lr${tag}`),
        ...work(`lr${tag}-a`),
      ]),
      deploy(
        linking('lrHeard', [link('lrOther')]).replace(
          '<zeebe:linkedResources>',
          '<zeebe:executionListeners><zeebe:executionListener eventType="start" type="lrHeard-start" /></zeebe:executionListeners><zeebe:linkedResources>',
        ),
      ),
      create('lrHeard'),
      ...work('lrHeard-start'),
      ...work('lrHeard-a'),
    ],
  },
  ...refused('without an id', 'resourceType="RPA" linkName="script"'),
  ...refused('without a type', 'resourceId="x" linkName="script"'),
  ...refused('without a name', 'resourceId="x" resourceType="RPA"'),
  ...refused('empty', 'resourceId="" resourceType="" linkName=""'),
  ...refused('a binding that nobody knows', link('x', 'bindingType="sometimes"')),
  ...refused('a version tag without its binding', link('x', 'versionTag="v1"')),
  ...refused('a binding to a version tag without one', link('x', 'bindingType="versionTag"')),
  ...refused('an id that does not parse', link('=1 +')),
};
