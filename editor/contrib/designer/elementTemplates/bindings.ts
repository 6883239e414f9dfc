import type BpmnFactory from 'bpmn-js/lib/features/modeling/BpmnFactory';
import type Modeling from 'bpmn-js/lib/features/modeling/Modeling';
import type { Element } from 'bpmn-js/lib/model/Types';
import { extensionOf, type ModdleElement } from '../../../ui/diagram/index.ts';
import type { Extensions } from '../bpmn/extensions.ts';
import type { TemplateProperty } from './template.ts';

/** Where a template's field stands in the file. */
interface Binding {
  read(bo: ModdleElement, property: TemplateProperty): unknown;
  /** `undefined`: the field is taken out of the file. */
  write(editing: Editing, property: TemplateProperty, value: string | undefined): void;
}

export interface Editing {
  element: Element;
  bo: ModdleElement;
  modeling: Modeling;
  extensions: Extensions;
  factory: BpmnFactory;
}

/** An attribute of an extension element; which one, the binding says. */
function extensionAttribute(type: string, always?: string): Binding {
  const nameOf = ({ binding }: TemplateProperty) => always ?? binding.property ?? '';
  return {
    read: (bo, property) => extensionOf(bo, type)?.get(nameOf(property)),
    write: ({ element, extensions }, property, value) =>
      extensions.write(element, type, { [nameOf(property)]: value }),
  };
}

interface ListPlace {
  type: string;
  list: string;
  itemType: string;
  /** The attribute that names an entry, and the one that is its value. */
  key: string;
  value: string;
  nameOf(property: TemplateProperty): string;
}

/** One entry of a list inside an extension element. */
function extensionEntry({ type, list, itemType, key, value, nameOf }: ListPlace): Binding {
  const entriesOf = (bo: ModdleElement) => (extensionOf(bo, type)?.get(list) ?? []) as ModdleElement[];
  return {
    read: (bo, property) =>
      entriesOf(bo)
        .find((entry) => entry.get(key) === nameOf(property))
        ?.get(value),
    write({ element, bo, extensions }, property, text) {
      const name = nameOf(property);
      const entries = entriesOf(bo).map((entry) => ({ [key]: entry.get(key), [value]: entry.get(value) }));
      const at = entries.findIndex((entry) => entry[key] === name);
      const others = entries.filter((_, index) => index !== at);
      if (text !== undefined)
        others.splice(at === -1 ? others.length : at, 0, { [key]: name, [value]: text });
      extensions.writeList(element, type, list, itemType, others);
    },
  };
}

/** An attribute of the message or signal an element names. */
function referenced(reference: 'messageRef' | 'signalRef', extension?: string): Binding {
  const found = (bo: ModdleElement): ModdleElement | undefined => {
    const holder = ((bo.eventDefinitions as ModdleElement[] | undefined) ?? [])[0] ?? bo;
    const target = holder[reference] as ModdleElement | undefined;
    return extension && target ? extensionOf(target, extension) : target;
  };
  return {
    read: (bo, { binding }) => found(bo)?.get(binding.name ?? ''),
    write({ element, bo, modeling }, { binding }, value) {
      const target = found(bo);
      if (target) modeling.updateModdleProperties(element, target, { [binding.name ?? '']: value });
    },
  };
}

const timer: Binding = {
  read: (bo, { binding }) =>
    (
      ((bo.eventDefinitions as ModdleElement[]) ?? [])[0]?.get(binding.name ?? '') as
        | ModdleElement
        | undefined
    )?.body,
  write({ element, bo, modeling, factory }, { binding }, value) {
    const definition = ((bo.eventDefinitions as ModdleElement[]) ?? [])[0];
    if (!definition) return;
    const body = factory.create('bpmn:FormalExpression', { body: value ?? '' } as never);
    modeling.updateModdleProperties(element, definition, { [binding.name ?? '']: body });
  },
};

const property: Binding = {
  read: (bo, { binding }) => {
    const value = bo.get(binding.name ?? '');
    return isExpression(value) ? value.body : value;
  },
  write({ element, bo, modeling, factory }, { binding, type }, value) {
    const name = binding.name ?? '';
    const before = bo.get(name);
    const expression = isExpression(before) || name === 'conditionExpression';
    modeling.updateProperties(element, {
      [name]: expression
        ? factory.create('bpmn:FormalExpression', { body: value ?? '' } as never)
        : type === 'Boolean'
          ? value === 'true'
          : value,
    });
  },
};

const bindings: Readonly<Record<string, Binding>> = {
  property,
  'zeebe:taskDefinition': extensionAttribute('zeebe:TaskDefinition'),
  'zeebe:taskDefinition:type': extensionAttribute('zeebe:TaskDefinition', 'type'),
  'zeebe:input': extensionEntry({
    type: 'zeebe:IoMapping',
    list: 'inputParameters',
    itemType: 'zeebe:Input',
    key: 'target',
    value: 'source',
    nameOf: ({ binding }) => binding.name ?? '',
  }),
  'zeebe:output': extensionEntry({
    type: 'zeebe:IoMapping',
    list: 'outputParameters',
    itemType: 'zeebe:Output',
    key: 'source',
    value: 'target',
    nameOf: ({ binding }) => binding.source ?? '',
  }),
  'zeebe:taskHeader': extensionEntry({
    type: 'zeebe:TaskHeaders',
    list: 'values',
    itemType: 'zeebe:Header',
    key: 'key',
    value: 'value',
    nameOf: ({ binding }) => binding.key ?? '',
  }),
  'zeebe:property': extensionEntry({
    type: 'zeebe:Properties',
    list: 'properties',
    itemType: 'zeebe:Property',
    key: 'name',
    value: 'value',
    nameOf: ({ binding }) => binding.name ?? '',
  }),
  'zeebe:calledElement': extensionAttribute('zeebe:CalledElement'),
  'zeebe:calledDecision': extensionAttribute('zeebe:CalledDecision'),
  'zeebe:formDefinition': extensionAttribute('zeebe:FormDefinition'),
  'zeebe:script': extensionAttribute('zeebe:Script'),
  'zeebe:assignmentDefinition': extensionAttribute('zeebe:AssignmentDefinition'),
  'zeebe:taskSchedule': extensionAttribute('zeebe:TaskSchedule'),
  'zeebe:priorityDefinition': extensionAttribute('zeebe:PriorityDefinition'),
  'zeebe:adHoc': extensionAttribute('zeebe:AdHoc'),
  'bpmn:Message#property': referenced('messageRef'),
  'bpmn:Message#zeebe:subscription#property': referenced('messageRef', 'zeebe:Subscription'),
  'bpmn:Signal#property': referenced('signalRef'),
  'bpmn:TimerEventDefinition#property': timer,
};

/** Whether the field can be edited here; others keep what the template gave them. */
export function isEditable({ binding }: TemplateProperty): boolean {
  return Object.hasOwn(bindings, binding.type);
}

/** As it stands in the file: FEEL begins with `=`; '' when there is nothing. */
export function readBinding(bo: ModdleElement, property: TemplateProperty): string {
  const value = bindings[property.binding.type]?.read(bo, property);
  return value === undefined || value === null ? '' : String(value);
}

/** An empty optional field is not in the file; any other stays, empty. */
export function writeBinding(editing: Editing, property: TemplateProperty, value: string): void {
  const gone = (value === '' || value === '=') && property.optional === true;
  bindings[property.binding.type]?.write(editing, property, gone ? undefined : value);
}

function isExpression(value: unknown): value is ModdleElement {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as ModdleElement).$instanceOf === 'function' &&
    (value as ModdleElement).$instanceOf('bpmn:Expression')
  );
}
