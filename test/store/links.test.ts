import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseIdSchema, requestIdSchema } from '../../shared/kernel/ids.ts';
import { addMs } from '../../shared/kernel/time.ts';
import { resolveLink } from '../../shared/store/link-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { person } from '../support/small-union.ts';
import { at, changesTo, sampleCase, sampleRequest, savedFile } from '../support/sample-case.ts';
import { startStore, type TestStore } from '../support/store.ts';

let own: TestStore;
beforeAll(async () => {
  own = await startStore();
});
afterAll(() => own.stop());

const expiresAt = addMs(at, 3_600_000);
const seat = (personId: string, generation = 1) => ({
  personId,
  role: 'patch-member',
  askedFrom: 'start',
  askedAt: at,
  generation,
});

/** A request of two people and a link for the first. `seats` is who sits there by then. */
async function linked(
  caseId: string,
  seats = [seat('member-1'), seat('member-2')],
  over: Record<string, unknown> = {},
) {
  const issue = {
    requestId: requestIdSchema.parse(`request-${caseId}`),
    personId: person('member-1'),
    generation: 1,
    expiresAt,
    ...over,
  };
  const requests = [sampleRequest(caseId, { seats })];
  const changes = changesTo(sampleCase(caseId), { requests, links: [issue] });
  savedFile(await saveChanges(own.store, undefined, changes, { funds: [] }));
  return { token: await own.store.keyRing.linkToken(issue), issue: { caseId: caseIdSchema.parse(caseId), ...issue } };
}

describe('promises 9 and 24: a link', () => {
  test('stands for its person, request and case up to the moment it expires', async () => {
    const { token, issue } = await linked('valid');
    expect(await resolveLink(own.store, token, at)).toEqual({ kind: 'valid', ...issue });
    expect(await resolveLink(own.store, token, addMs(expiresAt, -1))).toEqual({ kind: 'valid', ...issue });
    expect(await resolveLink(own.store, token, expiresAt)).toEqual({ kind: 'expired', ...issue });
  });

  test.each([
    ['a newer one was issued', [seat('member-1', 2), seat('member-2')]],
    ['its person has no seat any more', [seat('member-2')]],
    ['only another person is at its generation', [seat('member-1', 2), seat('member-2', 1)]],
    ['nobody sits there', []],
  ])('is superseded where %s, expired or not', async (why, seats) => {
    const { token, issue } = await linked(`old-${why.length}`, seats);
    expect(await resolveLink(own.store, token, at)).toEqual({ kind: 'superseded', ...issue });
    expect(await resolveLink(own.store, token, addMs(expiresAt, 1))).toEqual({ kind: 'superseded', ...issue });
  });

  test('is unknown where it was made up, and where its request is not there', async () => {
    const { token } = await linked('known');
    expect(await resolveLink(own.store, `${token.slice(0, -1)}_`, at)).toEqual({ kind: 'unknown' });
    expect(await resolveLink(own.store, '', at)).toEqual({ kind: 'unknown' });
    const astray = await linked('astray', undefined, { requestId: requestIdSchema.parse('request-of-nobody') });
    expect(await resolveLink(own.store, astray.token, at)).toEqual({ kind: 'unknown' });
  });
});
