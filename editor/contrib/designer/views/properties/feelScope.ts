import type { JsonValue } from '@baton/gateway/api';
import { isObject } from '../../../../platform/contentPath.ts';
import type { FeelVariable } from '../../../../platform/languages/feelLanguage.ts';

/** Where a process makes variables, and what they are called there. */
const made: readonly (readonly [RegExp, (element: string) => string])[] = [
  [/<zeebe:output\b[^>]*\btarget="([^"]+)"/g, (element) => `Output of ${element}.`],
  [/<zeebe:input\b[^>]*\btarget="([^"]+)"/g, (element) => `Input of ${element}; it is seen there.`],
  [/\bkey="resultVariable"\s+value="([^"]+)"/g, (element) => `Result of ${element}.`],
  [/\bresultVariable="([^"]+)"/g, (element) => `Result of ${element}.`],
  [/\binputElement="([^"]+)"/g, (element) => `One element of the list that ${element} goes through.`],
  [/\boutputCollection="([^"]+)"/g, (element) => `Results of all instances of ${element}.`],
];

/** Variables that an expression of this process may read: those of its start form, and those its elements make. */
export function feelScope(xml: string, startForm: JsonValue | undefined): FeelVariable[] {
  const found = new Map<string, FeelVariable>();
  for (const variable of ofSchema(startForm, 'the start form')) found.set(variable.name, variable);
  for (const [pattern, describe] of made)
    for (const { 1: path = '', index } of xml.matchAll(pattern)) {
      const [name = ''] = path.split('.');
      if (name && !found.has(name)) found.set(name, { name, description: describe(elementAt(xml, index)) });
    }
  return [...found.values()];
}

/** The element that a place of the file belongs to, as people call it. */
function elementAt(xml: string, at: number): string {
  const before = xml.slice(0, at);
  const start = Math.max(before.lastIndexOf('<bpmn:'), before.lastIndexOf('Task '), 0);
  const opened = [
    ...before.slice(Math.max(0, start - 4000)).matchAll(/<bpmn:\w+\b([^>]*\bid="[^"]*"[^>]*)>/g),
  ].at(-1)?.[1];
  const name = /\bname="([^"]*)"/.exec(opened ?? '')?.[1];
  const id = /\bid="([^"]*)"/.exec(opened ?? '')?.[1];
  return name || id || 'the process';
}

/** Members of a JSON Schema, and what is in them. */
function ofSchema(schema: JsonValue | undefined, by: string): FeelVariable[] {
  const properties = isObject(schema) ? schema.properties : undefined;
  if (!isObject(properties)) return [];
  return Object.entries(properties).map(([name, member]) => {
    const { title, description, type } = isObject(member) ? member : {};
    const members = ofSchema(member, by);
    const about = [title, description].filter((text) => typeof text === 'string').join('. ');
    return {
      name,
      description: about ? `${about}. From ${by}.` : `From ${by}.`,
      ...(typeof type === 'string' && { type: type === 'object' ? 'context' : type }),
      ...(members.length > 0 && { members }),
    };
  });
}
