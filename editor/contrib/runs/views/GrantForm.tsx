import { type GrantAmounts, grantAmounts } from '@baton/gateway/api';
import { useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { FigureInput } from '../../../ui/FigureInput.tsx';
import { Meter } from '../../../ui/Meter.tsx';
import type { Limit, LimitUse } from '../budget.ts';

/** How far a run came, and how much more it is given; Enter gives it, and the run goes on from its record. */
export function GrantForm({
  budget,
  busy,
  give,
}: {
  budget: readonly LimitUse[];
  busy: boolean;
  /** Without it, one may only look. */
  give: ((amounts: GrantAmounts) => void) | undefined;
}) {
  const [typed, setTyped] = useState<{ [L in Limit]?: number | string | undefined }>({});
  const amountOf = ({ limit, suggested }: LimitUse) => (limit in typed ? typed[limit] : suggested);
  const amounts = Object.fromEntries(budget.map((row) => [row.limit, amountOf(row) ?? 0]));
  const checked = grantAmounts.safeParse(amounts);
  const wrong = (limit: string) => checked.error?.issues.some(({ path }) => path[0] === limit) ?? false;
  const nothing = checked.error?.issues.some(({ path }) => path.length === 0) ?? false;
  const first = budget.find(({ reached }) => reached)?.limit ?? budget[0]?.limit;
  return (
    <form
      className="grantform"
      aria-label="Grant more"
      onSubmit={(event) => {
        event.preventDefault();
        if (checked.success) give?.(checked.data);
      }}
    >
      <table>
        <thead>
          <tr>
            <th>Limit</th>
            <th className="num">Used</th>
            <th className="num">Of</th>
            {give && <th>Grant more</th>}
          </tr>
        </thead>
        <tbody>
          {budget.map((row) => {
            const { limit, title, quantity, used, most, reached } = row;
            return (
              <tr key={limit} className={reached ? 'is-reached' : undefined}>
                <th scope="row">
                  {title}
                  {reached && <span className="c-incident"> reached</span>}
                </th>
                <td className="num">{used > 0 ? quantity.show(tidy(limit, used)) : '0'}</td>
                <td className="num">
                  {most === undefined ? <span className="dim">no limit</span> : quantity.show(most)}
                  {most !== undefined && (
                    <Meter
                      value={used / most}
                      label={`${title} used`}
                      {...(reached && { tone: 'incident' })}
                    />
                  )}
                </td>
                {give && (
                  <td data-first={limit === first || undefined}>
                    <FigureInput
                      small
                      aria-label={`More ${title.toLowerCase()}`}
                      quantity={quantity}
                      value={amountOf(row)}
                      otherwise="–"
                      invalid={wrong(limit)}
                      change={(value) => setTyped({ ...typed, [limit]: value })}
                    />
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {give && (
        <div className="grantfoot">
          <Button type="submit" look="primary" size="sm" busy={busy} disabled={!checked.success}>
            Grant and go on
          </Button>
          <span className="dim xs" role="status">
            {checked.success
              ? 'Nothing that was done is done again.'
              : nothing
                ? 'Expected more of at least one.'
                : 'Expected figures such as 20k, $0.25 or 2 min.'}
          </span>
        </div>
      )}
    </form>
  );
}

/** As exact as one needs it to compare: not to the millisecond. */
function tidy(limit: Limit, used: number): number {
  if (limit === 'duration') return used < 1000 ? Math.round(used) : Math.round(used / 100) * 100;
  return limit === 'cost' ? Math.round(used * 10_000) / 10_000 : used;
}
