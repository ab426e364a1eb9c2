import { describe, expect, test } from 'vitest';
import { begin, type Story } from '../../test/support/case-story.ts';
import { emptyWorld, save, type World } from '../../test/support/case-world.ts';
import { contentFor, seedOf } from '../../test/support/small-union.ts';
import { yuan } from '../kernel/money.ts';
import type { CaseStatus } from './case-lifecycle.ts';
import { editApplication } from './change-application.ts';
import type { Payee } from './relief-case.ts';
import type { Content } from './submit-application.ts';

const illness = contentFor(seedOf('major-illness-relief'));
const otherAccount: Payee = { ...illness.payee, accountNumber: '6222000000000002' };
const dearer: Content = {
  ...illness,
  payee: otherAccount,
  answers: { ...illness.answers, totalCostFen: yuan(70_000), invoiceNumber: 'A-2' },
};

const money = (world: World) => {
  const sum = (of: 'availableFen' | 'reservedFen' | 'paidFen') =>
    world.funds.reduce((total, fund) => total + fund[of], 0) / 100;
  return { available: sum('availableFen'), reserved: sum('reservedFen'), paid: sum('paidFen') };
};
const allFree = { available: 200_000, reserved: 0, paid: 0 };
const payoutStatuses = (story: Story) => story.file().payouts.map(({ status }) => status);
const counted = (world: World) => [...world.tallies.values()].flat().map(({ amountFen }) => amountFen / 100);

const onNotice = (world: World): Story => {
  const story = begin(world, 'major-illness-relief');
  story.vote('member-1', 'recommend', { yuan: 3_000 });
  story.vote('leader-1', 'recommend', { yuan: 3_000 });
  story.vote('officer-1', 'approve', { yuan: 3_000 });
  expect(story.status()).toBe('on-notice');
  return story;
};
const inPayment = (world: World): Story => {
  const story = onNotice(world);
  story.until(story.file().case.noticeUntil!);
  expect(story.status()).toBe('in-payment');
  return story;
};

describe('a returned application', () => {
  test('goes back by one reviewer with what to mend, and is reviewed anew on what it says now', () => {
    const world = emptyWorld();
    const story = begin(world, 'major-illness-relief');
    const before = story.open().requestId;
    expect(story.vote('member-1', 'return', { note: '发票看不清' })).toBe('done');
    expect(story.status()).toBe('returned');
    expect(story.file().case.missing.map(({ item }) => item)).toEqual(['paper:invoice']);
    expect(story.mailed('returned')).toEqual(['applicant']);
    expect(story.vote('leader-1', 'recommend', { yuan: 3_000, requestId: before })).toBe('request-closed');

    expect(story.resubmit(dearer)).toBe('done');
    expect(story.status()).toBe('in-review');
    expect(story.file().case).toMatchObject({ contentVersion: 2, suggestedFen: yuan(4_500), missing: [] });
    expect([...world.claims.keys()]).toEqual(['major-illness-relief/same-bill/A2']);
    expect(story.open().requestId).not.toBe(before);
    expect(story.asked()).toEqual(['member-1', 'leader-1']);
    expect(story.vote('member-1', 'recommend', { yuan: 4_500, visited: '2016-10-10', contentVersion: 1 })).toBe(
      'content-changed',
    );
    expect(story.vote('member-1', 'recommend', { yuan: 4_500, visited: '2016-10-10' })).toBe('done');
    expect(story.status()).toBe('in-review');
    expect(story.vote('leader-1', 'recommend', { yuan: 4_500 })).toBe('done');
    expect(story.status()).toBe('in-approval');
  });

  test('needs to say what to mend, and cannot be corrected while a paper is not there', () => {
    const story = begin(emptyWorld(), 'major-illness-relief');
    expect(story.vote('member-1', 'return', { note: ' ' })).toBe('reason-missing');
    expect(story.resubmit(illness)).toBe('not-possible-now');
    story.vote('member-1', 'return');
    expect(story.resubmit({ ...illness, papers: [] })).toBe('papers-missing');
    expect(story.status()).toBe('returned');
  });

  test('by an officer voids the review: another account and sum are decided on from the start', () => {
    const world = emptyWorld();
    const story = begin(world, 'major-illness-relief');
    story.vote('member-1', 'recommend', { yuan: 3_000 });
    story.vote('leader-1', 'recommend', { yuan: 3_000 });
    expect(story.file().case.recommendedFen).toBe(yuan(3_000));
    expect(story.vote('officer-1', 'return')).toBe('done');
    expect(story.file().case).not.toHaveProperty('recommendedFen');
    story.resubmit(dearer);
    expect(story.status()).toBe('in-review');
    const changes = world.audit.get(story.caseId)!.filter(({ event }) => event === 'application-changed');
    expect(changes.map(({ details }) => details)).toEqual([{ contentVersion: 2, accountChanged: true }]);

    story.vote('member-1', 'recommend', { yuan: 4_500, visited: '2016-10-10' });
    story.vote('leader-1', 'recommend', { yuan: 4_500 });
    story.vote('officer-1', 'approve', { yuan: 4_500 });
    expect(story.status()).toBe('in-approval');
    story.vote('officer-2', 'approve', { yuan: 4_500 });
    expect(story.file().awards).toMatchObject([{ amountFen: yuan(4_500), signedBy: ['officer-1', 'officer-2'] }]);
    story.until(story.file().case.noticeUntil!);
    expect(story.file().payouts.map(({ payee }) => payee.accountNumber)).toEqual([otherAccount.accountNumber]);
  });

  test('keeps its advance, which is not asked for again', () => {
    const world = emptyWorld();
    const story = advanced(world);
    story.vote('member-1', 'return');
    story.resubmit(contentFor(seedOf('fire-damage')));
    expect(story.status()).toBe('in-review');
    expect(money(world).reserved).toBe(3_000);
    expect(story.file().awards).toHaveLength(1);
  });
});

describe('an application that is changed', () => {
  test('before anybody has answered is asked about anew, and the links of before open nothing', () => {
    const story = begin(emptyWorld(), 'major-illness-relief');
    const before = story.open().requestId;
    expect(story.edit(dearer)).toBe('done');
    expect(story.status()).toBe('in-review');
    expect(story.file().case).toMatchObject({ contentVersion: 2, suggestedFen: yuan(4_500) });
    expect(story.vote('member-1', 'recommend', { yuan: 3_000, requestId: before })).toBe('request-superseded');
    expect(story.vote('member-1', 'recommend', { yuan: 3_000, contentVersion: 1 })).toBe('content-changed');
    expect(story.mailed('decide')).toEqual(['member-1', 'leader-1', 'member-1', 'leader-1']);
    expect(story.vote('member-1', 'recommend', { yuan: 3_000 })).toBe('done');
  });

  test('gives back the bill it named by mistake', () => {
    const world = emptyWorld();
    const story = begin(world, 'major-illness-relief');
    story.edit(dearer);
    expect(world.claims.size).toBe(1);
    expect(begin(world, 'major-illness-relief', { household: 'household-2' }).status()).toBe('in-review');
  });

  test('is refused once somebody has answered; stepping aside is no answer', () => {
    const story = begin(emptyWorld(), 'major-illness-relief');
    story.vote('member-1', 'recuse');
    expect(story.edit(dearer)).toBe('done');
    story.vote('leader-1', 'recommend', { yuan: 3_000 });
    expect(story.edit(illness)).toBe('edit-after-decision');
    expect(story.file().case.contentVersion).toBe(2);
  });

  test('is refused when an advance has been decided, and once the case is out of review', () => {
    const story = advanced(emptyWorld());
    const content = contentFor(seedOf('fire-damage'));
    expect(story.edit(content)).toBe('edit-after-decision');
    story.vote('member-1', 'recommend', { yuan: 6_000, visited: '2016-10-10' });
    expect(story.edit(content)).toBe('not-possible-now');
  });

  test('cannot become the application of another person', () => {
    const story = begin(emptyWorld(), 'major-illness-relief');
    story.edit({ ...illness, applicant: { ...illness.applicant, idNumber: '110101198001011234', name: '王五' } });
    expect(story.file().case.applicant).toMatchObject({ name: '王五', idNumber: illness.applicant.idNumber });
  });
});

test('nobody answers twice, and the first answer stands', () => {
  const story = begin(emptyWorld(), 'major-illness-relief');
  story.vote('member-1', 'recommend', { yuan: 2_000 });
  expect(story.vote('member-1', 'recommend', { yuan: 3_000 })).toBe('decided-before');
  expect(story.vote('member-1', 'recuse')).toBe('decided-before');
  const { requestId } = story.open();
  story.vote('leader-1', 'recommend', { yuan: 2_000 });
  expect(story.vote('member-1', 'recommend', { yuan: 3_000, requestId })).toBe('decided-before');
  expect(story.file().votes.map(({ amountFen }) => amountFen)).toEqual([yuan(2_000), yuan(2_000)]);
});

function advanced(world: World): Story {
  const story = begin(world, 'fire-damage');
  story.vote('officer-1', 'approve', { yuan: 3_000 });
  story.vote('officer-2', 'approve', { yuan: 3_000 });
  expect(payoutStatuses(story)).toEqual(['ordered', 'ordered', 'ordered']);
  return story;
}

/** From an ordered advance on, one step after the other. */
const afterAdvance: [CaseStatus, number, (story: Story) => void][] = [
  ['in-review', 3_000, () => undefined],
  ['in-approval', 3_000, (story) => story.vote('member-1', 'recommend', { yuan: 6_000, visited: '2016-10-10' })],
  [
    'on-notice',
    6_000,
    (story) => {
      for (const signer of ['officer-3', 'vice-1', 'chair-1']) story.vote(signer, 'approve', { yuan: 6_000 });
    },
  ],
  ['under-objection', 6_000, (story) => story.object()],
  [
    'in-payment',
    6_000,
    (story) => {
      story.vote('office-1', 'reject');
      story.until(story.file().case.noticeUntil!);
    },
  ],
];

const fireAt = (world: World, status: CaseStatus): Story => {
  const story = advanced(world);
  if (status === 'returned') story.vote('member-1', 'return');
  for (const [reached, , go] of afterAdvance) {
    if (story.status() === status) break;
    go(story);
    expect(story.status()).toBe(reached);
  }
  return story;
};

describe('promise 20: withdrawal', () => {
  const reserved: [CaseStatus, number][] = [
    ['returned', 3_000],
    ...afterAdvance.map(([status, sum]): [CaseStatus, number] => [status, sum]),
  ];

  test.each(reserved)('of a case %s releases its %d yuan, exactly once', (status, sum) => {
    const world = emptyWorld();
    const story = fireAt(world, status);
    expect(story.status()).toBe(status);
    expect(money(world).reserved).toBe(sum);
    expect(counted(world)).toEqual([sum]);
    expect(story.withdraw()).toBe('done');
    expect(story.status()).toBe('withdrawn');
    expect(money(world)).toEqual(allFree);
    expect(new Set(payoutStatuses(story))).toEqual(new Set(['cancelled']));
    expect(story.file().awards.every((award) => award.status === 'released')).toBe(true);
    expect(counted(world)).toEqual([]);
    expect(world.claims.size).toBe(0);
    expect(story.file().requests.filter(({ status: each }) => each !== 'consumed')).toEqual([]);

    expect(story.withdraw()).toBe('not-possible-now');
    expect(story.release('finance-1')).toBe('not-possible-now');
    expect(money(world)).toEqual(allFree);
    expect(story.mailed('withdrawn')).toEqual(['applicant']);
  });

  test.each(reserved)('of a case %s is refused once a bank has been told to pay', (status, sum) => {
    const world = emptyWorld();
    const story = fireAt(world, status);
    story.release('finance-1');
    expect(story.withdraw()).toBe('already-released');
    expect(story.status()).toBe(status);
    story.confirm('finance-2');
    expect(story.withdraw()).toBe('already-released');
    expect(money(world)).toEqual({ available: 200_000 - sum, reserved: sum - 1_500, paid: 1_500 });
  });

  test('before anything is reserved moves no money', () => {
    const world = emptyWorld();
    const story = begin(world, 'fire-damage');
    expect(story.status()).toBe('in-advance');
    const { requestId } = story.open();
    expect(story.withdraw()).toBe('done');
    expect(money(world)).toEqual(allFree);
    expect(world.claims.size).toBe(0);
    expect(story.vote('officer-1', 'approve', { yuan: 3_000, requestId })).toBe('request-superseded');
  });

  test('is possible before the intake has looked', () => {
    const world = emptyWorld();
    const story = begin(world, 'major-illness-relief');
    const read = story.file();
    const decided = editApplication(read, story.around(), dearer);
    if (decided.kind !== 'changed') throw new Error(decided.code);
    save(world, read, decided.changes);
    expect(story.status()).toBe('submitted');
    expect(story.withdraw()).toBe('done');
    expect(story.status()).toBe('withdrawn');
    expect(world.claims.size).toBe(0);
  });

  test('is possible again when the bank could not pay', () => {
    const world = emptyWorld();
    const story = inPayment(world);
    story.release('finance-1');
    story.fail('finance-1');
    expect(money(world).reserved).toBe(3_000);
    expect(story.withdraw()).toBe('done');
    expect(money(world)).toEqual(allFree);
    expect(payoutStatuses(story)).toEqual(['cancelled']);
  });

  test('of what has ended is refused', () => {
    const story = begin(emptyWorld(), 'major-illness-relief');
    story.vote('member-1', 'decline');
    story.vote('leader-1', 'decline');
    expect(story.status()).toBe('declined');
    expect(story.withdraw()).toBe('not-possible-now');
  });
});

describe('a case declined after its advance', () => {
  test('owes what has been paid, and that goes on counting against the cap', () => {
    const world = emptyWorld();
    const story = advanced(world);
    for (const index of [0, 1, 2]) {
      story.release('finance-1', index);
      story.confirm('finance-2', index);
    }
    story.vote('member-1', 'decline', { note: '不属实' });
    expect(story.status()).toBe('declined');
    expect(story.file().case).toMatchObject({ owedFen: yuan(3_000), reasons: [{ zh: '不属实' }] });
    expect(counted(world)).toEqual([3_000]);
    expect(money(world)).toEqual({ available: 197_000, reserved: 0, paid: 3_000 });
  });

  test('takes back what was only ordered, and nothing is owed', () => {
    const world = emptyWorld();
    const story = advanced(world);
    story.vote('member-1', 'decline');
    expect(story.file().case).not.toHaveProperty('owedFen');
    expect(payoutStatuses(story)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(money(world)).toEqual(allFree);
    expect(counted(world)).toEqual([]);
  });

  test('owes what is with the bank until the bank gives it back', () => {
    const world = emptyWorld();
    const story = advanced(world);
    story.release('finance-1', 0);
    story.release('finance-1', 1);
    story.vote('member-1', 'decline');
    expect(payoutStatuses(story)).toEqual(['released', 'released', 'cancelled']);
    expect(story.file().case.owedFen).toBe(yuan(2_400));
    expect(money(world)).toEqual({ available: 197_600, reserved: 2_400, paid: 0 });

    expect(story.fail('finance-1', 0)).toBe('done');
    expect(story.file().case.owedFen).toBe(yuan(900));
    expect(money(world).reserved).toBe(900);
    expect(story.confirm('finance-2', 1)).toBe('done');
    expect(money(world)).toEqual({ available: 199_100, reserved: 0, paid: 900 });
    expect(story.file().awards).toMatchObject([{ status: 'paid', amountFen: yuan(900) }]);
    expect(counted(world)).toEqual([900]);
    expect(story.status()).toBe('declined');
  });
});

describe('an objection', () => {
  test('that is rejected says why, and the notice ends when it would have', () => {
    const story = onNotice(emptyWorld());
    const { noticeUntil } = story.file().case;
    expect(story.object()).toBe('done');
    expect(story.status()).toBe('under-objection');
    expect(story.asked()).toEqual(['office-1', 'office-2']);
    expect(story.vote('office-1', 'reject', { note: ' ' })).toBe('reason-missing');
    expect(story.vote('office-1', 'reject', { note: '匿名' })).toBe('done');
    expect(story.status()).toBe('on-notice');
    expect(story.file().objections).toMatchObject([{ status: 'rejected', answer: '匿名', decidedBy: 'office-1' }]);
    expect(story.file().case.noticeUntil).toBe(noticeUntil);
    expect(story.mailed('objection-stopped')).toEqual([]);
    story.until(noticeUntil!);
    expect(story.status()).toBe('in-payment');
  });

  test('that nobody has admitted by the end of the notice stops nothing, and the office hears of it', () => {
    const world = emptyWorld();
    const story = onNotice(world);
    const { noticeUntil } = story.file().case;
    story.object();
    const { requestId } = story.open();
    story.workingDays(2);
    expect(story.status()).toBe('under-objection');
    expect(story.mailed('overdue-office')).toEqual(['office-1', 'office-2']);
    story.until(noticeUntil!);
    expect(story.status()).toBe('in-payment');
    expect(story.mailed('overdue-office')).toEqual(['office-1', 'office-2', 'office-1', 'office-2']);
    expect(payoutStatuses(story)).toEqual(['ordered']);
    expect(story.vote('office-1', 'admit', { requestId })).toBe('request-closed');
    expect(story.object()).toBe('notice-over');
  });

  test('that is admitted stops the clock; dismissed by another officer, the notice has the days it had left', () => {
    const world = emptyWorld();
    const story = onNotice(world);
    story.workingDays(2);
    story.object();
    expect(story.vote('office-1', 'admit')).toBe('done');
    expect(story.file().case.noticeStoppedAt).toBe(world.now);
    expect(story.mailed('objection-stopped')).toEqual(['applicant']);
    expect(story.asked()).toEqual(['officer-2', 'officer-3']);
    story.until(story.file().case.noticeUntil!);
    story.hours(1);
    expect(story.status()).toBe('under-objection');
    expect(story.file().payouts).toEqual([]);
    expect(story.vote('officer-1', 'dismiss')).toBe('not-your-turn');
    expect(story.vote('officer-2', 'dismiss')).toBe('done');
    expect(story.status()).toBe('on-notice');
    expect(story.file().case).not.toHaveProperty('noticeStoppedAt');
    // Stopped on Wednesday the 12th with three working days to go; dismissed on Tuesday the 18th.
    expect(story.file().case.noticeUntil).toBe('2016-10-21T16:00:00.000Z');
    story.until(story.file().case.noticeUntil!);
    expect(story.status()).toBe('in-payment');
  });

  test('that is upheld ends the case and gives the money back', () => {
    const world = emptyWorld();
    const story = onNotice(world);
    story.object();
    story.vote('office-1', 'admit');
    expect(story.vote('officer-2', 'uphold', { note: '查实' })).toBe('done');
    expect(story.status()).toBe('declined');
    expect(story.file().case.reasons).toEqual([{ zh: '查实', en: '查实' }]);
    expect(story.file().objections).toMatchObject([{ status: 'upheld' }]);
    expect(money(world)).toEqual(allFree);
    expect(counted(world)).toEqual([]);
    expect(story.object()).toBe('notice-over');
  });

  test('of two at once, each is answered before the notice goes on', () => {
    const story = onNotice(emptyWorld());
    const { noticeUntil } = story.file().case;
    expect(story.object()).toBe('done');
    expect(story.object()).toBe('done');
    story.vote('office-1', 'reject');
    expect(story.status()).toBe('under-objection');
    expect(story.file().objections.map(({ status }) => status)).toEqual(['rejected', 'raised']);
    story.vote('office-1', 'reject');
    expect(story.status()).toBe('on-notice');
    expect(story.file().case.noticeUntil).toBe(noticeUntil);
  });

  test('of two at once, one admitted after the other, stops the clock twice and takes no day from the notice', () => {
    const world = emptyWorld();
    const story = onNotice(world);
    story.object();
    story.object();
    story.vote('office-1', 'admit');
    expect(story.object()).toBe('done');
    story.workingDays(1);
    story.vote('officer-2', 'dismiss');
    expect(story.status()).toBe('under-objection');
    expect(story.open().purpose).toBe('objection-admission');
    // All five working days again, from Tuesday the 11th on.
    expect(story.file().case.noticeUntil).toBe('2016-10-18T16:00:00.000Z');
    expect(story.file().case).not.toHaveProperty('noticeStoppedAt');
    expect(story.vote('office-2', 'admit')).toBe('done');
    expect(story.file().case.noticeStoppedAt).toBe(world.now);
    story.workingDays(1);
    expect(story.vote('officer-2', 'dismiss')).toBe('done');
    story.vote('office-2', 'reject');
    expect(story.status()).toBe('on-notice');
    expect(story.file().objections.map(({ status }) => status)).toEqual(['dismissed', 'dismissed', 'rejected']);
    expect(story.file().case.noticeUntil).toBe('2016-10-19T16:00:00.000Z');
  });

  test('is not taken in before or after the notice', () => {
    const world = emptyWorld();
    const early = begin(world, 'start-up-funding');
    expect(early.object()).toBe('notice-over');
    expect(inPayment(world).object()).toBe('notice-over');
  });
});

describe('a payment that fails', () => {
  const failed = (world: World): Story => {
    const story = inPayment(world);
    expect(story.propose(otherAccount)).toBe('not-possible-now');
    story.release('finance-1');
    expect(story.confirm('finance-1')).toBe('same-person');
    expect(story.fail('finance-2')).toBe('done');
    expect(story.mailed('payment-failed')).toEqual(['applicant']);
    return story;
  };

  test('keeps its money reserved, and is tried again to an account that the office has approved', () => {
    const world = emptyWorld();
    const story = failed(world);
    expect(story.status()).toBe('in-payment');
    expect(money(world).reserved).toBe(3_000);
    expect(story.decideAccount('office-1', true)).toBe('not-possible-now');
    expect(story.propose(otherAccount)).toBe('done');
    expect(story.mailed('account-to-approve')).toEqual(['office-1', 'office-2']);
    expect(story.file().payouts).toHaveLength(1);
    expect(story.decideAccount('office-1', true)).toBe('done');
    expect(payoutStatuses(story)).toEqual(['replaced', 'ordered']);
    expect(story.file().payouts.map(({ attempt, payee }) => [attempt, payee.accountNumber])).toEqual([
      [1, illness.payee.accountNumber],
      [2, otherAccount.accountNumber],
    ]);
    expect(story.decideAccount('office-1', true)).toBe('not-possible-now');
    expect(story.release('finance-1', 0)).toBe('not-possible-now');
    expect(story.release('finance-1', 1)).toBe('done');
    expect(story.confirm('finance-2', 1)).toBe('done');
    expect(story.status()).toBe('paid');
    expect(money(world)).toEqual({ available: 197_000, reserved: 0, paid: 3_000 });
    expect(story.confirm('finance-2', 1)).toBe('not-possible-now');
  });

  test('waits on when the office refuses the account, with a note', () => {
    const world = emptyWorld();
    const story = failed(world);
    story.propose(otherAccount);
    expect(story.decideAccount('office-1', false)).toBe('reason-missing');
    expect(story.decideAccount('office-1', false, '户名不符')).toBe('done');
    expect(story.file().case).not.toHaveProperty('proposedPayee');
    expect(story.file().case.payee).toEqual(illness.payee);
    expect(payoutStatuses(story)).toEqual(['failed']);
    expect(story.mailed('payment-failed')).toEqual(['applicant', 'applicant']);
    expect(story.propose(otherAccount)).toBe('done');
    expect(story.decideAccount('office-2', true)).toBe('done');
    expect(payoutStatuses(story)).toEqual(['replaced', 'ordered']);
  });

  test('can fail more than once, and only that fund is paid again', () => {
    const world = emptyWorld({ 'municipal-federation': 1_000 });
    const story = inPayment(world);
    story.release('finance-1', 0);
    story.confirm('finance-2', 0);
    for (const index of [1, 2]) {
      story.release('finance-1', index);
      story.fail('finance-2', index);
      story.propose(otherAccount);
      story.decideAccount('office-1', true);
    }
    expect(payoutStatuses(story)).toEqual(['paid', 'replaced', 'replaced', 'ordered']);
    expect(story.file().payouts.map(({ amountFen }) => amountFen / 100)).toEqual([1_000, 2_000, 2_000, 2_000]);
    story.release('finance-1', 3);
    story.confirm('finance-2', 3);
    expect(story.status()).toBe('paid');
    expect(money(world)).toMatchObject({ reserved: 0, paid: 3_000 });
  });
});
