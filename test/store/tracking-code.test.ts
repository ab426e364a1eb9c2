import { afterAll, beforeAll, expect, test } from 'vitest';
import { caseIdSchema } from '../../shared/kernel/ids.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { trackingCodeHashOf } from '../../shared/store/tracking-code-hash.ts';
import { type NotedStore, startNotedStore } from '../support/noted-store.ts';
import { changesTo, sampleCase, savedFile } from '../support/sample-case.ts';

let own: NotedStore;
beforeAll(async () => {
  own = await startNotedStore();
});
afterAll(() => own.stop());

test('the present code of a case is known by one small reading without a key, also after a new one was issued', async () => {
  const caseId = caseIdSchema.parse('coded');
  const funds = { funds: [] };
  const first = changesTo(sampleCase('coded', { trackingCodeHash: 'first' }));
  const file = savedFile(await saveChanges(own.store, undefined, first, funds));
  const keysAsked = own.kms.calls();
  own.operations();
  expect(await trackingCodeHashOf(own.store, caseId)).toBe('first');
  expect(own.operations()).toEqual(['GetItem caseId']);
  expect(own.kms.calls()).toBe(keysAsked);
  await saveChanges(own.store, file, changesTo({ ...file.case, trackingCodeHash: 'second' }), funds);
  expect(await trackingCodeHashOf(own.store, caseId)).toBe('second');
  expect(await trackingCodeHashOf(own.store, caseIdSchema.parse('unknown'))).toBeUndefined();
});
