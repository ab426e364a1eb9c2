import type { SFNClient } from '@aws-sdk/client-sfn';
import type { CaseFile } from '../../shared/cases/case-file.ts';
import type { BankResultId, BatchId, CaseId } from '../../shared/kernel/ids.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import type { StaffMember } from '../../shared/register/staff.ts';
import type { Mailer } from '../../shared/mail/mailer.ts';
import type { Store } from '../../shared/store/open-store.ts';

/** What whoever has just changed a case knows of it; without it, sending reads the case and the staff as they are now. */
export type KnownCase = { readonly file: CaseFile; readonly staff: readonly StaffMember[] };

/** What the items that are sent together are told of cases and staff; `caseOf` reads a case once, however many of them speak of it. */
export type Seen = {
  readonly caseOf: (caseId: CaseId) => Promise<CaseFile | undefined>;
  readonly staff: KnownCase['staff'];
};

/** What sending needs. What is read from the environment is asked for only by the kind of item that needs it. */
export type OutboxDeps = {
  readonly store: Store;
  readonly sfn: Pick<SFNClient, 'send'>;
  readonly mailer: Mailer;
  readonly stateMachineArn: () => string;
  readonly siteUrl: () => string;
  readonly mailFrom: () => string;
  /** The secret of first tracking codes and of objections' receipts; the pages' own for sessions. */
  readonly houseSecret: () => Promise<string>;
  /** Carries what was decided on a batch to each of its payments. Only where batches are decided on, and in the sweeper. */
  readonly carryBatch?: (batchId: BatchId) => Promise<'done' | 'left'>;
  /** Carries what a bank's file says to each of the payments that it settles. Only where files are applied, and in the sweeper. */
  readonly carryResult?: (resultId: BankResultId) => Promise<'done' | 'left'>;
  readonly now: () => Instant;
};
