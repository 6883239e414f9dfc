import { expect, it } from 'vitest';
import { blankTool } from './blankTool.ts';
import { contentOfDraft, draftOf } from './toolDraft.ts';
import { toolTexts } from './toolTexts.ts';

const [source, definition] = toolTexts.parts;
const content = contentOfDraft(draftOf(blankTool as never));

it('is its source and its definition, and comes back from the two', () => {
  const texts = { source: source!.textOf(content), definition: definition!.textOf(content) };
  expect(texts.definition).not.toContain('defineTool');
  const { source: text, ...rest } = content;
  expect(toolTexts.contentOf(texts)).toEqual({ ok: true, value: { ...rest, source: text } });
});

it('does not differ from an older version by what that left to its defaults', () => {
  const { egress: _, capabilities: __, ...older } = content;
  expect(definition!.textOf(older)).toBe(definition!.textOf(content));
});

it('says which text cannot be read', () => {
  expect(toolTexts.contentOf({ source: '', definition: '{' })).toMatchObject({
    ok: false,
    failure: { code: 'UNREADABLE', message: expect.stringMatching(/^Definition: Expected a name in quotes/) },
  });
});
