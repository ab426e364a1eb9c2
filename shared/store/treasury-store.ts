import { type OutboxItem, outboxItemSchema } from '../cases/case-file.ts';
import { type Proposal, proposalSchema, amountOf, scanOf } from '../funds/proposal.ts';
import { secondTreasurers } from '../funds/treasurer.ts';
import type { Treasury, TreasuryChange, TreasuryDecided, TreasuryRefusal } from '../funds/treasury.ts';
import { type AuditFact, aggregateName, canonicalJson } from '../kernel/audit.ts';
import { type FundId, type NewId, randomId } from '../kernel/ids.ts';
import { scanDetails } from '../kernel/scan.ts';
import { localDateOf } from '../kernel/time.ts';
import { fundWrites, listFunds, termsWrites, treasury } from './fund-store.ts';
import { auditWrites } from './journal-store.ts';
import type { Store } from './open-store.ts';
import { outboxWrite } from './outbox-store.ts';
import type { StoredItem } from './seals.ts';
import { listStaff } from './staff-store.ts';
import { transact, type Write } from './transact.ts';

const mostAttempts = 8;

type Guard = 'proposal' | 'voucher' | 'fund' | 'audit' | 'ledger' | 'none';

/** All that was proposed for one fund, or for all, in no order. */
export async function listProposals(store: Store, fundId?: FundId): Promise<Proposal[]> {
  const { data } = await store.entities.proposal.query
    .own({ treasury, ...(fundId && { fundId }) })
    .go({ pages: 'all', consistent: true });
  return data.map(({ body }) => proposalSchema.parse(body));
}

/** The funds and all that was ever proposed for them, read now. */
export async function loadTreasury(store: Store): Promise<Treasury> {
  const [funds, proposals] = await Promise.all([listFunds(store), listProposals(store)]);
  return { funds, proposals };
}

export type ChangedTreasury =
  /** `outbox`: the mails that were written with it, to be sent. */
  | { readonly kind: 'saved'; readonly proposal: Proposal; readonly outbox: readonly OutboxItem[] }
  /** It was done already. */
  | { readonly kind: 'unchanged'; readonly proposal: Proposal }
  | { readonly kind: 'stale' }
  | TreasuryRefusal;

/**
 * Loads the funds and proposals, decides, writes all or nothing, and decides again if somebody else was faster: proposals on the
 * condition of their version, each fund on its own, a voucher that no other money stands on, the ledger's entries and the chains. Whoever
 * may settle what was proposed gets a mail, by an outbox item in the same write.
 */
export async function changeTreasury(
  store: Store,
  decide: (read: Treasury) => TreasuryDecided,
  newId: NewId = randomId,
): Promise<ChangedTreasury> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const read = await loadTreasury(store);
    const decided = decide(read);
    if (decided.kind !== 'changed') return decided;
    const worked = await writesOf(store, read, decided.change);
    if (worked.kind === 'refused') return worked;
    const outbox = await mailsOf(store, decided.change, newId);
    const outcome = await transact(store, [...worked.writes, ...outbox.map(outboxWrite)]);
    if (outcome.kind === 'done') return { kind: 'saved', proposal: worked.proposal, outbox };
    // Whatever condition failed, somebody else has changed it: read anew, and the rules say what it means.
    await store.pause(Math.random() * 25 * 2 ** attempt);
  }
  return { kind: 'stale' };
}

/** To those who could settle today what is proposed: by the staff as they are now. */
async function mailsOf(store: Store, { asks, at }: TreasuryChange, newId: NewId): Promise<OutboxItem[]> {
  if (asks === undefined) return [];
  const { fundId, proposalId } = asks;
  return secondTreasurers(await listStaff(store), asks, localDateOf(at)).map(({ personId }) =>
    outboxItemSchema.parse({
      ...{ kind: 'mail', outboxId: `mail-${newId()}`, createdAt: at, fundId, proposalId },
      ...{ template: 'fund-to-confirm', to: { person: personId } },
    }),
  );
}

type Worked =
  | { readonly kind: 'writes'; readonly writes: Write<Guard>[]; readonly proposal: Proposal }
  | TreasuryRefusal;

async function writesOf(store: Store, { funds }: Treasury, change: TreasuryChange): Promise<Worked> {
  const money = fundWrites(funds, change.entries);
  if (money.kind === 'not-covered') return { kind: 'refused', code: 'not-covered', leftFen: money.leftFen };
  const proposals = await Promise.all(change.proposals.map((each) => proposalWrites(store, each, change)));
  const [first] = proposals;
  if (first === undefined) throw new Error('a change of the funds without a proposal');
  return {
    kind: 'writes',
    proposal: first.proposal,
    writes: [
      ...proposals.flatMap(({ writes }) => writes),
      ...money.writes,
      ...termsOfChange(funds, change),
      ...(await voucherWrites(store, change, first.proposal)),
    ],
  };
}

function termsOfChange(funds: Treasury['funds'], { terms: set, by, at }: TreasuryChange): Write<'fund' | 'audit'>[] {
  if (set === undefined) return [];
  const { fundId, terms, proposalId } = set;
  const before = funds.find((fund) => fund.fundId === fundId);
  return termsWrites(before, { fundId, ...terms }, { by, at, proposalId }).writes;
}

/** A keyed digest of a proposal as it stands: what it says cannot be altered behind its chain. It may hold what was typed by hand. */
export const digestOfProposal = (store: Store, { version: _version, audit: _audit, ...content }: Proposal) =>
  store.keyRing.searchHash('proposal', canonicalJson(content));

async function proposalWrites(store: Store, proposal: Proposal, { by, at }: TreasuryChange) {
  const { proposalId, fundId, version } = proposal;
  const amountFen = amountOf(proposal);
  const keyedDigest = await digestOfProposal(store, proposal);
  const fact: AuditFact = {
    event: `proposal.${proposal.status}`,
    by,
    at,
    details: {
      fundId,
      kind: proposal.wanted.kind,
      ...(amountFen === undefined ? {} : { amountFen }),
      ...scanDetails(scanOf(proposal)),
    },
  };
  const item = (body: Proposal) => ({ treasury, fundId, proposalId, version: body.version, body });
  const next: Proposal = { ...proposal, version: version + 1 };
  const stored: StoredItem = { entity: 'proposal', attributes: item(next), keyedDigest };
  const audit = auditWrites(aggregateName('proposal', proposalId), proposal.audit, [fact], [stored]);
  const after: Proposal = { ...next, audit: audit.head };
  const put: Write<'proposal'> = {
    guards: 'proposal',
    of: (entities) =>
      entities.proposal
        .put(item(after))
        .where(({ version: there }, { eq, notExists }) => (version === 0 ? notExists(there) : eq(there, version)))
        .commit(),
  };
  return { proposal: after, writes: [put, ...audit.writes] };
}

async function voucherWrites(
  store: Store,
  { takesVoucher, freesVoucher }: TreasuryChange,
  { proposalId }: Proposal,
): Promise<Write<'voucher'>[]> {
  const writes: Write<'voucher'>[] = [];
  if (takesVoucher !== undefined) {
    const voucherHash = await store.keyRing.searchHash('voucher', takesVoucher);
    writes.push({
      guards: 'voucher',
      of: ({ voucher }) => voucher.create({ treasury, voucherHash, proposalId }).commit(),
    });
  }
  if (freesVoucher !== undefined) {
    const voucherHash = await store.keyRing.searchHash('voucher', freesVoucher);
    writes.push({ guards: 'voucher', of: ({ voucher }) => voucher.delete({ treasury, voucherHash }).commit() });
  }
  return writes;
}
