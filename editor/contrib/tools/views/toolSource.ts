import type { Monaco } from '../../../platform/monaco.ts';
import type { Problem } from '../../../platform/problems.ts';

const typesPath = 'baton:/tool.d.ts';

/** The language service knows what a tool sees, and nothing of the browser. */
export async function prepareToolSource(): Promise<void> {
  const { typescriptDefaults, ModuleKind, ScriptTarget } = await import(
    'monaco-editor/languages/features/typescript/register'
  );
  typescriptDefaults.setCompilerOptions({
    target: ScriptTarget.ESNext,
    module: ModuleKind.ESNext,
    // The service wants the file's name; the compiler's own short names are not looked up.
    lib: ['lib.es2023.d.ts'],
    strict: true,
    noEmit: true,
    types: [],
  });
}

/** What the source that is shown now sees: the types of its own schemas and capabilities. */
export async function showToolTypes(declarations: string): Promise<void> {
  const { typescriptDefaults } = await import('monaco-editor/languages/features/typescript/register');
  if (typescriptDefaults.getExtraLibs()[typesPath]?.content === declarations) return;
  typescriptDefaults.setExtraLibs([{ content: declarations, filePath: typesPath }]);
}

const severities = { 8: 'error', 4: 'warning', 2: 'info' } as const;

/** What the language service found in the text at `path`. */
export function typeProblems(monaco: Monaco, path: string): Problem[] {
  return monaco.editor
    .getModelMarkers({ resource: monaco.Uri.parse(path), owner: 'typescript' })
    .flatMap(({ severity, message, startLineNumber: line, startColumn: column, code }) => {
      const known = severities[severity as keyof typeof severities];
      const number = typeof code === 'object' ? code.value : code;
      return known ? [{ severity: known, code: `ts(${number ?? ''})`, message, line, column }] : [];
    });
}
