import { createReader } from './reader.ts';

/** An element of the file. Names carry the prefix of their namespace as we know it, whatever the file calls it. */
export interface XmlElement {
  /** `bpmn:serviceTask`, `zeebe:input`, … */
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly parent: XmlElement | undefined;
  readonly children: XmlElement[];
  /** Text between the tags, entities decoded, CDATA included. */
  text: string;
  /** How many tags were opened before this one. */
  readonly ordinal: number;
  readonly written: Written;
}

/** An element as the file has it. Offsets count from the start of the text. */
export interface Written {
  readonly name: string;
  readonly namespace: string | undefined;
  /** In their order, without those that declare namespaces. */
  readonly attributes: readonly WrittenAttribute[];
  readonly scope: NamespaceScope;
  /** Of the `<`. */
  readonly start: number;
  /** Behind the opening tag. */
  readonly opened: number;
  /** Behind the closing tag; undefined when the text is at fault before. */
  closed: number | undefined;
}

export interface WrittenAttribute {
  readonly name: string;
  readonly localName: string;
  readonly namespace: string | undefined;
  readonly value: string;
}

/** Which prefix stands for which namespace; `''` is the default. */
export type NamespaceScope = ReadonlyMap<string, string>;

export interface XmlFault {
  message: string;
  offset: number;
}

export interface Place {
  /** 1-based. */
  line: number;
  column: number;
}

/** What could be read of a file: the tree, up to the first place where it is not well-formed. */
export interface XmlReading {
  readonly root: XmlElement | undefined;
  readonly fault: XmlFault | undefined;
}

export const namespaces = {
  bpmn: 'http://www.omg.org/spec/BPMN/20100524/MODEL',
  bpmndi: 'http://www.omg.org/spec/BPMN/20100524/DI',
  dc: 'http://www.omg.org/spec/DD/20100524/DC',
  di: 'http://www.omg.org/spec/DD/20100524/DI',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
  zeebe: 'http://camunda.org/schema/zeebe/1.0',
  modeler: 'http://camunda.org/schema/modeler/1.0',
  dmn: 'https://www.omg.org/spec/DMN/20191111/MODEL/',
  dmndi: 'https://www.omg.org/spec/DMN/20191111/DMNDI/',
  dmndc: 'http://www.omg.org/spec/DMN/20180521/DC/',
  dmndd: 'http://www.omg.org/spec/DMN/20180521/DI/',
};
const prefixes = new Map([
  ...Object.entries(namespaces).map(([prefix, uri]) => [uri, prefix] as const),
  // what DMN was called in other versions
  ['https://www.omg.org/spec/DMN/20230324/MODEL/', 'dmn'],
  ['https://www.omg.org/spec/DMN/20230324/DMNDI/', 'dmndi'],
  ['https://www.omg.org/spec/DMN/20211108/MODEL/', 'dmn'],
  ['https://www.omg.org/spec/DMN/20211108/DMNDI/', 'dmndi'],
  ['http://www.omg.org/spec/DMN/20180521/DMNDI/', 'dmndi'],
  ['http://www.omg.org/spec/DMN/20180521/MODEL/', 'dmn'],
  ['http://www.omg.org/spec/DMN/20151101/dmn.xsd', 'dmn'],
  ['http://www.omg.org/spec/DMN/20151101/dmn11.xsd', 'dmn'],
]);

/** Attributes that name an element by its id and may put a prefix before it, which means nothing. */
const qNames: ReadonlySet<string> = new Set([
  'messageRef',
  'signalRef',
  'errorRef',
  'escalationRef',
  'attachedToRef',
  'activityRef',
]);

/** Deeper files are refused; what walks the tree may recurse. */
const DEEPEST = 200;

/** Reads a file. Synchronous. */
export function readXml(xml: string): XmlReading {
  let root: XmlElement | undefined;
  let current: XmlElement | undefined;
  let ordinal = 0;
  let depth = 0;
  const fault = createReader(xml, {
    opened(written) {
      depth += 1;
      if (depth > DEEPEST) return `Expected at most ${DEEPEST} nested elements, but found more.`;
      const attributes: { [name: string]: string } = Object.create(null);
      for (const { name, localName, namespace, value } of written.attributes)
        attributes[knownName(name, localName, namespace)] = qNames.has(name) ? localPart(value) : value;
      const { name, namespace } = written;
      const element: XmlElement = {
        name: knownName(name, name.slice(name.indexOf(':') + 1), namespace),
        attributes,
        parent: current,
        children: [],
        text: '',
        ordinal,
        written,
      };
      ordinal += 1;
      current?.children.push(element);
      root ??= element;
      current = element;
      return undefined;
    },
    text(text) {
      if (current) current.text += text;
    },
    closed(offset) {
      depth -= 1;
      if (current) current.written.closed = offset;
      current = current?.parent;
    },
  });
  return { root, fault };
}

/** What other namespaces call by a prefix of ours is not mistaken for ours. */
function knownName(name: string, localName: string, namespace: string | undefined): string {
  if (namespace === undefined) return name;
  const prefix = prefixes.get(namespace);
  if (prefix) return `${prefix}:${localName}`;
  return name.slice(0, -localName.length - 1) in namespaces || name === localName
    ? `{${namespace}}${localName}`
    : name;
}

/** Line and column of an offset; `\n`, `\r` and `\r\n` end a line. */
export function placeOf(xml: string, offset: number): Place {
  const before = xml.slice(0, offset).split(/\r\n?|\n/);
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** A name without its prefix. */
export function localPart(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

export function localName(element: XmlElement): string {
  return element.name.slice(element.name.indexOf(':') + 1);
}

export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((one) => one.name === name);
}

export function childrenNamed(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((one) => one.name === name) ?? [];
}

/** Zeebe's extension of an element, by name without prefix. */
export function extension(element: XmlElement, name: string): XmlElement | undefined {
  return child(child(element, 'bpmn:extensionElements'), `zeebe:${name}`);
}

export function idOf(element: XmlElement): string {
  return element.attributes.id ?? '';
}

export function nameOf(element: XmlElement): string {
  return element.attributes.name ?? '';
}

/** What the schema calls a boolean, where it is given. */
export function isTrue(element: XmlElement, attribute: string): boolean {
  return /^\s*(?:true|1)\s*$/.test(element.attributes[attribute] ?? '');
}
