import type { JsonValue, ToolContent } from '@baton/gateway/api';
import { isObject } from '../../platform/contentPath.ts';
import { readJson } from '../../platform/jsonText.ts';
import { textOf } from './toolDraft.ts';

/** An input beside the tool; with what is expected of it, it is a test. */
export type Sample = ToolContent['samples'][number];

/** The samples a text says, as far as each can be read; `undefined` while the text is no list. */
export function samplesOf(text: string): readonly Sample[] | undefined {
  const list = listOf(text);
  return list?.flatMap((each) =>
    isObject(each) && typeof each.name === 'string' && each.input !== undefined ? [each as Sample] : [],
  );
}

/** The text with one more; one of the same name is replaced where it stands. A text that is no list stays. */
export function withSample(text: string, sample: Sample): string {
  const list = listOf(text);
  if (!list) return text;
  const at = list.findIndex((each) => isObject(each) && each.name === sample.name);
  return textOf(at < 0 ? [...list, sample] : list.map((each, index) => (index === at ? sample : each)));
}

export function withoutSample(text: string, name: string): string {
  const list = listOf(text);
  return list ? textOf(list.filter((each) => !(isObject(each) && each.name === name))) : text;
}

/** The first of `works`, `works 2`, … that no sample has. */
export function freeSampleName(samples: readonly Sample[], wanted: string): string {
  for (let number = 2, name = wanted; ; number++) {
    if (!samples.some((sample) => sample.name === name)) return name;
    name = `${wanted} ${number}`;
  }
}

/** What is expected of a sample, in a few words. */
export function expectationOf({ expects }: Sample): string {
  if (!expects) return 'answers something';
  return 'error' in expects ? `fails with ${expects.error}` : `answers ${JSON.stringify(expects.output)}`;
}

function listOf(text: string): JsonValue[] | undefined {
  const read = readJson(text);
  return read.ok && Array.isArray(read.value.value) ? read.value.value : undefined;
}
