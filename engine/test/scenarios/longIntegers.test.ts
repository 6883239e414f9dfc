import { createFeel } from '@baton/engine/feel';
import { readJson, writeJson } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import { createEncoding } from '../../broker/encoding.ts';

const text = '{"id":9007199254740993,"list":[-9223372036854775808,1]}';

it('an integer of 64 bits keeps its digits from JSON through the log to JSON', () => {
  const encoding = createEncoding({ sharedShapes: true });
  expect(writeJson(encoding.decode(encoding.encode(readJson(text))))).toBe(text);
});

it('FEEL counts with it, and wraps at 64 bits', () => {
  const feel = createFeel();
  const parsed = feel.parse('=[id, id + 1, 9223372036854775807 + 1, string(id)]');
  const scope = readJson(text) as { [name: string]: never };
  const evaluated = parsed.ok && feel.evaluate(parsed.value, scope, 0);
  expect(evaluated && (evaluated.ok ? writeJson(evaluated.value.value) : evaluated.failure)).toBe(
    '[9007199254740993,9007199254740994,-9223372036854775808,"9007199254740993"]',
  );
});
