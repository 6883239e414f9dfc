import type { JsonObject, JsonValue } from '@baton/engine/protocol';
import { dmnNamesOf } from '@baton/gateway/documents';
import { isObject } from '../../platform/contentPath.ts';

/** A trial that was kept: what a decision is told, and what it is to answer. */
export interface DecisionTest {
  name: string;
  variables: JsonObject;
  output: JsonValue;
}

/**
 * Tests stand in the decision they are of, as an extension, which DMN 1.3 allows in every element: whatever else reads the
 * file passes them by, and a copy of the file has its tests.
 */
const namespace = 'urn:baton:decision-tests';

const decisionsOf = (xml: string) => [
  ...new DOMParser().parseFromString(xml, 'text/xml').getElementsByTagNameNS('*', 'decision'),
];

export function testsOf(xml: string, decisionId: string): DecisionTest[] {
  const decision = decisionsOf(xml).find(({ id }) => id === decisionId);
  return [...(decision?.getElementsByTagNameNS(namespace, 'test') ?? [])].flatMap((test) => {
    const [name, variables, output] = ['name', 'variables', 'output'].map((one) => test.getAttribute(one));
    const told = read(variables);
    const answer = read(output);
    return name && isObject(told) && answer !== undefined ? [{ name, variables: told, output: answer }] : [];
  });
}

function read(json: string | null | undefined): JsonValue | undefined {
  try {
    return JSON.parse(json ?? '') as JsonValue;
  } catch {
    return undefined;
  }
}

/** The file with these tests of a decision in place of those it had; all else stays as it is written. */
export function withTests(xml: string, decisionId: string, tests: readonly DecisionTest[]): string {
  const start = dmnNamesOf(xml).decisions.find(({ id }) => id === decisionId)?.offset;
  const decision = start === undefined ? undefined : elementAt(xml, start);
  if (!decision) return xml;
  const prefix = new RegExp(`xmlns:([\\w-]+)\\s*=\\s*["']${namespace}["']`).exec(xml)?.[1] ?? 'baton';
  const [, indent = ''] = /([ \t]*)$/.exec(xml.slice(0, decision.from))!;
  const extension = decision.children.find(({ name }) => local(name) === 'extensionElements');
  const before = extension?.children.find(({ name }) => name === `${prefix}:tests`);

  const lines = (depth: number, ...texts: readonly string[]) =>
    texts.map((text) => `\n${indent}${'  '.repeat(depth)}${text}`).join('');
  const written =
    tests.length === 0
      ? ''
      : [
          lines(2, `<${prefix}:tests xmlns:${prefix}="${namespace}">`),
          ...tests.map((test) => lines(3, `<${prefix}:test ${attributesOf(test)} />`)),
          lines(2, `</${prefix}:tests>`),
        ].join('');
  const dmn = decision.name.includes(':') ? `${decision.name.split(':')[0]}:` : '';
  const whole =
    written && `${lines(1, `<${dmn}extensionElements>`)}${written}${lines(1, `</${dmn}extensionElements>`)}`;

  if (before && (written || extension!.children.length > 1)) return replaced(xml, before, written);
  if (before || (extension && extension.children.length === 0)) return replaced(xml, extension!, whole);
  if (extension) return inserted(xml, extension.children.at(-1)!.to, written);
  const described = decision.children.find(({ name }) => local(name) === 'description');
  return inserted(xml, described?.to ?? decision.inside, whole);
}

/** Whether two texts of a file answer the same whatever they are told: they differ in no more than their tests. */
export function decidesAlike(one: string | undefined, other: string): boolean {
  return one === other || (one !== undefined && withoutTests(one) === withoutTests(other));
}

function withoutTests(xml: string): string {
  if (!xml.includes('extensionElements')) return xml;
  // To look for the place of each decision in a large file takes long: most have no extension.
  return decisionsOf(xml)
    .filter((decision) => [...decision.children].some(({ localName }) => localName === 'extensionElements'))
    .reduce((left, { id }) => withTests(left, id, []), xml);
}

function attributesOf({ name, variables, output }: DecisionTest): string {
  const escaped = (text: string) =>
    text.replace(
      /[&<>"\n\t]/g,
      (sign) =>
        ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\t': '&#9;' })[sign]!,
    );
  const values = { name, variables: JSON.stringify(variables), output: JSON.stringify(output) };
  return Object.entries(values)
    .map(([attribute, value]) => `${attribute}="${escaped(value)}"`)
    .join(' ');
}

interface Written {
  name: string;
  from: number;
  to: number;
  /** Where what is in it begins. */
  inside: number;
  children: Written[];
}

const markup =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)([\w:.-]+)(?:"[^"]*"|'[^']*'|[^<>"'])*?(\/?)>/g;

/** The element that begins at an offset, with those in it, as far as it is well formed. */
function elementAt(xml: string, at: number): Written | undefined {
  const open: Written[] = [];
  for (const found of xml.slice(at).matchAll(markup)) {
    const [text, end, name, empty] = found;
    if (name === undefined) continue;
    const from = at + found.index;
    const to = from + text.length;
    if (!end) {
      const element: Written = { name, from, to, inside: to, children: [] };
      open.at(-1)?.children.push(element);
      open.push(element);
    }
    if (!end && !empty) continue;
    const closed = open.pop();
    if (closed?.name !== name) return undefined;
    closed.to = to;
    if (open.length === 0) return empty ? undefined : closed;
  }
  return undefined;
}

const local = (name: string) => name.replace(/^.*:/, '');
const inserted = (xml: string, at: number, text: string) => `${xml.slice(0, at)}${text}${xml.slice(at)}`;

/** An element goes with the line it stands on. */
function replaced(xml: string, { from, to }: Written, text: string): string {
  return `${xml.slice(0, from).replace(/\n?[ \t]*$/, '')}${text}${xml.slice(to)}`;
}
