import type { QuickAccessItem } from '../platform/quickAccess.ts';
import { fuzzyQuery, fuzzyScore, type Searchable, searchable } from './fuzzy.ts';

export interface Quick extends Omit<QuickAccessItem, 'run'> {
  choose(side: boolean): void;
}

export interface QuickRow {
  item: Quick;
  /** Head above this row. */
  section?: string | undefined;
}

/** Items made ready to be looked through, once each time the palette opens. */
export type QuickIndex = readonly {
  item: Quick;
  label: Searchable;
  beside: Searchable | undefined;
  place: number;
}[];

/** Labels made ready before, so that a palette which opens again finds them so. */
const ready = new Map<string, Searchable>();
const mostReady = 20_000;

function readied(text: string): Searchable {
  const known = ready.get(text);
  if (known) return known;
  if (ready.size >= mostReady) ready.clear();
  const made = searchable(text);
  ready.set(text, made);
  return made;
}

export function quickIndex(items: readonly Quick[]): QuickIndex {
  // Many items share few descriptions.
  const descriptions = new Map<string, Searchable>();
  const described = (text: string) => {
    const known = descriptions.get(text) ?? searchable(text);
    descriptions.set(text, known);
    return known;
  };
  return items.map((item, place) => ({
    item,
    place,
    label: readied(item.label),
    beside: item.description ? described(item.description) : undefined,
  }));
}

/** The item used last goes before others by this much; the next ones by less. */
const recentBonus = 60;

export interface RowOptions {
  /** Ids, newest first. */
  recent?: readonly string[];
  /** Said above the recent ones and the others while nothing is asked. */
  heads?: readonly [recent: string, others: string];
  /** Shown in the order given whatever is asked: they fit already. */
  answered?: boolean;
  grouped?: boolean | undefined;
  /** Only so many of what fits a query, the best: the others need no order among themselves. */
  most?: number;
}

interface Found extends QuickRow {
  score: number;
  place: number;
}

const byScore = (one: Found, other: Found) => other.score - one.score || one.place - other.place;

/** What is shown for a query, best first; without one in the order given, those used last before all others. */
export function quickRows(index: QuickIndex, text: string, options: RowOptions = {}): QuickRow[] {
  const { recent = [], answered = false, grouped = false, most } = options;
  const query = fuzzyQuery(text);
  const rank = new Map(recent.map((id, at) => [id, at]));
  if (answered || query.words.length === 0) return withoutQuery(index, rank, options);

  const found: Found[] = [];
  for (const { item, label, beside, place } of index) {
    const matched = fuzzyScore(query, label, beside);
    if (matched === undefined) continue;
    const used = rank.get(item.id);
    const score = matched + (used === undefined ? 0 : recentBonus / (1 + used * 0.2));
    if (most === undefined) found.push({ item, place, score });
    else keepBest(found, { item, place, score }, most);
  }
  if (most === undefined) found.sort(byScore);
  return grouped ? inSections(found) : found;
}

/** Puts one among the best, which stay in order. */
function keepBest(best: Found[], one: Found, most: number): void {
  if (best.length === most && byScore(one, best[most - 1]!) >= 0) return;
  let at = best.length;
  while (at > 0 && byScore(one, best[at - 1]!) < 0) at--;
  best.splice(at, 0, one);
  if (best.length > most) best.pop();
}

function withoutQuery(
  items: QuickIndex,
  rank: ReadonlyMap<string, number>,
  { heads, grouped }: RowOptions,
): QuickRow[] {
  const used = items
    .filter(({ item }) => rank.has(item.id))
    .sort((a, b) => rank.get(a.item.id)! - rank.get(b.item.id)!);
  if (used.length === 0) {
    const rows = items.map(({ item }) => ({ item }));
    return grouped || items.some(({ item }) => item.section) ? inSections(rows) : rows;
  }
  const others = items.filter(({ item }) => !rank.has(item.id));
  const rows = [...used, ...others].map(({ item }): QuickRow => ({ item }));
  if (heads) {
    rows[0] = { ...rows[0]!, section: heads[0] };
    if (others.length > 0) rows[used.length] = { ...rows[used.length]!, section: heads[1] };
  }
  return rows;
}

/** Rows of a section together, sections in the order in which they come first, each with its head. */
function inSections(rows: readonly QuickRow[]): QuickRow[] {
  const sections = new Map<string, QuickRow[]>();
  for (const row of rows) {
    const name = row.item.section ?? '';
    const section = sections.get(name);
    if (section) section.push(row);
    else sections.set(name, [row]);
  }
  return [...sections].flatMap(([name, [first, ...others]]) => [
    { ...first!, section: name || undefined },
    ...others,
  ]);
}

/** The items of an access as the list wants them. */
export function quickOf(
  items: readonly QuickAccessItem[],
  choose: (item: QuickAccessItem, side: boolean) => void,
) {
  return items.map((item): Quick => ({ ...item, choose: (side) => choose(item, side) }));
}
