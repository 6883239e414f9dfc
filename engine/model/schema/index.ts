import { namespaces, type Written, type XmlElement, type XmlReading } from '../xml/read.ts';
import type { Place } from './contentModel.ts';
import { type IdReferences, idReferences } from './idReferences.ts';
import {
  lineageOf,
  namespaceOf,
  type Schema,
  standsFor,
  type Type,
  typeNamed,
  typeOfElement,
} from './types.ts';
import { collapsed, faultOfValue, isTextType } from './values.ts';

/** Where a file first is not as the schema wants it. */
export interface SchemaFault {
  message: string;
  element: XmlElement;
  /** Where a reader that goes through the text is when it finds out. */
  offset: number;
}

/** What an element may be: of a type with children, of a type of texts, or of a schema that nobody here knows. */
type Kind = { complex: Type } | { text: string } | 'unknown';

class Fault extends Error {
  readonly element: XmlElement;
  readonly offset: number;
  constructor(message: string, element: XmlElement, offset: number) {
    super(message);
    this.element = element;
    this.offset = offset;
  }
}

/**
 * Holds a file against the schema of BPMN 2.0 or DMN 1.3, element by element in its order. Where the text stops being XML the check stops too;
 * what stands before has been checked.
 */
export function faultOfSchema({ root, fault }: XmlReading, schema: Schema): SchemaFault | undefined {
  if (!root) return undefined;
  const ids = new Set<string>();
  const references = idReferences();
  try {
    const type = typeOfElement(root.name, schema);
    if (type === undefined && !xsiType(root))
      refuse(root, `cvc-elt.1.a: Cannot find the declaration of element '${root.written.name}'.`);
    check(root, type, { schema, ids, references });
    const missing = fault ? undefined : references.without(ids);
    if (missing !== undefined)
      refuse(
        root,
        `cvc-id.1: There is no ID/IDREF binding for IDREF '${missing}'.`,
        root.written.closed ?? root.written.opened,
      );
    return undefined;
  } catch (found) {
    if (found instanceof Fault) return found;
    throw found;
  }
}

interface Seen {
  readonly schema: Schema;
  ids: Set<string>;
  references: IdReferences;
}

function refuse(element: XmlElement, message: string, offset = element.written.opened): never {
  throw new Fault(message, element, offset);
}

/** @param declared the type that the element has by its name, if any */
function check(element: XmlElement, declared: string | undefined, seen: Seen): void {
  const kind = kindOf(element, declared);
  const { attributes } = element.written;
  if (
    kind !== 'unknown' &&
    attributes.some(({ name, namespace }) => namespace === namespaces.xsi && /(^|:)nil$/.test(name))
  )
    refuse(
      element,
      `cvc-elt.3.1: Attribute '${namespaces.xsi},nil' must not appear on element '${element.written.name}', because the {nillable} property of '${element.written.name}' is false.`,
    );
  if (kind === 'unknown') {
    for (const child of element.children) check(child, typeOfElement(child.name, seen.schema), seen);
    return;
  }
  if ('text' in kind) {
    checkTextElement(element, kind.text, seen);
    return;
  }
  checkAttributes(element, kind.complex, seen);
  checkContent(element, kind.complex, seen);
}

function kindOf(element: XmlElement, declared: string | undefined): Kind {
  const named = xsiType(element);
  const type = named === undefined ? declared : typeByXsi(element, named, declared);
  if (type === undefined) return 'unknown';
  const complex = typeNamed(type);
  if (!complex) return { text: type };
  if (complex.abstract)
    refuse(
      element,
      `cvc-type.2: The type definition cannot be abstract for element ${element.written.name}.`,
    );
  return { complex };
}

function xsiType(element: XmlElement): string | undefined {
  return element.attributes['xsi:type'];
}

function typeByXsi(element: XmlElement, written: string, declared: string | undefined): string {
  const { scope, name } = element.written;
  const fault = faultOfValue(written, 'QName', scope);
  if (fault) refuse(element, fault);
  const value = collapsed(written);
  const [prefix, local] = value.includes(':') ? value.split(':') : ['', value];
  const namespace = scope.get(prefix!);
  const known = Object.entries(namespaces).find(([, uri]) => uri === namespace)?.[0];
  const type = namespace === XSD ? local! : `${known}:${local}`;
  if (!typeNamed(type) && !isTextType(type))
    refuse(element, `cvc-elt.4.2: Cannot resolve '${value}' to a type definition for element '${name}'.`);
  if (declared !== undefined && !lineageOf(type).includes(declared))
    refuse(
      element,
      `cvc-elt.4.3: Type '${value}' is not validly derived from the type definition, '${declared.slice(declared.indexOf(':') + 1)}', of element '${name}'.`,
    );
  return type;
}

const XSD = 'http://www.w3.org/2001/XMLSchema';

function checkAttributes(element: XmlElement, type: Type, seen: Seen): void {
  const { attributes, name: elementName } = element.written;
  for (const { name, localName, namespace, value } of attributes) {
    if (namespace === namespaces.xsi) continue;
    const of = namespace === undefined ? type.attributes.get(localName) : undefined;
    if (of !== undefined) {
      checkValue(element, value, of, seen, element.written.opened);
      continue;
    }
    if (type.otherThan === undefined || namespace === undefined || namespace === type.otherThan)
      refuse(
        element,
        `cvc-complex-type.3.2.2: Attribute '${name}' is not allowed to appear in element '${elementName}'.`,
      );
  }
  for (const required of type.required) {
    if (attributes.some(({ name }) => name === required)) continue;
    refuse(element, `cvc-complex-type.4: Attribute '${required}' must appear on element '${elementName}'.`);
  }
}

function checkValue(element: XmlElement, text: string, type: string, seen: Seen, offset: number): void {
  const fault = faultOfValue(text, type, element.written.scope);
  if (fault) refuse(element, fault, offset);
  if (type === 'IDREF') seen.references.add(collapsed(text));
  if (type !== 'ID') return;
  const id = collapsed(text);
  if (seen.ids.has(id))
    refuse(element, `cvc-id.2: There are multiple occurrences of ID value '${id}'.`, offset);
  seen.ids.add(id);
}

function checkTextElement(element: XmlElement, type: string, seen: Seen): void {
  const { name, attributes, closed } = element.written;
  const attribute = attributes.find(({ namespace }) => namespace !== namespaces.xsi);
  if (attribute)
    refuse(
      element,
      `cvc-type.3.1.1: Element '${name}' is a simple type, so it cannot have attributes, excepting those whose namespace name is identical to '${namespaces.xsi}' and whose [local name] is one of 'type', 'nil', 'schemaLocation' or 'noNamespaceSchemaLocation'. However, the attribute, '${attribute.name}' was found.`,
    );
  for (const child of element.children) check(child, typeOfElement(child.name, seen.schema), seen);
  if (closed === undefined) return;
  if (element.children.length > 0)
    refuse(
      element,
      `cvc-type.3.1.2: Element '${name}' is a simple type, so it must have no element information item [children].`,
      closed,
    );
  checkValue(element, element.text, type, seen, closed);
}

function checkContent(element: XmlElement, type: Type, seen: Seen): void {
  const { name, closed } = element.written;
  let place = type.content;
  let taken = 0;
  for (const child of element.children) {
    if (!place) {
      // nothing may stand here at all: said when the element ends
      check(child, typeOfElement(child.name, seen.schema), seen);
      continue;
    }
    const next = nextPlace(place, taken, child, type);
    taken = next === place ? taken + 1 : 1;
    place = next;
    const wildcard = /^##\w+\/(\w+)$/.exec(place.name);
    const declared = wildcard
      ? typeOfElement(child.name, seen.schema)
      : (place.type ?? typeOfElement(child.name, seen.schema));
    if (wildcard?.[1] === 'strict' && declared === undefined && !xsiType(child))
      refuse(
        child,
        `cvc-complex-type.2.4.c: The matching wildcard is strict, but no declaration can be found for element '${child.written.name}'.`,
      );
    check(child, declared, seen);
  }
  if (closed === undefined) return;
  const text = /[^ \t\r\n]/.test(element.text);
  if (!place) {
    if (element.children.length > 0 || element.text !== '')
      refuse(
        element,
        `cvc-complex-type.2.1: Element '${name}' must have no character or element information item [children], because the type's content type is empty.`,
        closed,
      );
    return;
  }
  if (text && !type.mixed)
    refuse(
      element,
      `cvc-complex-type.2.3: Element '${name}' cannot have character [children], because the type's content type is element-only.`,
      closed,
    );
  const incomplete = `The content of element '${name}' is not complete.`;
  if (place.least !== undefined && taken < place.least)
    refuse(
      element,
      `cvc-complex-type.2.4.i: ${incomplete} '${expanded(place, type)}' is expected to occur a minimum of '${place.least}' times. One more instance is required to satisfy this constraint.`,
      closed,
    );
  if (!place.last)
    refuse(
      element,
      `cvc-complex-type.2.4.b: ${incomplete} One of '${anyOf(place, type)}' is expected.`,
      closed,
    );
}

/** The place that a child takes behind another. */
function nextPlace(place: Place, taken: number, child: XmlElement, type: Type): Place {
  const full = place.most !== undefined && taken >= place.most;
  const short = place.least !== undefined && taken < place.least;
  const next = place.next.find(
    (one) => (short ? one === place : !(full && one === place)) && takes(one, child, type),
  );
  if (next) return next;
  const found = `Invalid content was found starting with element`;
  const { written } = child;
  if (short)
    refuse(
      child,
      `cvc-complex-type.2.4.g: ${found} '${written.name}'. '${expanded(place, type)}' is expected to occur a minimum of '${place.least}' times in the current sequence. One more instance is required to satisfy this constraint.`,
    );
  if (place.next.length === 0)
    refuse(
      child,
      `cvc-complex-type.2.4.d: ${found} '${written.name}'. No child element is expected at this point.`,
    );
  return refuse(
    child,
    `cvc-complex-type.2.4.a: ${found} '${expandedElement(written)}'. One of '${anyOf(place, type)}' is expected.`,
  );
}

function takes({ name, type: own }: Place, child: XmlElement, parent: Type): boolean {
  if (name.startsWith('##any')) return true;
  if (name.startsWith('##other')) {
    const { namespace } = child.written;
    return namespace !== undefined && namespace !== namespaceOf(parent.name);
  }
  return own === undefined ? standsFor(child.name, name) : child.name === name;
}

function anyOf({ next }: Place, type: Type): string {
  return `{${[...new Set(next.map((one) => expanded(one, type)))].join(', ')}}`;
}

function expanded({ name }: Place, type: Type): string {
  if (name.startsWith('##any')) return 'WC[##any]';
  if (name.startsWith('##other')) return `WC[##other:"${namespaceOf(type.name)}"]`;
  return `"${namespaceOf(name)}":${name.slice(name.indexOf(':') + 1)}`;
}

function expandedElement({ name, namespace }: Written): string {
  const local = name.slice(name.indexOf(':') + 1);
  return namespace === undefined ? local : `{"${namespace}":${local}}`;
}
