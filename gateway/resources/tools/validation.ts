import type { ConnectionStore, SecretStore, ToolGrantStore } from '@baton/infra/store';
import {
  type Capabilities,
  checkSchema,
  type JsonSchema,
  noCapabilities,
  notGranted,
  toolTypes,
  validateAgainst,
} from '@baton/tools-registry/contract';
import { type ToolContent, type ToolProblem, toolContent } from '../../api/index.ts';
import { readBy } from '../../pipeline/validate.ts';

/** A place in a source that TypeScript finds wrong. */
export interface SourceProblem {
  severity: 'error' | 'warning';
  code: string;
  message: string;
  /** 1-based. */
  line: number;
  column: number;
}

/** What a source states of the tool itself; it goes before what is beside it. */
export interface StatedInSource {
  stated: {
    name?: string;
    description?: string;
    input?: JsonSchema;
    output?: JsonSchema;
    capabilities?: Partial<Capabilities>;
  };
  /** What it states and cannot be read without running it. */
  problems: { message: string; line: number; column: number }[];
}

/** Checks of a tool that need more than its content. */
export interface ToolChecks {
  stated(source: string): StatedInSource;
  /** @param declarations what the source sees, as a declaration file */
  typeProblems(source: string, declarations: string): Promise<SourceProblem[]>;
  /** What is wrong with FEEL that has to be true or false. */
  conditionProblem(condition: string): string | undefined;
}

export interface ToolValidation {
  /** What saving would refuse, and what its calls would meet. Saves nothing. */
  problems(tenantId: string, draft: { id?: string | undefined; content: unknown }): Promise<ToolProblem[]>;
}

const draftBody = toolContent.partial();

export function createToolValidation(
  checks: ToolChecks,
  grants: Pick<ToolGrantStore, 'get'>,
  secrets: Pick<SecretStore, 'sealed'>,
  connections: Pick<ConnectionStore, 'get'>,
): ToolValidation {
  /** What the tenant and its admins have not given yet: no reason not to save, but one for calls to fail. */
  async function missingOf(
    tenantId: string,
    id: string | undefined,
    declared: Capabilities,
  ): Promise<ToolProblem[]> {
    const problems: ToolProblem[] = [];
    for (const name of declared.secrets) {
      if ((await secrets.sealed(tenantId, name)) === undefined)
        problems.push({
          path: ['content', 'capabilities', 'secrets'],
          code: 'SECRET_MISSING',
          severity: 'warning',
          message: `Expected a secret '${name}', but the tenant has none of that name`,
        });
    }
    for (const name of declared.connections) {
      if ((await connections.get(tenantId, name)) === undefined)
        problems.push({
          path: ['content', 'capabilities', 'connections'],
          code: 'CONNECTION_MISSING',
          severity: 'warning',
          message: `Expected a connection '${name}', but the tenant has none of that name`,
        });
    }
    const granted = id === undefined ? undefined : await grants.get(tenantId, id);
    const missing = notGranted(declared, granted ?? noCapabilities);
    if (missing) {
      const words = [
        ...missing.network,
        ...missing.secrets.map((name) => `secret ${name}`),
        ...missing.connections.map((name) => `connection ${name}`),
        ...missing.models.map((name) => `models of ${name}`),
        ...(missing.files ? ['files of the run'] : []),
        ...(missing.memory ? ['values kept between calls'] : []),
        ...(missing.questions ? ['asking people'] : []),
      ];
      problems.push({
        path: ['content', 'capabilities'],
        code: 'NOT_GRANTED',
        severity: 'warning',
        message: `Expected an admin to grant what the tool declares, but nobody has granted: ${words.join(', ')}`,
      });
    }
    return problems;
  }

  const schemaProblems = (side: 'input' | 'output', schema: JsonSchema): ToolProblem[] =>
    checkSchema(schema).map(({ pointer, code, severity, message }) => ({
      path: ['content', side, ...stepsOf(pointer)],
      code: `schema(${code})`,
      severity,
      message,
    }));

  return {
    async problems(tenantId, { id, content: given }) {
      const content = withStated(given, checks);
      const whole = readBy(toolContent, content);
      const problems: ToolProblem[] = whole.ok
        ? []
        : whole.failure.map(({ path, message }) => ({
            path: ['content', ...path.map(String)],
            code: 'VALIDATION_FAILED',
            severity: 'error',
            message,
          }));
      const read = readParts(content);
      const { input, output, source, approval, capabilities = noCapabilities, samples = [] } = read;
      const wrongSchemas = [
        ...(input ? schemaProblems('input', input) : []),
        ...(output ? schemaProblems('output', output) : []),
      ];
      problems.push(...wrongSchemas);
      if (typeof approval === 'object') {
        const message = checks.conditionProblem(approval.when);
        if (message !== undefined)
          problems.push({
            path: ['content', 'approval', 'when'],
            code: 'FEEL_INVALID',
            severity: 'error',
            message,
          });
      }
      const sound = wrongSchemas.every(({ severity }) => severity !== 'error');
      if (input && sound)
        samples.forEach((sample, index) => {
          const [violation] = validateAgainst(input, sample.input);
          const refused = sample.expects && 'error' in sample.expects;
          if (violation && !refused)
            problems.push({
              path: ['content', 'samples', String(index), 'input', ...stepsOf(violation.pointer)],
              code: 'SAMPLE_INVALID',
              severity: 'warning',
              message: `Sample '${sample.name}': ${violation.message}`,
            });
        });
      if (source) {
        for (const { message, line, column } of checks.stated(source).problems)
          problems.push({
            path: ['content', 'source'],
            code: 'NOT_WRITTEN_OUT',
            severity: 'error',
            message,
            line,
            column,
          });
        const declarations = toolTypes({
          input: (sound && input) || {},
          output: (sound && output) || {},
          capabilities,
          source,
        });
        for (const found of await checks.typeProblems(source, declarations))
          problems.push({ path: ['content', 'source'], ...found });
      }
      return [...problems, ...(await missingOf(tenantId, id, capabilities))];
    },
  };
}

/**
 * What no tool may have wrong that comes from elsewhere: syntax, its default export, and what it states so that nobody can read
 * it. Types that do not fit are its author's.
 */
export async function sourceProblems(
  content: ToolContent,
  checks: Pick<ToolChecks, 'stated' | 'typeProblems'>,
): Promise<SourceProblem[]> {
  const { source } = content;
  const problems = checks
    .stated(source)
    .problems.map((problem): SourceProblem => ({ severity: 'error', code: 'NOT_WRITTEN_OUT', ...problem }));
  const found = await checks.typeProblems(source, toolTypes(withStated(content, checks)));
  return [...problems, ...found.filter(({ code }) => /^(?:ts\(1\d{3}\)|tool\(export\))$/.test(code))];
}

/** The content with what its source states, whole or not. */
export function withStated<C>(content: C, { stated }: Pick<ToolChecks, 'stated'>): C {
  if (typeof content !== 'object' || content === null) return content;
  const { source } = content as { source?: unknown };
  if (typeof source !== 'string') return content;
  const { name: _, capabilities, ...said } = stated(source).stated;
  return {
    ...content,
    ...said,
    ...(capabilities && { capabilities: { ...noCapabilities, ...capabilities } }),
  };
}

/** Why a tool may not be saved as it is: its source states something that is not so, or that cannot be read. */
export function statedProblem(name: string, content: ToolContent, { stated }: Pick<ToolChecks, 'stated'>) {
  const { stated: said, problems } = stated(content.source);
  if (problems[0]) return problems[0].message;
  if (said.name !== undefined && said.name !== name)
    return `Expected the source to name the tool '${name}', as it is saved, but it says '${said.name}'`;
  const wrong = readBy(toolContent, content);
  return wrong.ok ? undefined : wrong.failure[0]?.message;
}

/** The parts of a content that are as they should be, each by itself. */
function readParts(content: unknown): Partial<ToolContent> {
  if (typeof content !== 'object' || content === null) return {};
  const parts: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(draftBody.shape)) {
    const read = schema.safeParse((content as Record<string, unknown>)[name]);
    if (read.success && read.data !== undefined) parts[name] = read.data;
  }
  return parts as Partial<ToolContent>;
}

function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
