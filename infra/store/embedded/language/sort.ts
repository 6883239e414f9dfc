import type { Document } from 'bson';
import { CommandRefusal } from '../errors.ts';
import { compareValues } from './order.ts';
import { valuesAt } from './paths.ts';

export type SortSpecification = { [path: string]: 1 | -1 };

/** Stable sort; an array sorts by its least element ascending and by its greatest descending. */
export function sortDocuments(documents: Document[], specification: SortSpecification): Document[] {
  const keys = Object.entries(specification).map(([path, direction]) => {
    if (Number(direction) !== 1 && Number(direction) !== -1)
      throw new CommandRefusal(
        'BadValue',
        `Expected sort direction 1 or -1 for "${path}", but got ${String(direction)}`,
      );
    return { path, direction: Number(direction) };
  });
  if (keys.length === 0) return documents;
  const sortable = documents.map((document) => ({
    document,
    values: keys.map(({ path, direction }) =>
      valuesAt(document, path).values.reduce((best, value) =>
        compareValues(value, best) * direction < 0 ? value : best,
      ),
    ),
  }));
  sortable.sort((a, b) => {
    for (let i = 0; i < keys.length; i++) {
      const order = compareValues(a.values[i], b.values[i]) * keys[i]!.direction;
      if (order !== 0) return order;
    }
    return 0;
  });
  return sortable.map(({ document }) => document);
}
