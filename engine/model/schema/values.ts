import type { NamespaceScope } from '../xml/read.ts';
import { isNcName } from '../xml/reader.ts';
import { enumerations as ofBpmn, uriOrOneOf } from './bpmn20.ts';
import { enumerations as ofDmn } from './dmn13.ts';

const enumerations: typeof ofBpmn = { ...ofBpmn, ...ofDmn };

/** What is wrong with a text that should be a value of a type; undefined when nothing is. */
export function faultOfValue(text: string, type: string, scope: NamespaceScope): string | undefined {
  const allowed = enumerations[type];
  if (allowed)
    return allowed.includes(text)
      ? undefined
      : `cvc-enumeration-valid: Value '${text}' is not facet-valid with respect to enumeration '[${allowed.join(', ')}]'. It must be a value from the enumeration.`;
  if (type === 'string') return undefined;
  const value = collapsed(text);
  const alternatives = uriOrOneOf[type];
  if (alternatives) {
    const [, name] = type.split(':');
    return alternatives.includes(value) || isUri(value)
      ? undefined
      : `cvc-datatype-valid.1.2.3: '${value}' is not a valid value of union type '${name}'.`;
  }
  const builtIn = builtInTypes[type];
  if (!builtIn) throw new Error(`Expected the schema to know type '${type}', but it does not.`);
  if (!builtIn.holds(value))
    return `cvc-datatype-valid.1.2.1: '${value}' is not a valid value for '${builtIn.name}'.`;
  if (type !== 'QName') return undefined;
  const prefix = value.slice(0, Math.max(value.indexOf(':'), 0));
  return prefix === '' || scope.has(prefix)
    ? undefined
    : `UndeclaredPrefix: Cannot resolve '${value}' as a QName: the prefix '${prefix}' is not declared.`;
}

const double = /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN)$/;
const integer = /^[+-]?\d+$/;

const builtInTypes: {
  readonly [type: string]: { name: string; holds(value: string): boolean };
} = {
  boolean: { name: 'boolean', holds: (value) => /^(?:true|false|0|1)$/.test(value) },
  integer: { name: 'integer', holds: (value) => integer.test(value) },
  int: { name: 'integer', holds: (value) => integer.test(value) },
  double: { name: 'double', holds: (value) => double.test(value) },
  anyURI: { name: 'anyURI', holds: isUri },
  ID: { name: 'NCName', holds: isNcName },
  IDREF: { name: 'NCName', holds: isNcName },
  QName: { name: 'QName', holds: (value) => value.split(':').length < 3 && value.split(':').every(isNcName) },
};

/** Whether a type is one of texts. */
export function isTextType(type: string): boolean {
  return type === 'string' || type in builtInTypes || type in enumerations || type in uriOrOneOf;
}

export function collapsed(text: string): string {
  return text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
}

/** A URI reference; letters outside of ASCII and spaces count as escaped. */
function isUri(text: string): boolean {
  if (/%(?![0-9a-fA-F]{2})/.test(text) || text.split('#').length > 2) return false;
  const scheme = /^([^:/?#]*):(.*)$/s.exec(text);
  if (!scheme) return true;
  if (!/^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme[1]!) || scheme[2] === '') return false;
  return !/^\/\/[^/?#]*\[(?![^\]/?#]*\])/.test(scheme[2]!);
}
