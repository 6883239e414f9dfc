import './Table.css';
import type { KeyboardEvent, ReactNode } from 'react';
import { Icon } from './Icon.tsx';

export interface Column<T> {
  id: string;
  title: string;
  /** Right aligned with tabular digits. */
  numeric?: boolean;
  width?: string;
  render(row: T): ReactNode;
  /** Its head is a button that sorts by it. */
  sortable?: boolean;
}

export interface TableSort {
  /** Id of the column. */
  by: string;
  descending: boolean;
}

export interface TableProps<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  idOf(row: T): string;
  selected?: string | undefined;
  onOpen?(row: T): void;
  dense?: boolean;
  sort?: TableSort;
  onSort?(sort: TableSort): void;
}

/** The whole row is clickable; arrows walk rows, Enter opens. */
export function Table<T>({
  label,
  columns,
  rows,
  idOf,
  selected,
  onOpen,
  dense,
  sort,
  onSort,
}: TableProps<T>) {
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>, row: T) => {
    const next =
      event.key === 'ArrowDown'
        ? 'nextElementSibling'
        : event.key === 'ArrowUp'
          ? 'previousElementSibling'
          : undefined;
    if (next) {
      event.preventDefault();
      (event.currentTarget[next] as HTMLElement | null)?.focus();
    } else if (event.key === 'Enter') onOpen?.(row);
  };
  const stop = selected ?? (rows[0] && idOf(rows[0]));
  return (
    <table className={dense ? 'table dense' : 'table'} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.id}
              className={[column.numeric && 'num', sort?.by === column.id && 'sorted']
                .filter(Boolean)
                .join(' ')}
              style={{ width: column.width }}
              scope="col"
              aria-sort={sort?.by === column.id ? (sort.descending ? 'descending' : 'ascending') : undefined}
            >
              {column.sortable && onSort ? (
                <button
                  type="button"
                  className="sorter"
                  onClick={() =>
                    onSort({ by: column.id, descending: sort?.by === column.id && !sort.descending })
                  }
                >
                  {column.title}
                  {sort?.by === column.id && (
                    <Icon name={sort.descending ? 'codicon:arrow-down' : 'codicon:arrow-up'} size={12} />
                  )}
                </button>
              ) : (
                column.title
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const id = idOf(row);
          return (
            <tr
              key={id}
              className={id === selected ? 'is-selected' : undefined}
              tabIndex={id === stop ? 0 : -1}
              aria-selected={id === selected}
              onClick={() => onOpen?.(row)}
              onKeyDown={(event) => onKeyDown(event, row)}
            >
              {columns.map((column) => (
                <td key={column.id} className={column.numeric ? 'num' : undefined}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
