import type { Result } from '@baton/engine/protocol';
import type { JsonValue } from '@baton/gateway/api';
import type { Disposable } from '../base/disposable.ts';
import { problemsAt, valueAt } from './contentPath.ts';
import type { Timers } from './host.ts';
import type { ContentProblem } from './textDocument.ts';

export interface ServerCheck<P extends ContentProblem = ContentProblem> extends Disposable {
  /** The draft changed: the gateway is asked when nothing more comes for a moment. */
  changed(content: JsonValue): void;
  /** What the gateway said of values that are still as they were, beside what the editor found at other places itself. */
  beside(own: readonly ContentProblem[], content: JsonValue): P[];
}

export interface ServerCheckOptions<P extends ContentProblem> {
  timers: Timers;
  ask(content: JsonValue): Promise<Result<{ problems: readonly P[] }, unknown>>;
  answered(): void;
}

/** Asked this many ms after the last key. */
const settle = 300;

/** What only the gateway can tell of a draft: what it names and is not there, models it has not heard of, prices. */
export function createServerCheck<P extends ContentProblem>({
  timers,
  ask,
  answered,
}: ServerCheckOptions<P>): ServerCheck<P> {
  let waiting: Disposable | undefined;
  let latest: JsonValue | undefined;
  let said: { problem: P; value: string }[] = [];

  async function check(content: JsonValue) {
    const answer = await ask(content);
    // An answer about another draft comes too late; a gateway that cannot be asked says nothing new.
    if (latest !== content || !answer.ok) return;
    said = answer.value.problems.flatMap((problem) => {
      const [root, ...path] = problem.path;
      if (root !== 'content') return [];
      const own = { ...problem, path, message: problem.message.replace(/([^.])$/, '$1.') };
      return [{ problem: own, value: textAt(content, path) }];
    });
    answered();
  }

  return {
    changed(content) {
      latest = content;
      waiting?.dispose();
      waiting = timers.after(settle, () => void check(content));
    },
    beside(own, content) {
      return said
        .filter(({ problem, value }) => textAt(content, problem.path) === value)
        .map(({ problem }) => problem)
        .filter(({ path }) => problemsAt(own, path).length === 0);
    },
    dispose() {
      latest = undefined;
      waiting?.dispose();
    },
  };
}

function textAt(content: JsonValue, path: readonly string[]): string {
  return JSON.stringify(valueAt(content, path)) ?? '';
}
