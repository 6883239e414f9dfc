import { failed, ok, type Result } from '@baton/engine/protocol';
import { Parser } from 'saxen';

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
}

export interface XmlFault {
  message: string;
  /** 1-based. */
  line: number;
  column: number;
}

export interface Place {
  /** 1-based. */
  line: number;
  column: number;
}

const prefixes = {
  'https://www.omg.org/spec/DMN/20191111/MODEL/': 'dmn',
  'http://www.omg.org/spec/DMN/20180521/MODEL/': 'dmn',
  'http://www.omg.org/spec/DMN/20151101/dmn.xsd': 'dmn',
  'http://www.omg.org/spec/BPMN/20100524/MODEL': 'bpmn',
  'http://www.omg.org/spec/BPMN/20100524/DI': 'bpmndi',
  'http://www.omg.org/spec/DD/20100524/DC': 'dc',
  'http://www.omg.org/spec/DD/20100524/DI': 'di',
  'http://www.w3.org/2001/XMLSchema-instance': 'xsi',
  'http://camunda.org/schema/zeebe/1.0': 'zeebe',
  'http://camunda.org/schema/modeler/1.0': 'modeler',
};

/** Deeper files are refused; what walks the tree may recurse. */
const DEEPEST = 200;

/** The file as a tree, or the first place where it is not well-formed. Synchronous. */
export function readXml(xml: string): Result<XmlElement, XmlFault> {
  let root: XmlElement | undefined;
  let current: XmlElement | undefined;
  let ordinal = 0;
  let depth = 0;
  let fault: XmlFault | undefined;
  const report = (error: Error, context: () => { line: number; column: number }) => {
    const { line, column } = context();
    fault ??= { message: error.message, line: line + 1, column: column + 1 };
  };
  const parser = new Parser({ proxy: true })
    .ns(prefixes)
    .on('openTag', (tag, decode, _selfClosing, context) => {
      depth += 1;
      if (depth > DEEPEST) report(new Error(`more than ${DEEPEST} nested elements`), context);
      const attributes: { [name: string]: string } = Object.create(null);
      for (const [name, value] of Object.entries(tag.attrs || {})) attributes[name] = decode(value);
      const element = { name: tag.name, attributes, parent: current, children: [], text: '', ordinal };
      ordinal += 1;
      current?.children.push(element);
      root ??= element;
      current = element;
    })
    .on('closeTag', () => {
      depth -= 1;
      current = current?.parent;
    })
    .on('text', (text, decode) => {
      if (current) current.text += decode(text);
    })
    .on('cdata', (text) => {
      if (current) current.text += text;
    })
    .on('warn', report)
    .on('error', report);
  const stopped = parser.parse(xml);
  if (stopped) fault ??= { message: stopped.message, line: 1, column: 1 };
  if (fault) return failed(fault);
  if (!root) return failed({ message: 'missing start tag', line: 1, column: 1 });
  return ok(root);
}

/** Where the tags with these ordinals open; a second pass, because finding a line costs and is rarely asked for. */
export function locate(xml: string, ordinals: ReadonlySet<number>): Map<number, Place> {
  const places = new Map<number, Place>();
  if (ordinals.size === 0) return places;
  let ordinal = 0;
  new Parser({ proxy: true })
    .on('openTag', (_tag, _decode, _selfClosing, context) => {
      if (ordinals.has(ordinal)) {
        const { line, column } = context();
        places.set(ordinal, { line: line + 1, column: column + 1 });
      }
      ordinal += 1;
    })
    .on('warn', () => {})
    .on('error', () => {})
    .parse(xml);
  return places;
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
