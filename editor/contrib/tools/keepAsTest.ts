import { readJson } from '../../platform/jsonText.ts';
import { freeSampleName, type Sample, samplesOf } from './samples.ts';
import type { ToolDocument } from './toolDocument.ts';

/**
 * Keeps the sample input under a name that is asked for. What the tool last came to with this input is what the test
 * expects from now on; an input that was not tried yet expects nothing.
 */
export async function keepAsTest(document: ToolDocument): Promise<void> {
  const { dialogs, notifications } = document.platform;
  const { sample, draft, test } = document.view.getState();
  const input = readJson(sample);
  const known = samplesOf(draft.samples);
  if (!input.ok)
    return notifications.error(`Sample input, line ${input.failure.line}: ${input.failure.message}`);
  if (!known)
    return notifications.error('Expected the tests to be a list in [ ], but they are something else.');
  const name = await dialogs.input({
    title: 'Name of the test',
    placeholder: 'finds an order that is in transit',
    value: freeSampleName(known, 'answers'),
    validate: (text) =>
      text.trim() === ''
        ? 'Expected a name, but it is empty.'
        : text.trim().length > 100
          ? 'Expected at most 100 characters, but there are more.'
          : undefined,
  });
  if (!name) return;
  const { value } = input.value;
  const tried =
    test?.state === 'ran' && JSON.stringify(test.input) === JSON.stringify(value) ? test : undefined;
  document.keepSample({ name: name.trim(), input: value, ...expectedOf(tried?.answer) });
}

function expectedOf(answer: { ok: boolean; output?: Sample['input']; error?: { code: string } } | undefined) {
  if (!answer) return {};
  if (answer.ok && answer.output !== undefined) return { expects: { output: answer.output } };
  return answer.error ? { expects: { error: answer.error.code } } : {};
}
