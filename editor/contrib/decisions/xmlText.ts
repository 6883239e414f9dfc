import { failed, ok, type Result } from '@baton/engine/protocol';
import type { TextProblem, TextReading } from '../../platform/textDocument.ts';

const read: TextReading = { value: null, places: new Map() };

/** Whether a text is XML at all; a place is said where the browser knows one. */
export function readXml(text: string): Result<TextReading, TextProblem> {
  if (text.trim() === '')
    return failed({ line: 1, column: 1, message: 'Expected a DMN file, but the text is empty.' });
  const [error] = new DOMParser()
    .parseFromString(text, 'application/xml')
    .getElementsByTagName('parsererror');
  if (!error) return ok(read);
  const said = error.textContent ?? '';
  const place = /line (?:number )?(\d+)(?: at|,)? column (\d+)/i.exec(said) ?? /(\d+):(\d+)/.exec(said);
  const reason = /column \d+:\s*([^\n]+)/i.exec(said)?.[1] ?? said.split('\n')[0] ?? '';
  return failed({
    line: Number(place?.[1] ?? 1),
    column: Number(place?.[2] ?? 1),
    message: `Expected well-formed XML, but: ${reason.trim().replace(/\.?$/, '.')}`,
  });
}
