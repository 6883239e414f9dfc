import { depthOf, pointerOf } from '../place.ts';
import type { Reason } from '../reason.ts';
import type { Evaluated, Keyword, Visit } from '../schemaNode.ts';
import { join, noneEvaluated } from '../walk.ts';
import { listed } from '../words.ts';

export const allOf: Keyword = (operand, { child }) => {
  if (!Array.isArray(operand)) return undefined;
  const nodes = operand.map((_, index) => child('allOf', index));
  return ({ value, at, walk, reasons, evaluated }) => {
    let fits = true;
    for (const node of nodes) {
      if (walk.meets(node, value, at, reasons, evaluated)) continue;
      fits = false;
      if (!reasons) return false;
    }
    return fits;
  };
};

export const anyOf: Keyword = (operand, { child }) => {
  if (!Array.isArray(operand)) return undefined;
  const nodes = operand.map((_, index) => child('anyOf', index));
  return (visit) => {
    const { value, at, walk, reasons, evaluated } = visit;
    const tried: Reason[][] = [];
    let fits = false;
    for (const node of nodes) {
      const why = reasons && [];
      if (walk.meets(node, value, at, why, evaluated)) {
        fits = true;
        // Only who asks what was evaluated has to hear the others too.
        if (!evaluated) return true;
      } else if (why) tried.push(why);
    }
    if (!fits) reasons?.push(...closest('anyOf', visit, tried));
    return fits;
  };
};

export const oneOf: Keyword = (operand, { child }) => {
  if (!Array.isArray(operand)) return undefined;
  const nodes = operand.map((_, index) => child('oneOf', index));
  return (visit) => {
    const { value, at, walk, reasons, evaluated } = visit;
    const tried: Reason[][] = [];
    const fitting: number[] = [];
    let ofFitting: Evaluated | undefined;
    for (const [index, node] of nodes.entries()) {
      const why = reasons && [];
      const own = evaluated && noneEvaluated();
      if (walk.meets(node, value, at, why, own)) {
        fitting.push(index + 1);
        ofFitting = own;
        if (fitting.length > 1 && !reasons) return false;
      } else if (why) tried.push(why);
    }
    if (fitting.length === 0) reasons?.push(...closest('oneOf', visit, tried));
    if (fitting.length > 1) {
      reasons?.push({
        at,
        keyword: 'oneOf',
        expected: `to fit exactly one of ${nodes.length} forms`,
        found: `it fits ${listed(fitting.map(String), 'and')} of them`,
      });
    }
    if (fitting.length !== 1) return false;
    if (evaluated && ofFitting) join(evaluated, ofFitting);
    return true;
  };
};

export const not: Keyword = (_operand, { child }) => {
  const node = child('not');
  return ({ value, at, walk, reasons }) => {
    if (!walk.meets(node, value, at, undefined, undefined)) return true;
    reasons?.push({ at, keyword: 'not', expected: 'to be something else', found: 'it is what not excludes' });
    return false;
  };
};

/** With `then` and `else`. */
const condition: Keyword = (_operand, { schema, child }) => {
  const node = child('if');
  const branch = (keyword: 'then' | 'else') => (Object.hasOwn(schema, keyword) ? child(keyword) : undefined);
  const [met, unmet] = [branch('then'), branch('else')];
  return ({ value, at, walk, reasons, evaluated }) => {
    const next = walk.meets(node, value, at, undefined, evaluated) ? met : unmet;
    return !next || walk.meets(next, value, at, reasons, evaluated);
  };
};

export { condition as if };

/** Keywords that tell forms apart: a value that breaks one of these at its top was not meant as that form. */
const telling = new Set(['type', 'const', 'enum', 'required']);

/** Reasons told of the nearest form. */
const OF_ONE_FORM = 20;

/**
 * Why a value fits none of several forms: what keeps it from the form it is nearest to. Where all that keeps it from any is
 * one thing at its top, they become one sentence.
 */
function closest(keyword: string, { at, walk }: Visit, tried: readonly Reason[][]): Reason[] {
  for (const reasons of tried) walk.spend(reasons.length);
  if (tried.length === 1) return tried[0]!;
  const [place] = tried[0]?.map((reason) => pointerOf(reason.at)) ?? [];
  const single = tried.every(
    ([only, ...more]) =>
      only !== undefined && more.length === 0 && telling.has(only.keyword) && pointerOf(only.at) === place,
  );
  if (single) {
    const [first] = tried[0] ?? [];
    const wanted = new Set(tried.map(([only]) => only!.expected.replace(/^to (?:be|have) /, '')));
    const verb = new Set(tried.map(([only]) => /^to (be|have) /.exec(only!.expected)?.[1]));
    if (first && verb.size === 1) {
      const [to] = verb;
      return [
        { at: first.at, keyword, expected: `to ${to} ${listed([...wanted], 'or')}`, found: first.found },
      ];
    }
  }
  const own = depthOf(at);
  const distance = (reasons: readonly Reason[]) =>
    reasons.reduce((sum, { at: place, keyword: broken }) => {
      const level = depthOf(place) - own;
      const wrongForm = telling.has(broken) && (level === 0 || (level === 1 && broken !== 'type'));
      return sum + (wrongForm ? (level === 0 && broken === 'type' ? 1_000 : 100) : 1);
    }, 0);
  let [nearest, least] = [tried[0] ?? [], Number.POSITIVE_INFINITY];
  for (const reasons of tried) {
    const far = distance(reasons);
    if (far < least) [nearest, least] = [reasons, far];
  }
  const none: Reason = {
    at,
    keyword,
    expected: `to fit ${keyword === 'oneOf' ? 'exactly ' : ''}one of ${tried.length} forms`,
    found: 'it fits none of them',
  };
  return [...nearest.slice(0, OF_ONE_FORM), none];
}
