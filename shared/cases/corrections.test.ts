import { describe, expect, test } from 'vitest';
import { advanced, dearer, illness, money, otherAccount } from '../../test/support/case-stages.ts';
import { begin } from '../../test/support/case-story.ts';
import { emptyWorld } from '../../test/support/case-world.ts';
import { contentFor, seedOf } from '../../test/support/small-union.ts';
import { yuan } from '../kernel/money.ts';

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
