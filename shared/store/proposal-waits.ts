import * as z from 'zod';
import type { ProposalStatus } from '../funds/proposal.ts';
import type { FundId, ProposalId } from '../kernel/ids.ts';
import { treasury } from './fund-store.ts';
import type { Store } from './open-store.ts';

const statusSchema = z.object({ status: z.string() });

/** Whether what was proposed for a fund still waits for its second person, read now and without the rest of it. */
export async function isProposalWaiting(
  store: Store,
  { fundId, proposalId }: { readonly fundId: FundId; readonly proposalId: ProposalId },
): Promise<boolean> {
  const { data } = await store.entities.proposal.get({ treasury, fundId, proposalId }).go({ consistent: true });
  return data !== null && statusSchema.parse(data.body).status === ('proposed' satisfies ProposalStatus);
}
