/** A place in the content of a type: an element that may stand there. */
export interface Place {
  /** `bpmn:task`, or `##other/lax`, `##any/lax`, `##other/strict`. */
  readonly name: string;
  /** Of an element that has its type here only. */
  readonly type: string | undefined;
  /** Of a place that counts how often it was taken. */
  readonly least: number | undefined;
  readonly most: number | undefined;
  /** The places that may come next, in the order of the type. */
  readonly next: readonly Place[];
  /** Whether the content may end behind it. */
  readonly last: boolean;
}

interface OpenPlace extends Place {
  next: OpenPlace[];
  last: boolean;
}

interface Part {
  first: OpenPlace[];
  last: OpenPlace[];
  /** Whether it may be left out. */
  optional: boolean;
}

const nothing: Part = { first: [], last: [], optional: true };
const tokens = /\(|\)|\||(##\w+\/\w+|[\w:.]+)(?:=([\w:.]+))?|[?*+]|\{(\d+),(\d*)\}/g;

/** Where a content begins. */
export function contentModel(content: string): Place {
  const words = [...content.matchAll(tokens)];
  const order: OpenPlace[] = [];
  let index = 0;
  const whole = choice();
  const start: OpenPlace = {
    name: '',
    type: undefined,
    least: undefined,
    most: undefined,
    next: whole.first,
    last: whole.optional,
  };
  for (const place of whole.last) place.last = true;
  for (const place of [start, ...order])
    place.next = order.filter((candidate) => place.next.includes(candidate));
  return start;

  function choice(): Part {
    const parts = [sequence()];
    while (words[index]?.[0] === '|') {
      index++;
      parts.push(sequence());
    }
    return {
      first: parts.flatMap(({ first }) => first),
      last: parts.flatMap(({ last }) => last),
      optional: parts.some(({ optional }) => optional),
    };
  }

  function sequence(): Part {
    let whole = nothing;
    while (index < words.length && words[index]![0] !== '|' && words[index]![0] !== ')')
      whole = joined(whole, repeated());
    return whole;
  }

  function repeated(): Part {
    const part = single();
    const [sign, , , least, most] = words[index] ?? [];
    if (sign === '?' || sign === '*' || sign === '+') {
      index++;
      if (sign !== '?') for (const place of part.last) place.next.push(...part.first);
      return sign === '+' ? part : { ...part, optional: true };
    }
    if (least === undefined) return part;
    index++;
    const place = part.first[0]!;
    Object.assign(place, { least: Number(least), most: most ? Number(most) : undefined });
    place.next.push(place);
    return part;
  }

  function single(): Part {
    const [word, name, type] = words[index++]!;
    if (word === '(') {
      const part = choice();
      index++;
      return part;
    }
    const place: OpenPlace = { name: name!, type, least: undefined, most: undefined, next: [], last: false };
    order.push(place);
    return { first: [place], last: [place], optional: false };
  }
}

function joined(before: Part, after: Part): Part {
  for (const place of before.last) place.next.push(...after.first);
  return {
    first: before.optional ? [...before.first, ...after.first] : before.first,
    last: after.optional ? [...before.last, ...after.last] : after.last,
    optional: before.optional && after.optional,
  };
}
