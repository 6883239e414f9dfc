import { failed, ok, type Result, type Scenario } from '@baton/engine/protocol';
import { LineCounter, parseDocument } from 'yaml';
import { scenario } from '../../api/index.ts';

/** Reads YAML or JSON; the failure says where: "Expected …, but … (line 3)". */
export function readScenario(text: string): Result<Scenario, string> {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const lineOf = (offset: number) => `line ${lineCounter.linePos(offset).line}`;
  const [fault] = document.errors;
  if (fault) return failed(`Expected YAML or JSON, but: ${fault.message} (${lineOf(fault.pos[0])})`);
  let written: unknown;
  try {
    written = document.toJS({ maxAliasCount: 100 });
  } catch {
    return failed('Expected YAML or JSON, but its aliases stand for too much');
  }
  const read = scenario.safeParse(written);
  if (read.success) return ok(read.data);
  const issue = read.error.issues[0];
  const path = issue?.path ?? [];
  const node = nodeAt(document, path);
  const where = [path.join('.'), node === undefined ? '' : lineOf(node)].filter(Boolean).join(', ');
  const message = issue?.message ?? 'it is something else';
  const told = message.startsWith('Expected ') ? message : `Expected a scenario, but: ${message}`;
  return failed(where ? `${told} (${where})` : told);
}

/** Where the innermost part of the path that there is begins. */
function nodeAt(
  document: ReturnType<typeof parseDocument>,
  path: readonly PropertyKey[],
): number | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const { range } = (node ?? {}) as { range?: [number, number, number] | null };
    if (range) return range[0];
  }
  return undefined;
}
