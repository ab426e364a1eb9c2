import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ScheduledItem, type ScheduledItemOf, scheduledItemSchema } from '../../shared/cases/scheduled-item.ts';
import { asInstant, type Instant } from '../../shared/kernel/time.ts';
import { loadCaseFile } from '../../shared/store/case-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { itemsDue, itemsToClimb } from '../../shared/store/scheduled-store.ts';
import { changesTo, sampleCase, savedFile, scheduledVisit } from '../support/sample-case.ts';
import { startStore, type TestStore } from '../support/store.ts';

let own: TestStore;
beforeAll(async () => {
  own = await startStore();
});
afterAll(() => own.stop());

const noFunds = { funds: [] };
const remindAt = asInstant('2016-10-15T01:00:00.000Z');
const dueAt = asInstant('2016-10-18T16:00:00.000Z');
const farOff = asInstant('2030-01-01T00:00:00.000Z');

const create = async (id: string, scheduled: ScheduledItem[], patchId = 'patch-1') =>
  savedFile(await saveChanges(own.store, undefined, changesTo(sampleCase(id, { patchId }), { scheduled }), noFunds));
const toClimb = async (now: Instant) => (await itemsToClimb(own.store, now, 100)).map(({ itemId }) => String(itemId));
const due = async (listing: Partial<Parameters<typeof itemsDue>[1]> = {}) =>
  (await itemsDue(own.store, { limit: 100, ...listing })).items.map(({ itemId }) => String(itemId));

describe('scheduled items', () => {
  test('are found from the moment of their next rung on, not before, and never once all are climbed', async () => {
    const file = await create('s1', [scheduledVisit('s1')]);
    expect(await toClimb(asInstant('2016-10-15T00:59:59.999Z'))).not.toContain('s1.visit.1');
    expect(await toClimb(remindAt)).toContain('s1.visit.1');
    const climbed = async (count: number, before = file) =>
      savedFile(
        await saveChanges(
          own.store,
          before,
          changesTo(before.case, { scheduled: [scheduledVisit('s1', { climbed: count })] }),
          noFunds,
        ),
      );
    const once = await climbed(1);
    expect(await toClimb(remindAt)).not.toContain('s1.visit.1');
    expect(await toClimb(dueAt)).toContain('s1.visit.1');
    await climbed(2, once);
    expect(await toClimb(farOff)).not.toContain('s1.visit.1');
    expect(await due()).toContain('s1.visit.1');
  });

  test('that are done lie in neither list, and stay with their case', async () => {
    const file = await create('s2', [scheduledVisit('s2')]);
    const done = scheduledVisit('s2', { status: 'done', doneAt: remindAt, note: '安好' });
    await saveChanges(own.store, file, changesTo(file.case, { scheduled: [done] }), noFunds);
    expect(await toClimb(farOff)).not.toContain('s2.visit.1');
    expect(await due()).not.toContain('s2.visit.1');
    expect((await loadCaseFile(own.store, file.case.caseId))!.scheduled).toEqual([done]);
  });

  test('come oldest first, as many as are asked for', async () => {
    const at = (day: string) => ({
      dueAt: `${day}T16:00:00.000Z`,
      rungs: [{ rung: 'overdue', at: `${day}T16:00:00.000Z` }],
    });
    await create('s3', [scheduledVisit('s3', at('2016-02-02'))]);
    await create('s4', [scheduledVisit('s4', at('2016-02-01'))]);
    const first = await itemsToClimb(own.store, farOff, 2);
    expect(first.map(({ itemId }) => itemId)).toEqual(['s4.visit.1', 's3.visit.1']);
    expect((await due()).slice(0, 2)).toEqual(['s4.visit.1', 's3.visit.1']);
  });

  test('of a patch are its visits alone, page by page, each once', async () => {
    const { visit: _none, ...rest } = scheduledVisit('s5') as ScheduledItemOf<'visit'>;
    const paper = { ...rest, kind: 'paper', itemId: 's5.paper.id-card', paperId: 'id-card', extendedTimes: 0 };
    await create('s5', [scheduledVisit('s5'), scheduledItemSchema.parse(paper)], 'patch-7');
    const home = { ...rest, kind: 'home-visit', itemId: 's5.home-visit.1', contentVersion: 1 };
    await create('s6', [scheduledVisit('s6'), scheduledItemSchema.parse({ ...home, caseId: 's6' })], 'patch-8');
    await create('s7', [scheduledVisit('s7')], 'patch-7');
    expect((await due({ visitsOf: ['patch-7'] })).sort()).toEqual(['s5.visit.1', 's7.visit.1']);
    expect((await due({ visitsOf: ['patch-8'] })).sort()).toEqual(['s5.home-visit.1', 's6.visit.1']);
    expect(await due({ visitsOf: ['patch-9'] })).toEqual([]);
    expect(await due()).toContain('s5.paper.id-card');
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await itemsDue(own.store, { limit: 1, cursor, visitsOf: ['patch-7', 'patch-8'] });
      seen.push(...page.items.map(({ itemId }) => String(itemId)));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen.sort()).toEqual(['s5.home-visit.1', 's5.visit.1', 's6.visit.1', 's7.visit.1']);
  });

  test('are none on a case that was written before there were any', async () => {
    const file = savedFile(await saveChanges(own.store, undefined, changesTo(sampleCase('s8')), noFunds));
    expect((await loadCaseFile(own.store, file.case.caseId))!.scheduled).toEqual([]);
  });
});
