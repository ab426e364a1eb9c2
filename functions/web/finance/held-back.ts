import { papersHoldingBack } from '../../../shared/cases/later-papers.ts';
import type { Payout } from '../../../shared/disbursement/payout.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import type { CaseSummary, StaffDeps } from '../staff/deps.ts';
import type { Reading } from './finance-context.ts';

/**
 * The papers for which payouts wait, in words, by payout. Only cases of programmes that have such papers are opened: of all others a
 * list of payouts tells enough.
 */
export async function papersByPayout(
  c: Reading,
  deps: StaffDeps,
  payouts: readonly Payout[],
  { cases, programmes }: { readonly cases: readonly CaseSummary[]; readonly programmes: readonly ProgrammeVersion[] },
): Promise<Map<string, string>> {
  const withSuch = programmes.filter(({ papers }) =>
    papers.some(({ due }) => due !== 'with-the-application' && !due.isExtendable),
  );
  const held = await Promise.all(
    cases.map(async ({ caseId, programmeId, programmeVersion }) => {
      const programme = withSuch.find(({ id, version }) => id === programmeId && version === programmeVersion);
      const file = programme && (await deps.store.loadCaseFile(caseId));
      if (programme === undefined || file === undefined) return [];
      return payouts
        .filter((payout) => payout.caseId === caseId)
        .map((payout) => {
          const missing = papersHoldingBack(file, payout, programme, deps.now());
          return [payout.payoutId, missing.map(({ label }) => label[c.var.lang]).join('、')] as const;
        });
    }),
  );
  return new Map(held.flat().filter(([, papers]) => papers !== ''));
}
