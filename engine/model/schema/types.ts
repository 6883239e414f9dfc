import { namespaces } from '../xml/read.ts';
import * as bpmn from './bpmn20.ts';
import { contentModel, type Place } from './contentModel.ts';
import * as dmn from './dmn13.ts';

const elements = { ...bpmn.elements, ...dmn.elements };
const complexTypes = { ...bpmn.complexTypes, ...dmn.complexTypes };

/** A type with children or attributes, with all that it has from the types it extends. */
export interface Type {
  readonly name: string;
  readonly abstract: boolean;
  /** Whether text may stand between its children. */
  readonly mixed: boolean;
  /** Undefined when nothing may stand in it. */
  readonly content: Place | undefined;
  /** Types by name. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly required: readonly string[];
  /** The namespace whose attributes may not stand here beside those above, while all others may. */
  readonly otherThan: string | undefined;
}

const ready = new Map<string, Type>();

/** Undefined when there is no such type, or when it is a type of texts. */
export function typeNamed(name: string): Type | undefined {
  const known = ready.get(name);
  if (known || !Object.hasOwn(complexTypes, name)) return known;
  const lineage = lineageOf(name).map((ancestor) => complexTypes[ancestor]!);
  const otherThan = lineageOf(name).find((ancestor) => complexTypes[ancestor]!.otherAttributes);
  const content = lineage.flatMap((one) => one.content ?? []).join(' ');
  const attributes = lineage.flatMap((one) => one.attributes?.split(' ') ?? []);
  const split = attributes.map((attribute) => attribute.split(/(!?):(.*)/) as [string, string, string]);
  const type: Type = {
    name,
    abstract: complexTypes[name]!.abstract === true,
    mixed: lineage.some(({ mixed }) => mixed),
    content: content === '' ? undefined : contentModel(content),
    attributes: new Map(split.map(([attribute, , of]) => [attribute, of])),
    required: split.filter(([, sign]) => sign === '!').map(([attribute]) => attribute),
    otherThan: otherThan === undefined ? undefined : namespaceOf(otherThan),
  };
  ready.set(name, type);
  return type;
}

/** The type and all that it extends, from the most general on. */
export function lineageOf(name: string): string[] {
  const base = complexTypes[name]?.base;
  return base === undefined ? [name] : [...lineageOf(base), name];
}

/** The schemas that files are held against, by the prefixes of their names. */
export const schemas = {
  bpmn: new Set(['bpmn', 'bpmndi', 'di', 'dc']),
  dmn: new Set(['dmn', 'dmndi', 'dmndd', 'dmndc']),
} as const;
export type Schema = keyof typeof schemas;

/** The type of an element that stands by itself in a schema; the other one is not known there. */
export function typeOfElement(name: string, schema: Schema): string | undefined {
  return Object.hasOwn(elements, name) && schemas[schema].has(name.slice(0, name.indexOf(':')))
    ? elements[name]!.split(' < ')[0]
    : undefined;
}

/** Whether an element may stand where another is asked for. */
export function standsFor(name: string, asked: string): boolean {
  for (let one: string | undefined = name; one !== undefined; one = elements[one]?.split(' < ')[1])
    if (one === asked) return true;
  return false;
}

/** The namespace of a name of ours. */
export function namespaceOf(name: string): string {
  return namespaces[name.slice(0, name.indexOf(':')) as keyof typeof namespaces];
}
