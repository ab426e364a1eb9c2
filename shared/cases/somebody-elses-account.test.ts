import { describe, expect, test } from 'vitest';
import { illness, inPayment, payoutStatuses, proof } from '../../test/support/case-stages.ts';
import { begin, type Story } from '../../test/support/case-story.ts';
import { emptyWorld, type World } from '../../test/support/case-world.ts';
import { missingPapers } from '../intake/judge-intake.ts';
import { yuan } from '../kernel/money.ts';
import { asLocalDate } from '../kernel/time.ts';
import { seedProgrammes } from '../programmes/seeds/index.ts';
import { can } from './can.ts';
import { factsOf, filesByPaper } from './facts-of-case.ts';
import type { Payee } from './relief-case.ts';

const account = { bankName: '某银行', accountNumber: '6222000000000009' };
const guardian: Payee = { ...account, kind: 'guardian', holderName: '吴一', relation: '父亲' };
const heir: Payee = { ...account, kind: 'heir', holderName: '郑四', relation: '女儿' };

const failed = (world: World): Story => {
  const story = inPayment(world);
  story.release('finance-1');
  story.fail('finance-2');
  return story;
};

const may = (world: World, story: Story, who: string, action: 'decide-account' | 'view-case'): boolean => {
  const member = world.staff.find(({ personId }) => personId === who)!;
  return can({ kind: 'staff', member }, { action, file: story.file(), around: story.around() }).allowed;
};

describe('an application with somebody else’s account', () => {
  test.each(seedProgrammes)('of $id asks for its proof; with one’s own account it does not', (programme) => {
    const story = begin(emptyWorld(), programme);
    const idsFor = (payee: Payee) => {
      const facts = factsOf({ ...story.file().case, payee }, story.around().now);
      return missingPapers(programme, facts, filesByPaper(story.file().case), 'submission').map(
        ({ paperId }) => paperId,
      );
    };
    expect(idsFor(illness.payee)).toEqual([]);
    for (const payee of [guardian, heir]) expect(idsFor(payee)).toEqual(['payee-proof']);
  });

  test('is sent back by its correction until the proof is there', () => {
    const story = begin(emptyWorld(), 'major-illness-relief');
    story.vote('member-1', 'return');
    expect(story.resubmit({ ...illness, payee: guardian })).toBe('papers-missing');
    expect(story.resubmit({ ...illness, payee: guardian, papers: [...illness.papers, proof()] })).toBe('done');
    expect(story.status()).toBe('in-review');
  });
});

describe('another account after a failed payment', () => {
  test('of somebody else comes with its proof, which the office finds', () => {
    const story = failed(emptyWorld());
    expect(story.propose(guardian)).toBe('papers-missing');
    expect(story.propose(guardian, [{ ...proof(), paperId: 'invoice' }])).toBe('papers-missing');
    expect(story.file().case).not.toHaveProperty('proposedPayee');
    expect(story.propose(guardian, [proof()])).toBe('done');
    expect(story.file().case).toMatchObject({ proposedPayee: guardian, proposal: { proofFileIds: ['proof-1'] } });
    expect(story.file().case.papers).toContainEqual(proof());
    expect(story.decideAccount('office-1', true)).toBe('done');
    expect(story.file().case).not.toHaveProperty('proposal');
    expect(payoutStatuses(story)).toEqual(['replaced', 'ordered']);
  });

  test('of one’s own takes no other papers; a further account of a holder who was proved needs no new proof', () => {
    const story = failed(emptyWorld());
    expect(story.propose({ ...illness.payee, accountNumber: '6222000000000002' }, [proof()])).toBe('not-possible-now');
    story.propose(guardian, [proof()]);
    story.decideAccount('office-1', true);
    story.release('finance-1', 1);
    story.fail('finance-2', 1);
    expect(story.propose({ ...guardian, accountNumber: '6222000000000017' })).toBe('done');
    expect(story.propose({ ...guardian, holderName: '周二' })).toBe('papers-missing');
  });
});

describe('an heir’s account', () => {
  const proposed = (world: World): Story => {
    const story = failed(world);
    story.propose(heir, [proof()]);
    return story;
  };

  test('is paid only with a new approval: the office checks, then an officer of the level approves', () => {
    const world = emptyWorld();
    const story = proposed(world);
    expect(may(world, story, 'officer-1', 'decide-account')).toBe(false);
    expect(story.decideAccount('office-1', true)).toBe('done');
    expect(payoutStatuses(story)).toEqual(['failed']);
    expect(story.mailed('account-to-approve')).toEqual([
      ...['office-1', 'office-2'],
      ...['officer-1', 'officer-2', 'officer-3', 'vice-1'],
    ]);
    for (const who of ['office-1', 'office-2', 'finance-1', 'member-1', 'chair-1']) {
      expect([who, story.decideAccount(who, true)]).toEqual([who, 'not-allowed']);
    }
    for (const action of ['decide-account', 'view-case'] as const) {
      expect([may(world, story, 'officer-1', action), may(world, story, 'member-1', action)]).toEqual([true, false]);
    }
    expect(story.decideAccount('officer-1', true)).toBe('done');
    expect(payoutStatuses(story)).toEqual(['replaced', 'ordered']);
    expect(story.file().payouts[1]).toMatchObject({ attempt: 2, payee: { holderName: '郑四' } });
    expect(story.file().case).toMatchObject({ payee: heir, earlierHolders: ['张三'] });
    expect(may(world, story, 'officer-1', 'view-case')).toBe(false);
  });

  test('is refused by either, with a reason, and may be proposed again', () => {
    const story = proposed(emptyWorld());
    story.decideAccount('office-1', true);
    expect(story.decideAccount('officer-2', false)).toBe('reason-missing');
    expect(story.decideAccount('officer-2', false, '继承人未经全家签名')).toBe('done');
    expect(story.file().case).toMatchObject({ payee: illness.payee, earlierHolders: ['郑四'] });
    expect(story.file().case).not.toHaveProperty('proposedPayee');
    expect(payoutStatuses(story)).toEqual(['failed']);
    expect(story.propose(heir, [proof('again')])).toBe('done');
  });

  test('is remembered with the payment: the office while it is not checked, then those of the level', () => {
    const world = emptyWorld();
    const story = proposed(world);
    const told = () => story.mailed('account-to-approve').length;
    const [office, officers] = [2, 4];
    expect(told()).toBe(office);
    story.workingDays(20);
    const untilChecked = told();
    expect(untilChecked).toBeGreaterThan(2 * office);
    story.decideAccount('office-1', true);
    expect(told()).toBe(untilChecked + officers);
    story.workingDays(5);
    expect(told()).toBe(untilChecked + 2 * officers);
  });

  test('proposed anew while it waits is checked anew', () => {
    const story = proposed(emptyWorld());
    story.decideAccount('office-1', true);
    story.propose({ ...heir, holderName: '周二' }, [proof('again')]);
    expect(story.decideAccount('officer-1', true)).toBe('not-allowed');
    expect(story.decideAccount('office-1', true)).toBe('done');
    expect(story.file().case.proposal).toMatchObject({ checkedBy: 'office-1', approvedBy: [] });
    expect(payoutStatuses(story)).toEqual(['failed']);
  });

  test('takes as many signatures as the level’s quorum, each once, and none of whoever decided another stage or checked it', () => {
    const world = emptyWorld();
    const story = begin(world, 'major-illness-relief', { answers: { totalCostFen: yuan(70_000) } });
    const sum = { yuan: 4_500, visited: '2016-10-10' };
    for (const who of ['member-1', 'leader-1']) story.vote(who, 'recommend', sum);
    for (const who of ['officer-1', 'officer-2']) story.vote(who, 'approve', { yuan: 4_500 });
    story.until(story.file().case.noticeUntil!);
    story.release('finance-1');
    story.fail('finance-2');
    story.propose(heir, [proof()]);
    const appoint = (who: string, role: 'officer' | 'finance') => {
      const appointment = { role, from: asLocalDate('2016-01-01') };
      world.staff = world.staff.map((each) =>
        each.personId === who ? { ...each, appointments: [...each.appointments, appointment] } : each,
      );
    };
    appoint('office-1', 'officer');
    story.decideAccount('office-1', true);
    appoint('member-1', 'officer');
    expect(story.decideAccount('member-1', true)).toBe('barred-by-interest');
    expect(story.decideAccount('office-1', true)).toBe('same-person');
    // Who approved at this level before may: it is the same decision, taken anew.
    expect(story.decideAccount('officer-1', true)).toBe('done');
    expect(story.decideAccount('officer-1', true)).toBe('decided-before');
    expect(payoutStatuses(story)).toContain('failed');
    // Whoever is of finance does not decide where the money goes, whether they have paid here or not.
    appoint('finance-2', 'officer');
    expect(story.decideAccount('finance-2', true)).toBe('same-person');
    appoint('officer-3', 'finance');
    expect(story.decideAccount('officer-3', true)).toBe('same-person');
    expect(story.decideAccount('vice-1', true)).toBe('done');
    expect(payoutStatuses(story)).toContain('replaced');
    expect(story.file().case.accountDecidedByIds).toEqual(['office-1', 'officer-1', 'vice-1']);
  });

  test('who takes the place of the same heir’s other account needs the office alone', () => {
    const story = proposed(emptyWorld());
    story.decideAccount('office-1', true);
    story.decideAccount('officer-1', true);
    story.release('finance-1', 1);
    story.fail('finance-2', 1);
    story.propose({ ...heir, accountNumber: '6222000000000017' });
    expect(story.decideAccount('office-1', true)).toBe('done');
    expect(payoutStatuses(story)).toEqual(['replaced', 'replaced', 'ordered']);
  });
});
