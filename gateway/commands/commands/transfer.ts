import { documentKinds, type ImportedFile, table } from '@baton/gateway/api';
import { command, exitCodes, failure, refused, usageError } from '../command.ts';
import { tell } from '../tell.ts';

const wrongKinds = (kinds: string | undefined) =>
  kinds?.split(',').find((kind) => !(documentKinds as readonly string[]).includes(kind));
const kindsOption = {
  type: 'text',
  short: 'k',
  value: 'kinds',
  completes: documentKinds,
  help: 'Only these kinds, separated by commas: workflow,agent',
} as const;

export const exportFiles = command({
  name: 'export',
  summary: 'Write documents as files of a folder, for a Git repository: the same bytes each time',
  arguments: {
    folder: { help: 'where they are written; this folder without it', optional: true, completes: 'file' },
  },
  options: { kinds: kindsOption },
  examples: [
    { line: 'baton export my-project', does: 'Everything' },
    { line: 'baton export . --kinds workflow,form', does: 'Workflows and forms' },
  ],
  async run({ arguments: { folder = '.' }, options: { kinds } }, context) {
    const wrong = wrongKinds(kinds);
    if (wrong !== undefined)
      return usageError(`Expected kinds of ${documentKinds.join(', ')}, but it is '${wrong}'`);
    const answer = await context.api.call(table.documents.exportFiles, {
      query: kinds === undefined ? {} : { kinds },
    });
    if (!answer.ok) return refused(answer.failure);
    const written: string[] = [];
    for (const { path, text } of answer.value.files) {
      const at = folder === '.' ? path : `${folder.replace(/[\\/]+$/, '')}/${path}`;
      const kept = await context.files.write(at, text);
      if (!kept.ok) return failure(kept.failure.message);
      written.push(at);
    }
    await tell(context, { value: written, names: written, lines: () => written });
    context.output.say(`${written.length} ${written.length === 1 ? 'file' : 'files'}`);
    return exitCodes.fine;
  },
});

const words = {
  created: 'new',
  newVersion: 'new version',
  unchanged: 'as before',
  skipped: 'left as it is',
  ignored: 'not a document',
  refused: 'refused',
} as const satisfies { [action in ImportedFile['action']]: string };

export const importFiles = command({
  name: 'import',
  summary: 'Save files of a folder as documents: each whole or not at all, with what became of it',
  arguments: { path: { help: 'files or folders', many: true, completes: 'file' } },
  options: {
    'on-clash': {
      type: 'text',
      value: 'what',
      of: ['fail', 'skip', 'newVersion', 'rename'],
      help: 'Where another content is there: fail (without it), skip, newVersion or rename',
    },
    check: { type: 'flag', help: 'Only say what would become of them' },
  },
  examples: [
    { line: 'baton import my-project --check', does: 'Look first' },
    { line: 'baton import my-project --on-clash newVersion', does: 'Publish what a repository has' },
  ],
  exits: { 1: 'some files were refused' },
  async run({ arguments: { path: paths }, options }, context) {
    const files: { path: string; text: string }[] = [];
    for (const asked of paths) {
      const found = await context.files.list(asked);
      if (!found.ok) return failure(found.failure.message);
      const base = asked.replace(/[\\/]+$/, '');
      for (const path of found.value) {
        const text = await context.files.read(path);
        if (!text.ok) return failure(text.failure.message);
        // Below a folder that was named its places count, of a file only its name.
        const name =
          path === asked ? path.replace(/^.*[\\/]/, '') : base === '.' ? path : path.slice(base.length + 1);
        files.push({ path: name.replaceAll('\\', '/'), text: text.value });
      }
    }
    const onClash = options['on-clash'];
    const answer = await context.api.call(
      options.check ? table.documents.checkFiles : table.documents.importFiles,
      {
        body: { files, ...(onClash && { onClash }) },
      },
    );
    if (!answer.ok) return refused(answer.failure);
    const all = answer.value.files;
    const refusals = all.filter(({ action }) => action === 'refused');
    await tell(context, {
      value: all,
      names: all
        .filter(({ action }) => action === 'created' || action === 'newVersion')
        .map(({ name, path }) => name ?? path),
      lines: ({ paint }) =>
        all.flatMap(({ path, action, version, problems }) => {
          const mark =
            action === 'refused'
              ? paint.bad('✗')
              : action === 'created' || action === 'newVersion'
                ? paint.good('✓')
                : paint.faint('·');
          const what =
            version !== undefined && action === 'newVersion' ? `version ${version}` : words[action];
          return [
            `${mark} ${path} ${paint.faint(what)}`,
            ...problems.map(
              ({ line, path: place, message }) =>
                `  ${[line && `line ${line}`, place, message].filter(Boolean).join(': ')}`,
            ),
          ];
        }),
    });
    if (refusals.length === 0) return exitCodes.fine;
    return {
      exitCode: exitCodes.differs,
      message: `Expected all ${all.length} files to be documents, but ${refusals.length} ${refusals.length === 1 ? 'was' : 'were'} refused`,
    };
  },
});
