import { type CommandContext, command, exitCodes, type FileProblem, failure } from '../command.ts';
import { contentLinters } from '../contentFiles.ts';
import { tell } from '../tell.ts';

interface Finding extends FileProblem {
  file: string;
}

function linterFor({ linters }: CommandContext, path: string) {
  const all = { ...contentLinters, ...linters };
  const ending = Object.keys(all).find((one) => path.toLowerCase().endsWith(one));
  return ending === undefined ? undefined : { ending, lints: all[ending]! };
}

export const lint = command({
  name: 'lint',
  summary: 'Check files: what deploying or saving them would refuse',
  about: [
    `Workflows (.bpmn), decisions (.dmn), forms (.form), sources of tools (.tool.ts), ${Object.keys(contentLinters).join(', ')}; of folders all such files. No server is needed for it.`,
  ],
  arguments: { file: { help: 'a file or a folder', completes: 'file', many: true } },
  options: { strict: { type: 'flag', help: 'Warnings count as well' } },
  examples: [
    { line: 'baton lint workflows/ order.bpmn', does: 'A folder and a file' },
    { line: 'baton lint . -o json', does: 'For programs: a list of problems with file and place' },
  ],
  exits: { 1: 'there are errors' },
  title: 'Check files…',
  async run({ arguments: { file: paths }, options: { strict } }, context) {
    const findings: Finding[] = [];
    let checked = 0;
    for (const asked of paths) {
      const listed = await context.files.list(asked);
      if (!listed.ok) return failure(listed.failure.message);
      const only = listed.value.length === 1 && listed.value[0] === asked;
      for (const file of listed.value) {
        const found = linterFor(context, file);
        if (!found) {
          if (only) return failure(`Expected a kind of file that can be checked, but it is ${file}`);
          continue;
        }
        const text = await context.files.read(file);
        if (!text.ok) return failure(text.failure.message);
        const { ending, lints } = found;
        const problems = await lints(text.value, async (other) => {
          const beside = await context.files.read(`${file.slice(0, -ending.length)}${other}`);
          return beside.ok ? beside.value : undefined;
        });
        if (!problems.ok) return problems.failure;
        checked += 1;
        findings.push(...problems.value.map((problem) => ({ file, ...problem })));
      }
    }
    const counted = findings.filter(
      ({ severity }) => severity === 'error' || (strict && severity === 'warning'),
    );
    await tell(context, {
      value: findings,
      names: [...new Set(findings.map(({ file }) => file))],
      lines: ({ paint }) =>
        findings.map(({ file, line, column, elementId, path, severity, message }) => {
          const place = [file, line, line === undefined ? undefined : column]
            .filter((part) => part !== undefined)
            .join(':');
          const where = elementId || path?.join('.') || '';
          const mark =
            severity === 'error'
              ? paint.bad(severity)
              : severity === 'warning'
                ? paint.warn(severity)
                : paint.faint(severity);
          return `${place}: ${mark} ${where ? `${where}: ` : ''}${message}`;
        }),
    });
    const files = `${checked} ${checked === 1 ? 'file' : 'files'}`;
    const [errors, all] = [counted.length, findings.length];
    context.output.say(
      all === 0
        ? context.output.paint.good(`${files}, no problems`)
        : `${files}, ${errors} ${errors === 1 ? 'error' : 'errors'}${all > errors ? `, ${all - errors} more` : ''}`,
    );
    return errors > 0 ? exitCodes.differs : exitCodes.fine;
  },
});
