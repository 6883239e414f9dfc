import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentKind } from '../../api/index.ts';
import { codecs, exportFiles, fileKey, importFiles, type WrittenDocument } from './index.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 60 });
const lines = fc.array(text, { maxLength: 5 }).map((all) => all.join('\n'));
const filled = lines.filter((each) => each.length > 0);
const plainName = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/);
const freeName = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }),
  fc.constantFrom(
    'CON',
    'con',
    'nul.txt',
    '.hidden',
    'a/b',
    'A',
    'a',
    'a.',
    'é',
    'e\u0301',
    '..',
    'x'.repeat(120),
  ),
  fc.string({
    unit: fc.constantFrom('a', 'A', '.', ' ', '/', '\\', ':', 'ß', 'İ'),
    minLength: 1,
    maxLength: 6,
  }),
);
/** Keys that JSON and YAML hold as they are; those like numbers change their place in any object. */
const key = fc.stringMatching(/^[a-zA-Z_$ .:#-]{1,12}$/).filter((name) => name !== '__proto__');
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n)),
    lines,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;
const object = fc.dictionary(key, json, { maxKeys: 4, noNullPrototype: true });

const contents: { [K in DocumentKind]: fc.Arbitrary<unknown> } = {
  workflow: fc.record(
    { xml: filled, startForm: fc.record({ schema: object, example: object }) },
    { requiredKeys: ['xml'] },
  ),
  agent: fc.record({
    provider: plainName,
    model: fc.constantFrom('one', 'two:3b'),
    description: text,
    systemPrompt: filled,
    userPrompt: lines,
    tools: fc.constant([]),
  }),
  tool: fc.record({ description: filled, input: object, output: object, source: filled }),
  task: fc.record({ description: text, responseSchema: object }),
  prompt: fc.record({ description: text, text: filled }),
  policy: fc.record({
    kind: fc.constant('guardrail'),
    description: text,
    checks: fc.constant([{ check: 'secrets', places: ['output'] }]),
  }),
  form: fc.record({ json: filled }),
  decision: fc.record({ xml: filled }),
  note: fc.record({ text: lines }),
};

const oneOf = (kind: DocumentKind): fc.Arbitrary<WrittenDocument> =>
  fc
    .record({
      kind: fc.constant(kind),
      name: ['workflow', 'form', 'decision', 'note'].includes(kind) ? freeName : plainName,
      content: contents[kind],
    })
    .map((each) => ({ ...each, name: each.name.trim() }))
    .filter(({ name, content }) => {
      const { name: names, schema } = codecs[kind];
      return names.safeParse(name).success && schema.safeParse(content).success;
    });
const tenant = fc.uniqueArray(fc.oneof(...(Object.keys(contents) as DocumentKind[]).map(oneOf)), {
  maxLength: 12,
  selector: ({ kind, name }) => `${kind} ${name}`,
});

const asDocuments = (files: ReturnType<typeof exportFiles>) => {
  const { documents, refused } = importFiles(files);
  expect(refused).toEqual([]);
  expect(documents.flatMap(({ problems }) => problems)).toEqual([]);
  return documents.map(({ kind, name, content }) => ({ kind, name, content }));
};

describe('documents as files', () => {
  it('say the same when they are read, and are the same bytes when they are written again', () => {
    fc.assert(
      fc.property(tenant, (documents) => {
        const files = exportFiles(documents);
        const back = asDocuments(files);
        expect(new Set(back.map(({ kind, name }) => `${kind} ${name}`))).toEqual(
          new Set(documents.map(({ kind, name }) => `${kind} ${name}`)),
        );
        expect(exportFiles(back)).toEqual(files);
      }),
      { numRuns: 150 },
    );
  });

  it('are the same bytes in whatever order the documents come', () => {
    fc.assert(
      fc.property(
        tenant.chain((documents) =>
          fc.tuple(
            fc.constant(documents),
            fc.shuffledSubarray(documents, { minLength: documents.length, maxLength: documents.length }),
          ),
        ),
        ([documents, shuffled]) => {
          expect(exportFiles(shuffled)).toEqual(exportFiles(documents));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('have names that every file system takes and keeps apart, and ends of lines of one kind', () => {
    fc.assert(
      fc.property(tenant, (documents) => {
        const files = exportFiles(documents);
        expect(new Set(files.map(({ path }) => fileKey(path))).size).toBe(files.length);
        for (const { path, text: written } of files) {
          expect(path).toMatch(/^(?:[a-z]+\/)?[^/\\:*?"<>|\p{Cc}]+$/u);
          expect(path.split('/').at(-1)).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|[. ]$|^\./i);
          expect(new TextEncoder().encode(path).length).toBeLessThan(255);
          expect(written).not.toContain('\r');
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('files from elsewhere', () => {
  it('are known by their endings, wherever they lie', () => {
    const { documents, ignored } = importFiles([
      { path: 'project/Order.bpmn', text: '<definitions/>' },
      { path: 'project/README.md', text: '# Hello' },
      { path: '__MACOSX/project/._Order.bpmn', text: '' },
      { path: 'project\\sub\\Approve.form', text: '{}' },
      { path: '.git/config', text: '' },
    ]);
    expect(documents.map(({ kind, name, path }) => [kind, name, path])).toEqual([
      ['workflow', 'Order', 'project/Order.bpmn'],
      ['note', 'README', 'project/README.md'],
      ['form', 'Approve', 'project/sub/Approve.form'],
    ]);
    expect(ignored).toEqual(['__MACOSX/project/._Order.bpmn', '.git/config']);
  });

  it.each([
    ['../../etc/cron.md', 'PATH_INVALID'],
    ['/etc/passwd.md', 'PATH_INVALID'],
    ['C:\\Windows\\a.md', 'PATH_INVALID'],
    ['a\0.md', 'PATH_INVALID'],
    ['photo.png', 'FILE_UNKNOWN'],
    ['.md/x', 'FILE_UNKNOWN'],
    ['lonely.tool.json', 'FILE_MISSING'],
    ['lonely.start.json', 'FILE_MISSING'],
  ])('are refused in words: %s', (path, code) => {
    const { refused, documents, ignored } = importFiles([{ path, text: '{}' }]);
    if (ignored.length === 0) expect(refused.map((each) => each.code)).toEqual([code]);
    expect(documents).toEqual([]);
  });

  it('say where they cannot be read', () => {
    const { documents } = importFiles([
      { path: 'tasks/sort.task.json', text: '{\n  "responseSchema": 3\n}' },
      { path: 'agents/a.agent.yaml', text: 'model: one\n  provider: x' },
      { path: 'prompts/Loud.prompt.yaml', text: 'text: HI' },
    ]);
    expect(documents.map(({ path, problems }) => [path, problems[0]?.line, problems[0]?.code])).toEqual([
      ['tasks/sort.task.json', 2, 'VALIDATION_FAILED'],
      ['agents/a.agent.yaml', expect.any(Number), 'FILE_UNREADABLE'],
      ['prompts/Loud.prompt.yaml', undefined, 'NAME_INVALID'],
    ]);
  });
});
