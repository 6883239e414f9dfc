import { transform } from 'sucrase';

export interface CompileProblem {
  /** "Expected …, but …". */
  message: string;
  /** 1-based; 0 where not known. */
  line: number;
  column: number;
}

export type Compiled = { ok: true; code: string } | { ok: false; problem: CompileProblem };

/**
 * Turns a tool's TypeScript module into the JavaScript module that the sandbox runs. Types are removed, not checked.
 * @param source module whose default export is `defineTool({ run })`
 */
export function compileTool(source: string): Compiled {
  try {
    const { code } = transform(source, { transforms: ['typescript'], disableESTransforms: true });
    return { ok: true, code };
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number; column: number } };
    return {
      ok: false,
      problem: {
        message: `Expected the tool's source to be TypeScript, but: ${message.replace(/^Error transforming[^:]*: /, '')}`,
        line: loc?.line ?? 0,
        column: loc?.column ?? 0,
      },
    };
  }
}

/** `compileTool`, which remembers what it compiled last. */
export function createCompiler(kept: number): typeof compileTool {
  const compiled = new Map<string, Compiled>();
  return (source) => {
    const known = compiled.get(source);
    if (known) return known;
    const made = compileTool(source);
    compiled.set(source, made);
    const [oldest] = compiled.keys();
    if (compiled.size > kept && oldest !== undefined) compiled.delete(oldest);
    return made;
  };
}
