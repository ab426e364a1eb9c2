import { beforeEach, describe, expect, it } from 'vitest';
import { withdrawApplication } from '../../../shared/cases/withdraw-application.ts';
import type { CaseId } from '../../../shared/kernel/ids.ts';
import { asInstant } from '../../../shared/kernel/time.ts';
import { notedCalls } from '../../../test/support/noted-calls.ts';
import { scheduledVisit } from '../../../test/support/sample-case.ts';
import { signInTo } from '../../../test/support/sign-in-to.ts';
import { staffPorts } from '../../../test/support/staff-ports.ts';
import type { StaffDeps } from '../staff/deps.ts';

let ports: ReturnType<typeof staffPorts>;
let calls: ReturnType<typeof notedCalls>;
let caseId: CaseId;
/** Set by a test: what somebody else does, once, after the request has read the case. */
let meanwhile: (() => void) | undefined;

beforeEach(() => {
  ports = staffPorts();
  calls = notedCalls();
  caseId = ports.caseInReview();
  meanwhile = undefined;
});

/** Whoever acts without a reading makes one, as the wired `actOnCase` does. */
function notedDeps() {
  const store = calls.note(ports.deps.store);
  const actOnCase: StaffDeps['actOnCase'] = async (id, decide, options) => {
    meanwhile?.();
    if (options?.reading === undefined) {
      const file = await store.loadCaseFile(id);
      if (file !== undefined) await store.loadAround(file);
    }
    return ports.deps.actOnCase(id, decide, options);
  };
  return { ...ports.deps, store, actOnCase };
}

const signedIn = () => signInTo({ ...ports, deps: notedDeps() }, 'wen-zhuxi');
/** How often the case and what surrounds it were read. */
const readings = (taken: readonly string[]) =>
  ['loadCaseFile', 'loadAround'].map(
    (name) => taken.flatMap((line) => line.split(' + ')).filter((each) => each === name).length,
  );

describe('what the office’s buttons ask for', () => {
  it('reads a case once where something is done to it, and once more where its page is shown', async () => {
    const { reader } = await signedIn();
    const page = await reader.get(`/office/cases/${caseId}`);
    calls.taken();
    const done = await reader.post(page, `${page.path}/reissue-code`, { isIdentityChecked: 'yes' });
    expect(done.status).toBe(200);
    expect(ports.file(caseId).case.trackingCodeHash).toMatch(/^hash-of-/);
    expect(readings(calls.taken())).toEqual([1, 1]);
    const candidate = /<option value="([^"]+)">[^<]+·/.exec(page.html)?.[1] ?? '';
    const { requestId } = ports.file(caseId).requests[0]!;
    const told = await reader.post(page, `${page.path}/reassign`, { requestId, toPersonId: candidate });
    expect(told.text).toContain('已办理');
    expect(readings(calls.taken())).toEqual([2, 2]);
  });

  it('reads it once where what is due is recorded', async () => {
    const paidAt = asInstant('2016-10-08T02:00:00.000Z');
    ports.clock.now = paidAt;
    const scheduled = [scheduledVisit(caseId)];
    ports.act(caseId, (file) => ({
      kind: 'changed',
      changes: { case: { ...file.case, status: 'paid', closedAt: paidAt }, scheduled, facts: [] },
    }));
    const { reader } = await signedIn();
    const at = `/office/due/${caseId}/${caseId}.visit.1`;
    const page = await reader.get(at);
    calls.taken();
    await reader.post(page, `${at}/visit`, { visitedOn: '2016-10-08', note: '安好' });
    expect(ports.file(caseId).scheduled[0]).toMatchObject({ status: 'done' });
    expect(readings(calls.taken())).toEqual([2, 2]);
  });

  it('decides anew where somebody else was faster than what was read', async () => {
    const { reader } = await signedIn();
    const page = await reader.get(`/office/cases/${caseId}`);
    meanwhile = () => {
      meanwhile = undefined;
      expect(ports.act(caseId, withdrawApplication).kind).toBe('done');
    };
    const candidate = /<option value="([^"]+)">[^<]+·/.exec(page.html)?.[1] ?? '';
    const { requestId } = ports.file(caseId).requests[0]!;
    const told = await reader.post(page, `${page.path}/reassign`, { requestId, toPersonId: candidate });
    expect([told.status, ports.linksOf(caseId)]).toEqual([409, []]);
  });
});
