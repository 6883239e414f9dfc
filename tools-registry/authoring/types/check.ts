import { dirname, join } from 'node:path';
import ts from 'typescript';

/** A place in a tool's source that its author should look at, in TypeScript's own words. */
export interface TypeProblem {
  severity: 'error' | 'warning';
  /** `ts(2339)` */
  code: string;
  message: string;
  /** 1-based. */
  line: number;
  column: number;
}

const tool = '/tool.ts';
const types = '/tool.d.ts';
const noImport = (what: string) => `Expected a tool to stand on its own, but it imports ${what}`;
const noName = (what: string) =>
  `Expected a name of the language or of the module itself, but there is no '${what}' in the sandbox`;
/** Where TypeScript would advise to install or set up something. */
const ownWords: { readonly [code: number]: (what: string) => string } = {
  2307: noImport,
  2792: noImport,
  2304: noName,
  2580: noName,
  2584: noName,
  2591: noName,
};

/** Problems that are told; who has more has them for one reason. */
const MOST = 100;

const settings: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ['lib.es2023.d.ts'],
  strict: true,
  noEmit: true,
  noResolve: true,
  types: [],
};

/**
 * Checks tools' sources, one after the other. It reads nothing but the language's own declarations: imports and references to
 * files are problems, not looked up.
 * @param library where TypeScript lies: its `lib.*.d.ts` are beside it
 */
export function createTypeCheck(library: string): (source: string, declarations: string) => TypeProblem[] {
  const folder = dirname(library);
  const texts = new Map<string, { version: number; text: string }>();
  const kept = new Map<string, string | undefined>();
  const put = (name: string, text: string) => {
    const known = texts.get(name);
    if (known?.text !== text) texts.set(name, { version: (known?.version ?? 0) + 1, text });
  };
  const read = (name: string): string | undefined => {
    const own = texts.get(name);
    if (own) return own.text;
    if (dirname(name) !== folder || !/[\\/]lib\.[\w.]+\.d\.ts$/.test(name)) return undefined;
    if (!kept.has(name)) kept.set(name, ts.sys.readFile(name));
    return kept.get(name);
  };
  const service = ts.createLanguageService({
    getCompilationSettings: () => settings,
    getScriptFileNames: () => [tool, types],
    getScriptVersion: (name) => String(texts.get(name)?.version ?? 0),
    getScriptSnapshot(name) {
      const text = read(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => '/',
    getDefaultLibFileName: () => join(folder, 'lib.es2023.d.ts'),
    fileExists: (name) => read(name) !== undefined,
    readFile: read,
  });

  const told = ({ category, code, messageText, file, start, length }: ts.Diagnostic): TypeProblem => {
    const place = file && start !== undefined ? file.getLineAndCharacterOfPosition(start) : undefined;
    const own = ownWords[code];
    return {
      severity: category === ts.DiagnosticCategory.Error ? 'error' : 'warning',
      code: `ts(${code})`,
      message:
        own && file && start !== undefined
          ? own(file.text.slice(start, start + (length ?? 0)).slice(0, 100))
          : ts.flattenDiagnosticMessageText(messageText, '\n').slice(0, 2_000),
      line: (place?.line ?? 0) + 1,
      column: (place?.character ?? 0) + 1,
    };
  };

  return (source, declarations) => {
    put(tool, source);
    put(types, declarations);
    const syntax = service.getSyntacticDiagnostics(tool);
    const found = syntax.length > 0 ? syntax : service.getSemanticDiagnostics(tool);
    const problems = found.slice(0, MOST).map(told);
    if (problems.length === 0 && !exportsTool(service.getProgram()))
      problems.push({
        severity: 'error',
        code: 'tool(export)',
        message: 'Expected the module to export default defineTool({ run }), but it does not',
        line: 1,
        column: 1,
      });
    return problems;
  };
}

/** Whether the default export is what `defineTool` takes. */
function exportsTool(program: ts.Program | undefined): boolean {
  const checker = program?.getTypeChecker();
  const file = program?.getSourceFile(tool);
  const module = file && checker?.getSymbolAtLocation(file);
  const exported = module && checker?.tryGetMemberInModuleExports('default', module);
  const symbol =
    exported && exported.flags & ts.SymbolFlags.Alias ? checker?.getAliasedSymbol(exported) : exported;
  const type = symbol && checker?.getTypeOfSymbol(symbol);
  return Boolean(type && (type.flags & ts.TypeFlags.Any || type.getProperty('run')));
}
