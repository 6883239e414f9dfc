import { applyPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences, patchOf } from './compare.ts';
import { documentOf } from './document.ts';

describe('what differs between two contents', () => {
  it('is told by JSON pointers, with what was there and what is', () => {
    const before = { model: 'a', tools: ['x', 'y'], limits: { 'a/b~c': 1 }, gone: null };
    const after = { model: 'b', tools: ['x'], limits: { 'a/b~c': 2 }, added: { deep: true } };
    expect(differences(before, after)).toEqual({
      complete: true,
      changes: [
        { path: '/model', kind: 'changed', before: 'a', after: 'b' },
        { path: '/tools/1', kind: 'removed', before: 'y' },
        { path: '/limits/a~1b~0c', kind: 'changed', before: 1, after: 2 },
        { path: '/gone', kind: 'removed', before: null },
        { path: '/added', kind: 'added', after: { deep: true } },
      ],
    });
    expect(differences(before, structuredClone(before))).toEqual({ complete: true, changes: [] });
  });

  it('is told without the values where those are long', () => {
    expect(differences({ xml: 'a'.repeat(30_000) }, { xml: 'b' })).toEqual({
      complete: true,
      changes: [{ path: '/xml', kind: 'changed', after: 'b' }],
    });
  });

  it('is told in part where it is too much, and says so', () => {
    const numbers = (count: number, each: number) => ({ list: Array.from({ length: count }, () => each) });
    const many = differences(numbers(6_000, 0), numbers(6_000, 1));
    expect([many.changes.length, many.complete]).toEqual([5_000, false]);
    const huge = differences({ ...numbers(90_000, 0), same: 1 }, { ...numbers(90_000, 1), same: 1 });
    expect(huge).toEqual({ complete: false, changes: [{ path: '/list', kind: 'changed' }] });
    expect(differences(numbers(90_000, 0), numbers(90_000, 0))).toEqual({ complete: true, changes: [] });
  });
});

describe('the patch between two texts', () => {
  const patch = (before: string, after: string) =>
    patchOf({ name: '1', text: before }, { name: 'draft', text: after });

  it('reads as people know it', () => {
    expect(patch('a\nb\nc\n', 'a\nB\nc\n')).toEqual({
      complete: true,
      text: '--- 1\n+++ draft\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n',
    });
    expect(patch('a\n', 'a\n')).toEqual({ complete: true, text: '' });
  });

  const lines = (count: number, of: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => `${of(n)}\n`).join('');

  it('is one coarse hunk where they differ in too many lines', () => {
    const [before, after] = [lines(3_000, (n) => `a${n}`), lines(2_500, (n) => `b${n}`)];
    const { text, complete } = patch(`same\n${before}end\n`, `same\n${after}end\n`);
    expect(complete).toBe(false);
    expect(applyPatch(`same\n${before}end\n`, text)).toBe(`same\n${after}end\n`);
  });

  it('is left out where nobody could read it', () => {
    expect(
      patch(
        lines(200_000, () => 'x'),
        lines(200_000, () => 'y'),
      ),
    ).toEqual({
      text: '',
      complete: false,
    });
    const long = lines(200_000, () => 'x');
    expect(applyPatch(long, patch(long, `${long}more\n`).text)).toBe(`${long}more\n`);
  });

  it('makes the one of the other, whatever they are', () => {
    const document = fc.array(fc.constantFrom('a', 'b', '', '- c', '+ d', '@@'), { maxLength: 30 });
    const coarse = lines(1_100, (n) => `-${n}`);
    fc.assert(
      fc.property(document, document, fc.boolean(), (one, other, far) => {
        const [before, after] = [one, other].map((all) => all.map((line) => `${line}\n`).join(''));
        const [from, to] = far
          ? [`${before}${coarse}`, `${after}${coarse.replaceAll('-', '+')}`]
          : [before!, after!];
        const { text } = patch(from, to);
        expect(text === '' ? from : applyPatch(from, text)).toBe(to);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a content as a document', () => {
  it('has its texts line by line', () => {
    expect(documentOf({ description: 'x', text: 'First line\nSecond: line\n' })).toBe(
      'description: x\ntext: |\n  First line\n  Second: line\n',
    );
  });

  it('is JSON where it is very large', () => {
    const content = { list: Array.from({ length: 200_000 }, (_, n) => n) };
    expect(JSON.parse(documentOf(content))).toEqual(content);
  });
});
