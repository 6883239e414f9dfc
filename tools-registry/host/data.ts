import type { JsonValue } from '../contract/index.ts';
import { exactly, invalid, object, text, withArguments } from './arguments.ts';
import type { HostService } from './service.ts';

const LONGEST = 2_000_000;
/** Elements of a page below which nothing is read. */
const DEEPEST = 200;

const delimiter = { enum: [',', ';', '\t', '|'] };

/** Work on texts that a tool would otherwise bring a library for; it needs no grant. */
export const dataServices = {
  feel: withArguments<{ expression: string; variables?: { [name: string]: JsonValue } }>({
    kind: 'data',
    input: exactly({ expression: text(20_000, 1), variables: object }, ['expression']),
    what: () => 'evaluate FEEL',
    async answer({ expression, variables = {} }, { world }) {
      const evaluated = world.feel(expression, variables);
      return evaluated.ok
        ? { ok: true, value: evaluated.value }
        : { ok: false, code: 'FEEL_INVALID', message: evaluated.message };
    },
    outcome: () => 'evaluated',
  }),

  'csv.parse': withArguments<{ text: string; header?: boolean; delimiter?: string; convert?: boolean }>({
    kind: 'data',
    input: exactly(
      { text: text(LONGEST), header: { type: 'boolean' }, delimiter, convert: { type: 'boolean' } },
      ['text'],
    ),
    what: () => 'parse CSV',
    async answer({ text: csv, header = true, delimiter: between = '', convert: typed = false }) {
      const { default: Papa } = await import('papaparse');
      const rest = { header, delimiter: between, dynamicTyping: typed };
      // The mark of a text's byte order is no part of the first name.
      const { data, errors } = Papa.parse<JsonValue>(csv.replace(/^\uFEFF/, ''), {
        ...rest,
        skipEmptyLines: 'greedy',
      });
      const wrong = errors.find(({ type }) => type !== 'Delimiter');
      if (wrong)
        return invalid(`Expected CSV, but: ${wrong.message} (line ${(wrong.row ?? 0) + (header ? 2 : 1)})`);
      return { ok: true, value: data };
    },
    outcome: (value) => `${(value as JsonValue[]).length} rows`,
  }),

  'csv.format': withArguments<{ rows: JsonValue[]; columns?: string[]; delimiter?: string }>({
    kind: 'data',
    input: exactly(
      {
        rows: { type: 'array', items: { type: ['object', 'array'] } },
        columns: { type: 'array', items: { type: 'string' }, maxItems: 1_000 },
        delimiter,
      },
      ['rows'],
    ),
    what: () => 'format CSV',
    async answer({ rows, columns, delimiter: between = ',' }) {
      const { default: Papa } = await import('papaparse');
      const cell = (value: JsonValue) =>
        value !== null && typeof value === 'object' ? JSON.stringify(value) : value;
      const plain = rows.map((row) =>
        Array.isArray(row)
          ? row.map(cell)
          : Object.fromEntries(Object.entries(row as object).map(([name, value]) => [name, cell(value)])),
      );
      // A cell that a spreadsheet would take for a formula is a text in it.
      const settings = { delimiter: between, newline: '\n', escapeFormulae: true };
      const named = columns ?? namesOf(plain);
      return { ok: true, value: Papa.unparse(plain, { ...settings, ...(named && { columns: named }) }) };
    },
    outcome: () => 'formatted',
  }),

  'html.text': withArguments<{ html: string }>({
    kind: 'data',
    input: exactly({ html: text(LONGEST) }, ['html']),
    what: () => 'read HTML',
    async answer({ html }) {
      const { convert } = await import('html-to-text');
      const value = convert(html, {
        wordwrap: false,
        limits: { maxDepth: DEEPEST, maxInputLength: LONGEST },
        selectors: [
          { selector: 'img', format: 'skip' },
          { selector: 'nav', format: 'skip' },
          { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
          ...['h1', 'h2', 'h3', 'h4'].map((selector) => ({ selector, options: { uppercase: false } })),
          { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
        ],
      });
      return { ok: true, value };
    },
    outcome: () => 'read',
  }),
} satisfies { [name: string]: HostService };

/** Every name that a row has, in the order of their first appearance. */
function namesOf(rows: readonly unknown[]): string[] | undefined {
  if (rows.some(Array.isArray)) return undefined;
  return [...new Set(rows.flatMap((row) => Object.keys(row as object)))];
}
