import type { OutboxItem } from '../../shared/cases/case-file.ts';
import type { Fund } from '../../shared/funds/fund.ts';
import { nextTelling, tellingOf, toldOfFunds } from '../../shared/funds/fund-end.ts';
import { outboxIdSchema } from '../../shared/kernel/ids.ts';
import { type Instant, localDateOf } from '../../shared/kernel/time.ts';
import { listFunds, markTold } from '../../shared/store/fund-store.ts';
import { listStaff } from '../../shared/store/staff-store.ts';
import type { ActDeps } from '../middleware/act-on-case.ts';

/**
 * Mails finance and the office about funds whose last day is near, or has passed with money reserved. Mails and mark are one write on
 * the condition of the fund's version: who comes second writes nothing, and looks again an hour later. Gives how many funds were told
 * of, and when to look next.
 */
export async function tellOfFunds(act: ActDeps): Promise<{ readonly told: number; readonly nextAt: Instant | null }> {
  const now = act.now();
  const today = localDateOf(now);
  const funds = await listFunds(act.store);
  const due = funds.flatMap((fund) => {
    const what = tellingOf(fund, today);
    return what === undefined ? [] : [{ fund, what }];
  });
  const people = due.length === 0 ? [] : toldOfFunds(await listStaff(act.store), today);
  let told = 0;
  for (const { fund, what } of people.length === 0 ? [] : due) {
    const outbox = people.map(({ personId }) => mailAbout(fund, what, personId, now));
    if (!(await markTold(act.store, fund, { what, at: now, outbox }))) continue;
    told += 1;
    await act.send(outbox);
  }
  return { told, nextAt: nextTelling(funds, now) };
}

function mailAbout(
  { fundId, validity: { until } }: Fund,
  what: 'ending' | 'over',
  person: ReturnType<typeof toldOfFunds>[number]['personId'],
  createdAt: Instant,
): OutboxItem {
  const outboxId = outboxIdSchema.parse(`fund-${fundId}-${what}-${until ?? ''}-${person}`);
  return { kind: 'mail', outboxId, createdAt, fundId, template: `fund-${what}`, to: { person } };
}
