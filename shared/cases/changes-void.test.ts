import { describe, expect, test } from 'vitest';
import {
  dearer,
  illness,
  inPayment,
  money,
  otherAccount,
  payoutStatuses,
  proof,
} from '../../test/support/case-stages.ts';
import { begin, type Story } from '../../test/support/case-story.ts';
import { emptyWorld, type World } from '../../test/support/case-world.ts';
import type { PersonId } from '../kernel/ids.ts';
import { yuan } from '../kernel/money.ts';
import { can } from './can.ts';
import type { Payee } from './relief-case.ts';

/** It names the dearer bill at first, and the account of `illness`; this is what it says after its change. */
const otherAmount = illness;
const otherPayee = { ...dearer, payee: otherAccount };
const changes = [
  ['amount', otherAmount],
  ['account', otherPayee],
  ['amount and account', { ...illness, payee: otherAccount }],
] as const;

const recommended = (story: Story, sum = 3_000): void => {
  story.vote('member-1', 'recommend', { yuan: sum, visited: '2016-10-10' });
  story.vote('leader-1', 'recommend', { yuan: sum });
  expect(story.status()).toBe('in-approval');
};

/** Each stage at which an application still changes, with who has answered by then and the request that is open. */
type Stage = readonly [name: string, reach: (story: Story) => void, returnedBy: string | undefined];
const stages: readonly Stage[] = [
  ['before anybody has decided', () => undefined, undefined],
  ['after a vote of the review', (story) => void story.vote('leader-1', 'recommend', { yuan: 3_000 }), 'member-1'],
  ['after the review', (story) => recommended(story), 'officer-1'],
  [
    'after one signature of an approval level',
    (story) => {
      // So much that two must sign.
      recommended(story, 4_500);
      expect(story.vote('officer-1', 'approve', { yuan: 4_500 })).toBe('done');
      expect([story.status(), story.file().awards]).toEqual(['in-approval', []]);
    },
    'officer-2',
  ],
];

const cases = stages.flatMap(([stage, reach, returnedBy]) =>
  changes.map(([what, content]) => [what, stage, reach, returnedBy, content] as const),
);

describe('promise 8: a changed amount or account voids approvals and links', () => {
  test.each(cases)('promise 8: another %s, %s', (_what, _stage, reach, returnedBy, content) => {
    const world = emptyWorld();
    const story = begin(world, 'major-illness-relief', { answers: dearer.answers });
    reach(story);
    const before = story.open();
    const votesBefore = story.file().votes;
    const { contentVersion } = story.file().case;
    if (returnedBy === undefined) {
      expect(story.edit(content)).toBe('done');
    } else {
      expect(story.edit(content)).not.toBe('done');
      expect(story.vote(returnedBy, 'return')).toBe('done');
      expect(story.resubmit(content)).toBe('done');
    }

    // It is reviewed from the start, on what it says now: no vote of before counts for anything.
    const { case: now } = story.file();
    expect(now).toMatchObject({ status: 'in-review', stageIndex: 1, contentVersion: contentVersion + 1 });
    for (const gone of ['recommendedFen', 'approvedFen', 'firstDecidedAt']) expect(now).not.toHaveProperty(gone);
    const { requestId, contentVersion: asked } = story.open();
    expect(asked).toBe(contentVersion + 1);
    expect(votesBefore.map((vote) => vote.requestId)).not.toContain(requestId);
    expect(money(world).reserved).toBe(0);

    // The links of before open nothing that could be answered, and say that it has changed.
    const seats: PersonId[] = before.seats.map(({ personId }) => personId);
    const silent = seats.filter(
      (who) => !story.file().votes.some((vote) => vote.requestId === before.requestId && vote.personId === who),
    );
    expect(silent.length).toBeGreaterThan(0);
    for (const who of silent) {
      const verdict = before.purpose === 'review' ? 'recommend' : 'approve';
      expect(story.vote(who, verdict, { yuan: 3_000, requestId: before.requestId })).toBe('request-superseded');
    }
    // Nor does an old page answer the new request.
    const [first] = story.asked();
    expect(story.vote(first!, 'recommend', { yuan: 3_000, contentVersion })).toBe('content-changed');

    // Who approved before approves anew, or nobody does.
    story.vote('member-1', 'recommend', { yuan: 2_000, visited: '2016-10-10' });
    expect(story.status()).toBe('in-review');
    story.vote('leader-1', 'recommend', { yuan: 2_000 });
    expect(story.status()).toBe('in-approval');
    expect(story.file().awards).toEqual([]);
    expect(story.vote('officer-1', 'approve', { yuan: 2_000 })).toBe('done');
    const [award] = story.file().awards;
    expect(award).toMatchObject({ amountFen: yuan(2_000), signedBy: ['officer-1'] });
    expect(award!.requestIds).not.toContain(before.requestId);
    story.until(story.file().case.noticeUntil!);
    expect(story.file().payouts.map(({ payee }) => payee.accountNumber)).toEqual([content.payee.accountNumber]);
  });

  test('promise 8: after the approval nothing of the application changes any more', () => {
    const story = inPayment(emptyWorld());
    for (const [, content] of changes) {
      expect(story.edit(content)).toBe('not-possible-now');
      expect(story.resubmit(content)).toBe('not-possible-now');
    }
    expect(story.propose(otherAccount)).toBe('not-possible-now');
  });

  const may = (story: Story, who: string): boolean => {
    const around = story.around();
    const member = around.staff.find(({ personId }) => personId === who)!;
    return can({ kind: 'staff', member }, { action: 'decide-account', file: story.file(), around }).allowed;
  };
  const failed = (world: World): Story => {
    const story = inPayment(world);
    story.release('finance-1');
    expect(story.fail('finance-2')).toBe('done');
    return story;
  };

  test('promise 8: an account changed after a failed payment is paid to once the office has approved it', () => {
    const story = failed(emptyWorld());
    expect(story.propose(otherAccount)).toBe('done');
    expect(payoutStatuses(story)).toEqual(['failed']);
    expect(story.batch('finance-1')).toBe('not-possible-now');
    expect([may(story, 'officer-1'), may(story, 'office-1')]).toEqual([false, true]);
    // Another account named meanwhile is the one that is decided on.
    expect(story.propose({ ...otherAccount, accountNumber: '6222000000000003' })).toBe('done');
    expect(story.decideAccount('office-1', true)).toBe('done');
    expect(story.file().payouts[1]?.payee.accountNumber).toBe('6222000000000003');
  });

  test('promise 8: an heir’s account is paid to after a new approval only, which another account voids', () => {
    const story = failed(emptyWorld());
    const heir: Payee = { ...otherAccount, kind: 'heir', holderName: '郑四', relation: '女儿' };
    expect(story.propose(heir, [proof()])).toBe('done');
    expect(story.decideAccount('office-1', true)).toBe('done');
    expect(payoutStatuses(story)).toEqual(['failed']);
    expect(story.propose({ ...heir, accountNumber: '6222000000000003' }, [proof('proof-2')])).toBe('done');
    // The office checks the other one first.
    expect([may(story, 'officer-1'), may(story, 'office-1')]).toEqual([false, true]);
    expect(story.decideAccount('office-1', true)).toBe('done');
    expect(payoutStatuses(story)).toEqual(['failed']);
    expect(story.decideAccount('officer-1', true)).toBe('done');
    expect(payoutStatuses(story)).toEqual(['replaced', 'ordered']);
    expect(story.file().payouts[1]?.payee.accountNumber).toBe('6222000000000003');
  });
});
