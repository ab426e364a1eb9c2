import type { Around, CaseFile, Decided, MailTemplate, OutboxItem } from '../../shared/cases/case-file.ts';
import { batchPayout, sendPayout } from '../../shared/cases/batch-payout.ts';
import { type Ballot, castVote } from '../../shared/cases/cast-vote.ts';
import { decideAccount, proposeAccount } from '../../shared/cases/change-account.ts';
import { addPapers, editApplication, resubmitApplication } from '../../shared/cases/change-application.ts';
import { proposeRecovery, proposeWaiver } from '../../shared/cases/claim-overpayment.ts';
import { confirmRepayment, recordRepayment } from '../../shared/cases/repay.ts';
import { checkIntake, claimsOf } from '../../shared/cases/check-intake.ts';
import { climbRung } from '../../shared/cases/climb-rung.ts';
import { climbScheduled } from '../../shared/cases/climb-scheduled.ts';
import type { DecisionRequest, Verdict } from '../../shared/cases/decision-request.ts';
import type { FundShare } from '../../shared/funds/fund-rule.ts';
import { reassignRequest, reissueLink, reissueTrackingCode } from '../../shared/cases/office-actions.ts';
import { openRequest } from '../../shared/cases/open-request.ts';
import { raiseObjection } from '../../shared/cases/raise-objection.ts';
import type { PaperFile, Payee } from '../../shared/cases/relief-case.ts';
import { reopenApplication } from '../../shared/cases/reopen-application.ts';
import { consumeDecided, routeOf } from '../../shared/cases/route.ts';
import { extendPaper, recordVisit } from '../../shared/cases/scheduled-actions.ts';
import { scheduledItemId } from '../../shared/cases/scheduled-item.ts';
import {
  confirmPayout,
  failPayout,
  markUnknown,
  returnPayout,
  undoSettlement,
} from '../../shared/cases/settle-payout.ts';
import { type Content, type Submission, submitApplication } from '../../shared/cases/submit-application.ts';
import { withdrawApplication } from '../../shared/cases/withdraw-application.ts';
import type { Batch, BatchFile } from '../../shared/disbursement/batch.ts';
import {
  type BatchRefusal,
  beginBatch,
  closeBatch,
  finishBatch,
  releaseBatch,
} from '../../shared/disbursement/decide-batch.ts';
import type { Payout } from '../../shared/disbursement/payout.ts';
import { incidentIdOf } from '../../shared/intake/incident-key.ts';
import {
  batchIdSchema,
  caseIdSchema,
  householdIdSchema,
  objectionIdSchema,
  patchIdSchema,
  requestIdSchema,
} from '../../shared/kernel/ids.ts';
import { yuan } from '../../shared/kernel/money.ts';
import { addHours, addMs, asLocalDate, type Instant, localDateOf } from '../../shared/kernel/time.ts';
import { workingDaysAfter } from '../../shared/kernel/working-days.ts';
import type { Answers } from '../../shared/programmes/form-field.ts';
import type { ProgrammeVersion } from '../../shared/programmes/programme-version.ts';
import { aroundIn, fileIn, save, type Told, type World } from './case-world.ts';
import { contentFor, person, seedOf } from './small-union.ts';

/** The file of a batch, as it was handed to the bank. */
export const sealedFile: BatchFile = {
  ...{ name: 'batch.csv', objectKey: 'batches/1', contentType: 'text/csv', sha256: 'digest', sizeBytes: 1 },
};

/** What goes with an answer; amounts in yuan. */
export type Said = {
  readonly yuan?: number;
  readonly visited?: string;
  readonly note?: string;
  readonly shares?: readonly FundShare[];
  readonly contentVersion?: number;
  readonly requestId?: string;
};

export type Story = ReturnType<typeof tell>;

/** Submits an application and lets the workflow run to its first wait. */
export function begin(
  world: World,
  programme: string | ProgrammeVersion,
  over: { readonly answers?: Answers; readonly household?: string } & Partial<
    Pick<Submission, 'standing' | 'enteredById'>
  > = {},
) {
  const { answers, household = 'household-1', standing = 'none', ...more } = over;
  const version = typeof programme === 'string' ? seedOf(programme) : programme;
  const caseId = caseIdSchema.parse(`case-${world.files.size + 1}`);
  const content = contentFor(version, answers === undefined ? {} : { answers });
  const incidentId = incidentIdOf(version, content.answers);
  const changes = submitApplication(
    {
      ...content,
      ...more,
      ...(incidentId === undefined ? {} : { incidentId }),
      caseId,
      caseNumber: caseId,
      programme: version,
      householdId: householdIdSchema.parse(household),
      patchId: patchIdSchema.parse('patch-1'),
      beneficiaryId: person(`of-${household}`),
      standing,
      isOnRegister: false,
      trackingCodeHash: 'hash',
    },
    world,
  );
  world.programmes.set(caseId, version);
  save(world, undefined, changes);
  const story = tell(world, caseId);
  story.runWorkflow();
  return story;
}

const claimOf = ({ recoveries: [first] }: CaseFile) => {
  if (first === undefined) throw new Error('nothing is claimed back');
  return first.recoveryId;
};

const addresseeOf = (to: Extract<OutboxItem, { kind: 'mail' }>['to']): string => {
  if (to === 'applicant') return to;
  return 'person' in to ? to.person : `objection ${to.objection}`;
};

/** One case and everybody who acts on it. Each act answers `done` or why not, and the workflow goes on as far as it can. */
function tell(world: World, caseId: string) {
  const file = () => fileIn(world, caseId);
  const around = () => aroundIn(world, file());

  const act = (decide: (file: CaseFile, around: Around) => Decided | { kind: 'idle' }): Told => {
    const read = file();
    const decided = decide(read, around());
    if (decided.kind === 'refused') return decided.code;
    if (decided.kind !== 'changed') return 'done';
    const told = save(world, read, decided.changes);
    if (told === 'done') runWorkflow();
    return told;
  };

  /** A step of the workflow: nobody may be refused there. */
  const step = (decide: (file: CaseFile, around: Around) => Decided | { kind: string }): string => {
    const read = file();
    const decided = decide(read, around());
    if (!('changes' in decided)) {
      if (decided.kind === 'refused') throw new Error(`the workflow was refused: ${JSON.stringify(decided)}`);
      return decided.kind;
    }
    const told = save(world, read, decided.changes);
    if (told !== 'done') throw new Error(`the workflow could not write: ${told}`);
    return 'changed';
  };

  /** Follows the route to the next wait, as the state machine does. */
  const runWorkflow = (): void => {
    for (let steps = 0; steps < 10; steps += 1) {
      const { next } = routeOf(file(), world.now);
      if (next === 'end') return void step(consumeDecided);
      if (next === 'intake') {
        step((read, about) => {
          const keys = claimsOf(read, about.programme).map(({ key }) => key);
          const otherClaims = keys.filter((key) => (world.claims.get(key) ?? caseId) !== caseId);
          return checkIntake(read, about, { otherClaims });
        });
        continue;
      }
      const purpose = next === 'disbursement' ? 'payment' : next === 'objection' ? 'objection-admission' : next;
      if (step((read, about) => openRequest(read, about, { purpose, taskToken: world.newId() })) === 'changed') return;
    }
    throw new Error('the workflow does not come to a wait');
  };

  /** Lets time pass; every wait that times out on the way climbs its rung and waits again. */
  const until = (to: Instant): void => {
    for (let hops = 0; hops < 400; hops += 1) {
      const { next, timeoutSeconds } = routeOf(file(), world.now);
      const wakes = addMs(world.now, timeoutSeconds * 1000);
      if (next === 'end' || wakes > to) {
        world.now = to;
        return;
      }
      world.now = wakes;
      step(climbRung);
      runWorkflow();
    }
    throw new Error('the workflow wakes for nothing');
  };

  const open = (): DecisionRequest => {
    const request = file().requests.find(({ status }) => status === 'open');
    if (request === undefined) throw new Error(`nobody is asked while the case is ${file().case.status}`);
    return request;
  };
  const payout = (index: number): Payout => {
    const found = file().payouts[index];
    if (found === undefined) throw new Error(`no payout ${index}`);
    return found;
  };
  const ballot = (who: string, verdict: Verdict, said: Said = {}): Ballot => ({
    personId: person(who),
    requestId: requestIdSchema.parse(said.requestId ?? open().requestId),
    contentVersion: said.contentVersion ?? file().case.contentVersion,
    verdict,
    note: said.note ?? '已核实',
    missing: verdict === 'return' ? [{ item: 'paper:invoice', label: { zh: '发票', en: 'Invoice' } }] : [],
    ...(said.yuan === undefined ? {} : { amountFen: yuan(said.yuan) }),
    ...(said.visited === undefined ? {} : { visitedOn: asLocalDate(said.visited) }),
    ...(said.shares === undefined ? {} : { shares: said.shares }),
  });
  const ofFinance = (who: string, index: number) => ({ personId: person(who), payoutId: payout(index).payoutId });

  /** A batch of this one payment, made by this person. */
  const batch = (who: string, index = 0): Told => {
    const { payoutId, fundId, amountFen } = payout(index);
    const batchId = batchIdSchema.parse(world.newId());
    const member = { caseId: file().case.caseId, payoutId, fundId, amountFen, payeeDigest: 'digest', isIn: false };
    const begun = beginBatch({
      ...{ batchId, batchNumber: `PC-2016-${batchId}`, profileId: 'generic-csv', members: [member], answers: [] },
      ...{ personId: person(who), at: world.now },
    });
    if (begun.kind === 'refused') throw new Error(begun.code);
    world.batches.set(batchId, { ...begun.batch, version: 1 });
    const told = act((read, about) => {
      const decided = batchPayout(read, about, payoutId, world.batches.get(batchId)!);
      return decided.kind === 'nothing' ? { kind: 'idle' } : decided;
    });
    const isIn = file().payouts.some((each) => each.payoutId === payoutId && each.batchId === batchId);
    for (const decide of [
      closeBatch,
      (it: Batch, at: Instant) => finishBatch(it, new Set(isIn ? [payoutId] : []), at),
    ]) {
      const decided = decide(world.batches.get(batchId)!, world.now);
      if (decided.kind === 'refused') throw new Error(decided.code);
      world.batches.set(batchId, { ...decided.batch, version: decided.batch.version + 1 });
    }
    return told;
  };

  /** Its batch is released by this person, and it alone is told so. */
  const send = (who: string, index = 0): Told | BatchRefusal['code'] => {
    const made = world.batches.get(payout(index).batchId ?? '');
    if (made === undefined) return 'not-possible-now';
    const decided = releaseBatch(made, {
      personId: person(who),
      seenVersion: made.version,
      file: sealedFile,
      at: world.now,
    });
    if (decided.kind === 'refused') return decided.code;
    const released = { ...decided.batch, version: made.version + 1 };
    world.batches.set(made.batchId, released);
    return act((read, about) => {
      const sent = sendPayout(read, about, payout(index).payoutId, released);
      return sent.kind === 'nothing' ? { kind: 'idle' } : sent;
    });
  };

  return {
    caseId,
    file,
    around,
    step,
    act,
    runWorkflow,
    until,
    open,
    status: () => file().case.status,
    workingDays: (days: number) => until(workingDaysAfter(world.now, days)),
    hours: (hours: number) => until(addHours(world.now, hours)),
    ballot,
    vote: (who: string, verdict: Verdict, said: Said = {}): Told => {
      const answer = ballot(who, verdict, said);
      return act((read, about) => castVote(read, about, answer));
    },
    edit: (content: Content) => act((read, about) => editApplication(read, about, content)),
    resubmit: (content: Content) => act((read, about) => resubmitApplication(read, about, content)),
    addPapers: (files: PaperFile[]) => act((read, about) => addPapers(read, about, files)),
    /** Brings a file of each of these papers. */
    bring: (...paperIds: string[]) =>
      act((read, about) =>
        addPapers(
          read,
          about,
          paperIds.map((paperId) => ({
            paperId,
            fileId: world.newId(),
            objectKey: `case/${paperId}`,
            contentType: 'image/jpeg',
            sizeBytes: 10,
            uploadedAt: world.now,
          })),
        ),
      ),
    /** What the hourly sweep does for this case. Whether it found anything to do. */
    sweep: (): boolean =>
      file()
        .scheduled.map(({ itemId }) => step((read, about) => climbScheduled(read, about, itemId)))
        .includes('changed'),
    item: (kindAndSubject: string) => {
      const found = file().scheduled.find(({ itemId }) => itemId === `${caseId}.${kindAndSubject}`);
      if (found === undefined) throw new Error(`nothing due is called ${kindAndSubject}`);
      return found;
    },
    extend: (who: string, paperId: string, until: string, reason = '消防部门尚未出具') =>
      act((read, about) =>
        extendPaper(read, about, {
          personId: person(who),
          itemId: scheduledItemId(read.case.caseId, 'paper', paperId),
          until: asLocalDate(until),
          reason,
        }),
      ),
    visit: (who: string, visit: number, visitedOn: string, note = '家中安好') =>
      act((read, about) =>
        recordVisit(read, about, {
          personId: person(who),
          itemId: scheduledItemId(read.case.caseId, 'visit', visit),
          visitedOn: asLocalDate(visitedOn),
          note,
        }),
      ),
    withdraw: () => act(withdrawApplication),
    reopen: () => act(reopenApplication),
    object: (id = world.newId()) =>
      act((read, about) =>
        raiseObjection(read, about, {
          objectionId: objectionIdSchema.parse(id),
          objectorName: '李四',
          objectorContact: '13900000000',
          grounds: '情况不实',
        }),
      ),
    batch,
    send,
    /** Made into a batch by one, and released by another of finance. */
    release: (who: string, index = 0): Told | BatchRefusal['code'] => {
      const told = batch(who, index);
      return told === 'done' ? send(who === 'finance-1' ? 'finance-2' : 'finance-1', index) : told;
    },
    confirm: (who: string, index = 0, bank: { reference?: string; paidOn?: string } = {}) =>
      act((read, about) =>
        confirmPayout(read, about, {
          ...ofFinance(who, index),
          bankReference: bank.reference ?? `${caseId}-${index}`,
          paidOn: bank.paidOn === undefined ? localDateOf(world.now) : asLocalDate(bank.paidOn),
        }),
      ),
    fail: (who: string, index = 0) =>
      act((read, about) => failPayout(read, about, { ...ofFinance(who, index), reason: '账号有误' })),
    silence: (who: string, index = 0) => act((read, about) => markUnknown(read, about, ofFinance(who, index))),
    return: (who: string, index = 0) =>
      act((read, about) => returnPayout(read, about, { ...ofFinance(who, index), reason: '账户已销户' })),
    undo: (who: string, index = 0) =>
      act((read, about) => undoSettlement(read, about, { ...ofFinance(who, index), reason: '登记到了别的一笔' })),
    /** Records that so many yuan of the claim for the advance came back. */
    repay: (who: string, amount: number, reference = `${caseId}-back`) =>
      act((read, about) =>
        recordRepayment(read, about, {
          ...{ personId: person(who), recoveryId: claimOf(read), amountFen: yuan(amount), bankReference: reference },
          on: localDateOf(world.now),
        }),
      ),
    confirmRepayment: (who: string, count: number) =>
      act((read, about) => {
        const recoveryId = claimOf(read);
        return confirmRepayment(read, about, {
          personId: person(who),
          recoveryId,
          repaymentId: `${recoveryId}.${count}`,
        });
      }),
    claimOverpayment: (who: string, amount: number) =>
      act((read, about) =>
        proposeRecovery(read, about, { personId: person(who), amountFen: yuan(amount), reason: '发票已由保险赔付' }),
      ),
    proposeWaiver: (who: string) =>
      act((read, about) =>
        proposeWaiver(read, about, { personId: person(who), recoveryId: claimOf(read), reason: '家中再遭变故' }),
      ),
    propose: (payee: Payee, proof: PaperFile[] = []) => act((read, about) => proposeAccount(read, about, payee, proof)),
    decideAccount: (who: string, approves: boolean, note = '') =>
      act((read, about) => decideAccount(read, about, { personId: person(who), approves, note })),
    reassign: (who: string, to: string) =>
      act((read, about) =>
        reassignRequest(read, about, { personId: person(who), requestId: open().requestId, toPersonId: person(to) }),
      ),
    reissueLink: (who: string, by = who) =>
      act((read, about) =>
        reissueLink(read, about, { requestId: open().requestId, personId: person(who), by: person(by) }),
      ),
    reissueCode: (who: string) =>
      act((read, about) => reissueTrackingCode(read, about, { personId: person(who), codeHash: 'another hash' })),
    asked: () =>
      open()
        .seats.filter(({ askedAt, leftBecause }) => askedAt !== undefined && leftBecause === undefined)
        .map(({ personId }) => String(personId)),
    /** Who got mails of a kind about this case so far, in order. */
    mailed: (template: MailTemplate): string[] =>
      world.sent.flatMap((item) =>
        item.kind === 'mail' && item.template === template && item.caseId === caseId ? [addresseeOf(item.to)] : [],
      ),
  };
}
