import { isComparable, order } from '../values/comparison.ts';
import { Abort } from '../values/failure.ts';
import { describe, kindOf } from '../values/kinds.ts';
import { type Boundary, Range } from '../values/range.ts';
import type { Value } from '../values/value.ts';
import { type Builtin, builtin, type Functions } from './builtin.ts';

/** What a relation means for two points, a point and a range, and so on; what is absent is none. */
interface Relation {
  points?: (left: Value, right: Value) => boolean;
  pointAndRange?: (point: Value, range: Range) => boolean;
  rangeAndPoint?: (range: Range, point: Value) => boolean;
  ranges?: (left: Range, right: Range) => boolean;
}

const less = (left: Value, right: Value) => order(left, right) < 0;
const same = (left: Value, right: Value) => order(left, right) === 0;
/** Whether two boundaries meet in one point that both have. */
const touch = (left: Boundary, right: Boundary) =>
  left.included && right.included && same(left.value, right.value);
const alike = (left: Boundary, right: Boundary) =>
  left.included === right.included && same(left.value, right.value);
/** Whether a range that begins at `left` begins no later than one at `right`. */
const startsNoLater = (left: Boundary, right: Boundary) =>
  less(left.value, right.value) || (same(left.value, right.value) && (left.included || !right.included));
const startsEarlier = (left: Boundary, right: Boundary) => !startsNoLater(right, left);
const endsNoLater = (left: Boundary, right: Boundary) =>
  less(left.value, right.value) || (same(left.value, right.value) && (!left.included || right.included));
/** Whether the range that ends at `end` ends before the one that begins at `start`. */
const before = (end: Boundary, start: Boundary) =>
  less(end.value, start.value) || (same(end.value, start.value) && !(end.included && start.included));
const at = (value: Value): Boundary => ({ value, included: true });
const holds = ({ start, end }: Range, point: Value) =>
  (less(start.value, point) && less(point, end.value)) || touch(start, at(point)) || touch(end, at(point));
const covers = (outer: Range, inner: Range) =>
  startsNoLater(outer.start, inner.start) && endsNoLater(inner.end, outer.end);
const overlap = (left: Range, right: Range) =>
  !before(left.end, right.start) && !before(right.end, left.start);
const overlapsBefore = (left: Range, right: Range) =>
  startsEarlier(left.start, right.start) &&
  !before(left.end, right.start) &&
  endsNoLater(left.end, right.end);

export const ranges: Functions = {
  before: each({
    points: less,
    pointAndRange: (point, { start }) => before(at(point), start),
    rangeAndPoint: ({ end }, point) => before(end, at(point)),
    ranges: (left, right) => before(left.end, right.start),
  }),
  after: each({
    points: (left, right) => less(right, left),
    pointAndRange: (point, { end }) => before(end, at(point)),
    rangeAndPoint: ({ start }, point) => before(at(point), start),
    ranges: (left, right) => before(right.end, left.start),
  }),
  meets: [relation(['range1', 'range2'], { ranges: (left, right) => touch(left.end, right.start) })],
  'met by': [relation(['range1', 'range2'], { ranges: (left, right) => touch(left.start, right.end) })],
  overlaps: [relation(['range1', 'range2'], { ranges: overlap })],
  'overlaps before': [relation(['range1', 'range2'], { ranges: overlapsBefore })],
  'overlaps after': [
    relation(['range1', 'range2'], { ranges: (left, right) => overlapsBefore(right, left) }),
  ],
  finishes: pair(['point', 'range'], {
    pointAndRange: (point, { end }) => touch(end, at(point)),
    ranges: (left, right) => alike(left.end, right.end) && startsNoLater(right.start, left.start),
  }),
  'finished by': pair(['point', 'range'], {
    rangeAndPoint: ({ end }, point) => touch(end, at(point)),
    ranges: (left, right) => alike(left.end, right.end) && startsNoLater(left.start, right.start),
  }),
  includes: pair(['range', 'point'], { rangeAndPoint: holds, ranges: covers }),
  during: pair(['point', 'range'], {
    pointAndRange: (point, range) => holds(range, point),
    ranges: (left, right) => covers(right, left),
  }),
  starts: pair(['point', 'range'], {
    pointAndRange: (point, { start }) => touch(start, at(point)),
    ranges: (left, right) => alike(left.start, right.start) && endsNoLater(left.end, right.end),
  }),
  'started by': pair(['range', 'point'], {
    rangeAndPoint: ({ start }, point) => touch(start, at(point)),
    ranges: (left, right) => alike(left.start, right.start) && endsNoLater(right.end, left.end),
  }),
  coincides: pair(['point1', 'point2'], {
    points: same,
    ranges: (left, right) => alike(left.start, right.start) && alike(left.end, right.end),
  }),
};

function each(meaning: Relation): Builtin[] {
  const names = [
    ['point1', 'point2'],
    ['point', 'range'],
    ['range', 'point'],
    ['range1', 'range2'],
  ] as const;
  return names.map((parameters) => relation(parameters, meaning));
}

function pair(parameters: readonly [string, string], meaning: Relation): Builtin[] {
  return [relation(parameters, meaning), relation(['range1', 'range2'], meaning)];
}

function relation(parameters: readonly [string, string], meaning: Relation): Builtin {
  return builtin(parameters, ([left, right]) => {
    const [first, second] = [left!, right!];
    if (!comparable(pointOf(first), pointOf(second))) return undefined;
    const answer =
      first instanceof Range
        ? second instanceof Range
          ? meaning.ranges?.(first, second)
          : meaning.rangeAndPoint?.(first, second)
        : second instanceof Range
          ? meaning.pointAndRange?.(first, second)
          : meaning.points?.(first, second);
    if (answer !== undefined) return answer;
    throw new Abort(`scala.MatchError: (${describe(first)},${describe(second)}) (of class scala.Tuple2)`);
  });
}

function pointOf(value: Value): Value {
  return value instanceof Range ? value.start.value : value;
}

function comparable(left: Value, right: Value): boolean {
  const isPoint = (value: Value) => typeof value !== 'string' && !Array.isArray(value) && isComparable(value);
  return isPoint(left) && isPoint(right) && kindOf(left) === kindOf(right);
}
