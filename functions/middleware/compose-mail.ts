import type { CaseFile, OutboxItem } from '../../shared/cases/case-file.ts';
import { objectionPath } from '../../shared/cases/objection-receipt.ts';
import { firstTrackingCode, plainTrackingCode, spacedTrackingCode } from '../../shared/cases/tracking-code.ts';
import { awaitsSecond } from '../../shared/cases/recovery.ts';
import { isWaiting, type ScheduledItem } from '../../shared/cases/scheduled-item.ts';
import type { PersonId, ScheduledItemId } from '../../shared/kernel/ids.ts';
import type { Mail } from '../../shared/mail/mailer.ts';
import { type MailContent, writeMail } from '../../shared/mail/write-mail.ts';
import { mailAddressOf } from '../../shared/notice/objection.ts';
import { getFund } from '../../shared/store/fund-store.ts';
import { isProposalWaiting } from '../../shared/store/proposal-waits.ts';
import { issueSignIn } from '../../shared/store/session-store.ts';
import { getStaffMember } from '../../shared/store/staff-store.ts';
import { hashTrackingCode } from '../../shared/store/tracking-code-hash.ts';
import type { OutboxDeps, Seen } from './outbox-deps.ts';

type MailItem = Extract<OutboxItem, { kind: 'mail' }>;

const signInValidMs = 15 * 60_000;

/**
 * The mail that an item stands for, with the name, the address and the case as they are now, or were when the change was saved a
 * moment ago. `nobody-to-tell`: the applicant or the objector gave no address, a seat's link was re-issued or its request answered, or what
 * waited for a second person was settled since, so that this mail would lead nowhere.
 * @throws Error for a staff member who is not in the directory: somebody would wait for an answer that nobody was asked for
 */
export async function mailOf(deps: OutboxDeps, item: MailItem, seen: Seen): Promise<Mail | 'nobody-to-tell'> {
  const file = item.caseId === undefined ? undefined : await seen.caseOf(item.caseId);
  const addressee = await addresseeOf(deps, item, file, seen);
  if (addressee === undefined || isOvertaken(item, file) || (await isSettled(deps, item))) return 'nobody-to-tell';
  const fund = await fundOf(deps, item);
  if (fund === 'without-end') return 'nobody-to-tell';
  const trackingCode = await trackingCodeFor(deps, item, file);
  return writeMail({
    template: item.template,
    to: addressee.email,
    addresseeName: addressee.name,
    caseNumber: file?.case.caseNumber ?? '',
    link: await linkOf(deps, item, file),
    ...(trackingCode === undefined ? {} : { trackingCode }),
    ...(fund === undefined ? {} : { fund }),
    messageId: `<${item.outboxId}@${hostOf(deps.mailFrom())}>`,
  });
}

/** The fund as it is now; one whose end was taken away meanwhile has nothing to be told. */
async function fundOf(
  { store }: OutboxDeps,
  { fundId, proposalId }: MailItem,
): Promise<MailContent['fund'] | 'without-end'> {
  if (fundId === undefined || proposalId !== undefined) return undefined;
  const fund = await getFund(store, fundId);
  const until = fund?.validity.until;
  if (fund === undefined || until === undefined) return 'without-end';
  const { names, availableFen, reservedFen } = fund;
  return { names, until, availableFen, reservedFen };
}

const isSettled = async ({ store }: OutboxDeps, { fundId, proposalId }: MailItem): Promise<boolean> =>
  fundId !== undefined && proposalId !== undefined && !(await isProposalWaiting(store, { fundId, proposalId }));

type Addressee = { readonly name: string; readonly email: string };

async function addresseeOf(
  deps: OutboxDeps,
  { to }: MailItem,
  file: CaseFile | undefined,
  { staff }: Seen,
): Promise<Addressee | undefined> {
  if (to === 'applicant') {
    const { name, email } = file?.case.applicant ?? {};
    return name === undefined || email === undefined || email === '' ? undefined : { name, email };
  }
  if ('objection' in to) {
    const objection = file?.objections.find(({ objectionId }) => objectionId === to.objection);
    const email = objection === undefined ? undefined : mailAddressOf(objection);
    return objection === undefined || email === undefined ? undefined : { name: objection.objectorName, email };
  }
  const listed = staff.find(({ personId }) => personId === to.person);
  const member = listed ?? (await getStaffMember(deps.store, to.person));
  if (member === undefined) throw new Error('a mail is addressed to nobody in the staff directory');
  return member;
}

/**
 * A mail with a decision link is for one generation of one seat of one open request; no reminder comes after the decision, nor
 * after what was due has been done.
 */
function isOvertaken(item: MailItem, file: CaseFile | undefined): boolean {
  if (item.itemId !== undefined && !isStillDue(item.itemId, file)) return true;
  if (item.template === 'recovery-to-confirm') {
    const recovery = file?.recoveries.find(({ recoveryId }) => recoveryId === item.recoveryId);
    return recovery === undefined || awaitsSecond(recovery).length === 0;
  }
  if (item.requestId === undefined || item.to === 'applicant' || 'objection' in item.to) return false;
  const { person } = item.to;
  const request = file?.requests.find(({ requestId }) => requestId === item.requestId);
  if (request?.status !== 'open') return true;
  if (item.generation === undefined) return false;
  const seat = request.seats.find(({ personId }) => personId === person);
  return seat?.generation !== item.generation || seat.leftBecause !== undefined;
}

/** Papers that were due at once are told in one mail: it is sent as long as one of them is waited for. */
function isStillDue(id: ScheduledItemId, file: CaseFile | undefined): boolean {
  const item = file?.scheduled.find(({ itemId }) => itemId === id);
  const isTold = (each: ScheduledItem) =>
    each.itemId === id || (item?.kind === 'paper' && each.kind === 'paper' && each.climbed > 0);
  return file?.scheduled.some((each) => isTold(each) && isWaiting(each)) === true;
}

const isVisitDue = ({ template }: MailItem): boolean => template === 'visit-due' || template === 'home-visit-due';

async function linkOf(deps: OutboxDeps, item: MailItem, file: CaseFile | undefined): Promise<MailContent['link']> {
  const { to } = item;
  const url = (path: string) => `${deps.siteUrl()}${path}`;
  if (to === 'applicant') return { kind: 'track', url: url('/track') };
  if ('objection' in to) {
    if (file === undefined) throw new Error('a mail about an objection to no case');
    return { kind: 'objection', url: url(objectionPath(await deps.houseSecret(), file.case, to.objection)) };
  }
  if (item.template === 'sign-in') return signInLink(deps, to.person, url);
  if (item.requestId !== undefined && item.generation !== undefined) {
    const seat = { requestId: item.requestId, personId: to.person, generation: item.generation };
    return { kind: 'decide', url: url(`/d/${await deps.store.keyRing.linkToken(seat)}`) };
  }
  const request = file?.requests.find(({ requestId }) => requestId === item.requestId);
  if (
    request?.purpose === 'payment' ||
    item.template === 'advance-ordered' ||
    item.template === 'advance-unpaid' ||
    (item.template === 'bank-silent' && item.itemId !== undefined)
  ) {
    return { kind: 'finance', url: url('/finance') };
  }
  if (item.fundId !== undefined && item.proposalId !== undefined)
    return { kind: 'second', url: url(`/finance/funds/${item.fundId}/proposals/${item.proposalId}`) };
  if (item.fundId !== undefined) return { kind: 'fund', url: url(`/finance/funds/${item.fundId}`) };
  if (file !== undefined && item.recoveryId !== undefined)
    return { kind: 'second', url: url(`/finance/recoveries/${file.case.caseId}/${item.recoveryId}`) };
  if (item.template === 'claw-back') return { kind: 'finance', url: url('/finance/recoveries') };
  if (item.template === 'address-change') return { kind: 'office', url: url('/office/staff') };
  if (file !== undefined && item.itemId !== undefined && isVisitDue(item)) {
    return { kind: 'office', url: url(`/office/due/${file.case.caseId}/${item.itemId}`) };
  }
  return { kind: 'office', url: url(file === undefined ? '/office' : `/office/cases/${file.case.caseId}`) };
}

/** Made when the mail is written, so that the token lies in no item: only its hash is stored. */
async function signInLink(
  deps: OutboxDeps,
  personId: PersonId,
  url: (path: string) => string,
): Promise<MailContent['link']> {
  const token = await issueSignIn(deps.store, { personId, now: deps.now(), validMs: signInValidMs });
  return { kind: 'sign-in', url: url(`/sign-in/${token}`) };
}

/** The first code, while it is the case's code; one that the office has issued since is told by the office alone. */
async function trackingCodeFor(
  deps: OutboxDeps,
  { template, to }: MailItem,
  file: CaseFile | undefined,
): Promise<string | undefined> {
  if (template !== 'submitted' || to !== 'applicant' || file === undefined) return undefined;
  const code = firstTrackingCode(await deps.houseSecret(), file.case.caseId);
  const hash = await hashTrackingCode(deps.store, plainTrackingCode(code));
  return hash === file.case.trackingCodeHash ? spacedTrackingCode(code) : undefined;
}

/** `工会 <relief@union.example>` and `relief@union.example` are both at `union.example`. */
const hostOf = (from: string): string => /@([^\s<>@]+?)>?\s*$/.exec(from)?.[1] ?? 'reliefline.invalid';
