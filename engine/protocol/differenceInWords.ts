import type { JsonValue } from './json.ts';
import type { ReplayDifference } from './recordings.ts';

/** Characters shown of each side. */
const most = 240;
/** Of them before the first that differs. */
const before = 60;

/** What differs, one line a side, from shortly before the first character that is not the same. */
export function differenceInWords({ sequence, pointer, recorded, now }: ReplayDifference): string[] {
  const place = pointer === '' ? '' : ` at ${pointer}`;
  if (recorded === null && now !== null)
    return [`call ${sequence} was not made when it was recorded`, `  now:      ${excerpt(written(now), 0)}`];
  if (now === null && recorded !== null)
    return [`call ${sequence} is not made any more${place}`, `  recorded: ${excerpt(written(recorded), 0)}`];
  const [a, b] = [written(recorded), written(now)];
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  return [
    `call ${sequence} differs${place}`,
    `  recorded: ${excerpt(a, same)}`,
    `  now:      ${excerpt(b, same)}`,
  ];
}

const written = (value: JsonValue) => JSON.stringify(value);

function excerpt(text: string, differs: number): string {
  const from = text.length <= most ? 0 : Math.max(0, differs - before);
  const shown = text.slice(from, from + most);
  return `${from > 0 ? '… ' : ''}${shown}${from + most < text.length ? ' …' : ''}`;
}
