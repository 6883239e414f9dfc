import { ok } from '@baton/engine/protocol';
import { type ToolContent, toolContent } from '@baton/gateway/api';
import type { FileProblem, Linter } from '@baton/gateway/commands';
import { noCapabilities, toolTypes } from '@baton/tools-registry/contract';

/** What a source may state of the tool; the rest of the definition says nothing of types. */
const typed = toolContent.pick({ input: true, output: true, capabilities: true }).partial();

/** A tool's source with what its definition (.tool.json) says, as saving and calling it would meet them. */
export function toolLinter(): Linter {
  let checks: Promise<(source: string, declarations: string) => FileProblem[]> | undefined;
  // TypeScript takes a while to load: only for those who have tools.
  const opened = () => import('@baton/tools-registry/authoring');
  return async (source, beside) => {
    const { openTypeCheck, statedIn } = await opened();
    checks ??= Promise.resolve(openTypeCheck());
    const { stated, problems } = statedIn(source);
    const defined = { ...definitionIn(await beside('.tool.json')), ...stated };
    const { input = {}, output = {} } = defined;
    const capabilities = { ...noCapabilities, ...defined.capabilities };
    const declarations = toolTypes({ input, output, capabilities, source });
    const notWrittenOut = problems.map(
      ({ message, line, column }): FileProblem => ({
        severity: 'error',
        code: 'NOT_WRITTEN_OUT',
        message,
        line,
        column,
      }),
    );
    return ok([...notWrittenOut, ...(await checks)(source, declarations)]);
  };
}

/** Of a definition that cannot be read nothing is known; its own file says so. */
function definitionIn(text: string | undefined): Partial<ToolContent> {
  if (text === undefined) return {};
  try {
    const read = typed.safeParse(JSON.parse(text));
    return read.success ? (read.data as Partial<ToolContent>) : {};
  } catch {
    return {};
  }
}
