import type { JsonValue } from '@baton/gateway/api';
import { readJson } from '../../platform/jsonText.ts';
import { type ContentTexts, contentRead } from '../../platform/versionedKinds.ts';

export function textOf(content: JsonValue): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** A task as one JSON text. */
export const taskTexts: ContentTexts = {
  parts: [{ id: 'json', title: 'JSON', language: 'json', textOf }],
  contentOf: ({ json = '' }) => contentRead(readJson(json)),
};
