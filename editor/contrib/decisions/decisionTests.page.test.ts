import { expect, it } from 'vitest';
import { blankDecision } from './blankDecision.ts';
import { decidesAlike, testsOf, withTests } from './decisionTests.ts';

const blank = blankDecision('Refund limit');
const id = 'refund-limit';
const asks = {
  name: 'asks "big" & <bigger>',
  variables: { amount: 120, of: { name: 'Eva\n' } },
  output: 'ask',
};
const nothing = { name: 'nothing', variables: {}, output: null };

it('tests of a decision are read as they were kept', () => {
  expect(testsOf(blank, id)).toEqual([]);
  expect(testsOf(withTests(blank, id, [asks, nothing]), id)).toEqual([asks, nothing]);
});

it('all else of the file stays as it is written', () => {
  const kept = withTests(blank, id, [asks]);
  expect(withTests(kept, id, [])).toBe(blank);
  expect(withTests(withTests(kept, id, [asks, nothing]), id, [asks])).toBe(kept);
});

it('tests stand behind a description, beside what others have there, and with the prefix of the file', () => {
  const file = (inside: string) =>
    `<dmn:definitions xmlns:dmn="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">\n  <dmn:decision id="a" name="A">${inside}\n    <dmn:variable id="v" />\n  </dmn:decision>\n</dmn:definitions>\n`;
  const described = file('\n    <dmn:description>Says.</dmn:description>');
  expect(withTests(described, 'a', [nothing])).toBe(
    file(`
    <dmn:description>Says.</dmn:description>
    <dmn:extensionElements>
      <baton:tests xmlns:baton="urn:baton:decision-tests">
        <baton:test name="nothing" variables="{}" output="null" />
      </baton:tests>
    </dmn:extensionElements>`),
  );
  const tagged = file(`
    <dmn:extensionElements>
      <zeebe:versionTag value="1" />
    </dmn:extensionElements>`);
  const kept = withTests(tagged, 'a', [nothing]);
  expect(testsOf(kept, 'a')).toEqual([nothing]);
  expect(withTests(kept, 'a', [])).toBe(tagged);
});

it('a decision that is not there, or cannot be read, stays', () => {
  expect(withTests(blank, 'other', [asks])).toBe(blank);
  const broken = blank.replace('</decision>', '');
  expect(withTests(broken, id, [asks])).toBe(broken);
});

it('a file decides as it did, whatever tests it has', () => {
  const kept = withTests(blank, id, [asks]);
  expect(decidesAlike(kept, blank)).toBe(true);
  expect(decidesAlike(kept, withTests(blank, id, [nothing, asks]))).toBe(true);
  expect(decidesAlike(kept, blank.replace('Refund limit', 'Refunds'))).toBe(false);
  expect(decidesAlike(undefined, blank)).toBe(false);
  const described = blank.replace(/(<decision [^>]*>)/, '$1<extensionElements />');
  expect(decidesAlike(described, withTests(described, id, [asks]))).toBe(true);
});
