import type { JsonObject } from '@baton/engine/protocol';
import { bpmn, end, jobUserTask, path, start, userTask } from '../../bpmn.ts';
import { activate, cancel, create, deploy, resolve, type Scenarios, type Step } from '../scenario.ts';

const form = (id: string, more: JsonObject = {}, name = 'a.form'): Step =>
  deploy(JSON.stringify({ id, type: 'default', components: [], ...more }), name);
const files = (...resources: (readonly [name: string, content: string])[]): Step => ({
  rpc: 'DeployResource',
  message: { resources: resources.map(([name, content]) => ({ name, content })) },
});
const around = (id: string, task: string) => bpmn(id, start(), task, end(), path('start', 't', 'end'));
const asks = (id: string, attributes: string) =>
  around(id, userTask('t', `<zeebe:formDefinition ${attributes} />`));
const asksByJob = (id: string, attributes: string) =>
  around(id, jobUserTask('t', `<zeebe:formDefinition ${attributes} />`));

export const forms = {
  'form: the same file, a new name, a change, a tag': {
    covers: ['form', 'DeployResource'],
    steps: [
      form('again'),
      form('again'),
      form('again', {}, 'renamed.form'),
      form('again', { components: [1] }),
      form('again', { versionTag: 'v1' }),
    ],
  },
  'form: ids and tags that are no texts': {
    covers: ['form'],
    steps: [deploy('{"id": 5}', 'a.form'), deploy('{"id": "numbered", "versionTag": 5}', 'a.form')],
  },
  'refused form: no id': {
    covers: ['form'],
    steps: [
      deploy('{}', 'a.form'),
      deploy('{"id": null}', 'a.form'),
      deploy('{"id": ""}', 'a.form'),
      files(['a.form', '{"id": "twice"}'], ['b.form', '{"id": "twice"}']),
    ],
  },
  'refused form: no JSON': {
    covers: ['form'],
    steps: [deploy('{', 'a.form'), deploy('[]', 'a.form'), deploy('', 'a.form'), deploy('"x"', 'a.form')],
  },
  'user task: its form comes later': {
    covers: ['user task', 'form', 'incident'],
    steps: [
      deploy(asks('formLate', 'formId="lateForm"')),
      create('formLate'),
      form('lateForm'),
      resolve('t'),
      cancel(),
    ],
  },
  'user task: its form by expression': {
    covers: ['user task', 'form'],
    steps: [
      form('chosenForm'),
      deploy(asks('formChosen', 'formId="=which"')),
      create('formChosen', { which: 'chosenForm' }),
      create('formChosen', { which: 5 }),
      create('formChosen', { which: 'noForm' }),
    ],
  },
  'user task: its form bound to the deployment': {
    covers: ['user task', 'form', 'bindingType', 'quirk 13'],
    steps: [
      deploy(asks('formBound', 'formId="boundForm" bindingType="deployment"')),
      files(
        ['p.bpmn', asks('formBound', 'formId="boundForm" bindingType="deployment"')],
        ['f.form', '{"id": "boundForm"}'],
      ),
      form('boundForm', { newer: true }),
      create('formBound'),
      deploy(asks('formLoose', 'formId="=f" bindingType="deployment"')),
      create('formLoose', { f: 'boundForm' }),
    ],
  },
  'user task: its form bound to a version tag': {
    covers: ['user task', 'form', 'bindingType'],
    steps: [
      deploy(asks('formTagged', 'formId="taggedForm" bindingType="versionTag" versionTag="v"')),
      create('formTagged'),
      form('taggedForm', { versionTag: 'v' }),
      form('taggedForm', { newer: true }),
      resolve('t'),
    ],
  },
  'user task: an external form by expression': {
    covers: ['user task', 'form'],
    steps: [
      deploy(asks('formOutside', 'externalReference="=url"')),
      create('formOutside', { url: 'https://forms.example/2' }),
      create('formOutside'),
    ],
  },
  'user task (job): a form of its own, in the process, by id': {
    covers: ['user task (job)', 'form'],
    steps: [
      deploy(
        asksByJob('formInside', 'formKey="camunda-forms:bpmn:userTaskForm_1"').replace(
          '<bpmn:startEvent',
          '<bpmn:extensionElements><zeebe:userTaskForm id="userTaskForm_1">{"components":[]}</zeebe:userTaskForm></bpmn:extensionElements><bpmn:startEvent',
        ),
      ),
      create('formInside'),
      activate('io.camunda.zeebe:userTask'),
      deploy(asksByJob('formById', 'formId="jobForm"')),
      create('formById'),
      form('jobForm'),
      resolve('t'),
    ],
  },
  'refused model: forms of user tasks': {
    covers: ['user task', 'form'],
    steps: [
      ...[
        'formKey="k"',
        'formId="a" externalReference="b"',
        'formId=""',
        '',
        'formId="a" bindingType="zz"',
        'formId="a" bindingType="versionTag"',
        'externalReference=""',
      ].map((attributes) => deploy(asks('badForm', attributes))),
      ...['externalReference="a"', 'formKey="a" formId="b"', 'formKey=""', ''].map((attributes) =>
        deploy(asksByJob('badForm', attributes)),
      ),
    ],
  },
} satisfies Scenarios;
