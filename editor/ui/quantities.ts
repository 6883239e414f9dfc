/** A figure as people read and write it, and as the content keeps it. */
export interface Quantity {
  show(value: number): string;
  /** What is no figure yet is answered as it was typed; an empty text is nothing. */
  read(text: string): number | string | undefined;
}

function figureOf(text: string): number | undefined {
  const grouped = /^-?\d{1,3}([,\s_’]\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(/[,\s_’]/g, '') : text;
  const figure = Number(grouped);
  return grouped !== '' && Number.isFinite(figure) ? figure : undefined;
}

/** Reads a text without the blanks around it. */
function reading(read: (text: string) => number | undefined): Quantity['read'] {
  return (text) => {
    const plain = text.trim();
    return plain === '' ? undefined : (read(plain) ?? plain);
  };
}

/** `0.7` */
export const plainNumber: Quantity = { show: String, read: reading(figureOf) };

/** `20,000`, `20k` */
export const count: Quantity = {
  show: (value) => value.toLocaleString('en', { maximumFractionDigits: 6 }),
  read: reading((text) => {
    const [, figure, unit] = /^(.*?)\s*([km])?$/i.exec(text) ?? [];
    const value = figureOf(figure ?? '');
    const times = { k: 1_000, m: 1_000_000 }[unit?.toLowerCase() ?? ''] ?? 1;
    return value === undefined ? undefined : value * times;
  }),
};

/** `$0.25` */
export const dollars: Quantity = {
  show: (value) =>
    `${value < 0 ? '-' : ''}$${Number.isInteger(value * 100) ? Math.abs(value).toFixed(2) : Math.abs(value)}`,
  read: reading((text) => figureOf(text.replace(/^\$\s*|\s*(?:\$|usd)$/gi, ''))),
};

const units: readonly (readonly [name: string, ms: number, other: RegExp])[] = [
  ['d', 86_400_000, /^d(?:ays?)?$/],
  ['h', 3_600_000, /^h(?:ours?|rs?)?$/],
  ['min', 60_000, /^m(?:in(?:ute)?s?)?$/],
  ['s', 1_000, /^s(?:ec(?:ond)?s?)?$/],
  ['ms', 1, /^(?:ms|milliseconds?)$/],
];

/** Milliseconds, as `2 min`, `90 s`, `1 h 30 min`; without a unit they are seconds. */
export const time: Quantity = {
  show(value) {
    if (!Number.isInteger(value) || value <= 0) return `${value} ms`;
    // The largest unit that gives a whole number, or the two largest that do together.
    for (const [name, ms] of units) {
      if (value % ms === 0 && (value / ms < 1000 || name === 'd')) return `${value / ms} ${name}`;
      const rest = value % ms;
      const next = units.find(([, smaller]) => smaller < ms && smaller >= 1000 && rest % smaller === 0);
      if (value > ms && next && ms / next[1] <= 60)
        return `${Math.floor(value / ms)} ${name} ${rest / next[1]} ${next[0]}`;
      if (value > ms && name === 's') return `${value / ms} s`;
    }
    return `${value} ms`;
  },
  read: reading((text) => {
    const plain = figureOf(text);
    if (plain !== undefined) return plain * 1_000;
    const parts = text
      .toLowerCase()
      .replace(/^p?t/, '')
      .matchAll(/\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*/gy);
    let ms = 0;
    let read = 0;
    for (const [whole, figure, unit] of parts) {
      const known = units.find(([, , names]) => names.test(unit!));
      if (!known) return undefined;
      ms += Number(figure) * known[1];
      read += whole.length;
    }
    return read > 0 && read === text.toLowerCase().replace(/^p?t/, '').length ? ms : undefined;
  }),
};

/** An ISO 8601 duration of one unit: `P30D` is `30 days`. Others are shown as they are. */
export function spanWords(duration: string): string {
  const [, date, clock] = /^P(?:(\d+[DWMY])|T(\d+[HM]))$/.exec(duration) ?? [];
  const part = date ?? clock;
  if (!part) return duration;
  const word = (date ? { D: 'day', W: 'week', M: 'month', Y: 'year' } : { H: 'hour', M: 'minute' })[
    part.at(-1) as 'M'
  ];
  const number = Number.parseInt(part, 10);
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
