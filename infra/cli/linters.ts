import type { Feel } from '@baton/engine/feel';
import { modelProblems, readDecisionGraph } from '@baton/engine/model';
import { ok } from '@baton/engine/protocol';
import type { Linter } from '@baton/gateway/commands';
import { toolLinter } from './toolLinter.ts';

/** What a deployment of a file would meet, without a server. */
export function linters(feel: Feel): { readonly [ending: string]: Linter } {
  return {
    '.bpmn': async (text) =>
      ok(modelProblems(text, feel).map((problem) => ({ ...problem, path: [...problem.path] }))),
    '.tool.ts': toolLinter(),
    '.dmn': async (text) => {
      const graph = readDecisionGraph(text, feel);
      return ok(graph.ok ? [] : [{ severity: 'error', code: 'dmn/invalid', message: graph.failure }]);
    },
  };
}
