import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actOnCase } from '../../functions/middleware/act-on-case.ts';
import { seedStage } from '../../functions/upkeep/seed-stage.ts';
import type { Around, CaseFile, Decided, LinkIssue } from '../../shared/cases/case-file.ts';
import { openRequestOf } from '../../shared/cases/case-work.ts';
import { castVote } from '../../shared/cases/cast-vote.ts';
import { editApplication } from '../../shared/cases/change-application.ts';
import { checkIntake } from '../../shared/cases/check-intake.ts';
import { climbRung } from '../../shared/cases/climb-rung.ts';
import { type Verdict, verdictsFor, votedPurposes } from '../../shared/cases/decision-request.ts';
import { reassignRequest, reissueLink } from '../../shared/cases/office-actions.ts';
import { openRequest } from '../../shared/cases/open-request.ts';
import { isSitting } from '../../shared/cases/seats.ts';
import { routeOf } from '../../shared/cases/route.ts';
import { submitApplication } from '../../shared/cases/submit-application.ts';
import {
  type CaseId,
  caseIdSchema,
  householdIdSchema,
  type PersonId,
  type RequestId,
  randomId,
} from '../../shared/kernel/ids.ts';
import { yuan } from '../../shared/kernel/money.ts';
import { addHours, asInstant, type Instant } from '../../shared/kernel/time.ts';
import type { Tie } from '../../shared/register/household.ts';
import { loadCaseFile } from '../../shared/store/case-store.ts';
import { resolveLink } from '../../shared/store/link-store.ts';
import { listStaff } from '../../shared/store/staff-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { seedPatches } from '../../functions/upkeep/seed-staff.ts';
import { runsAndSeed } from '../support/runs.ts';
import { contentFor, person, seedOf } from '../support/small-union.ts';
import { startStore, type TestStore } from '../support/store.ts';

const start = asInstant('2016-03-01T02:00:00.000Z');
const programme = seedOf('major-illness-relief');

let own: TestStore;
let staff: readonly PersonId[];
let office: PersonId;
beforeAll(async () => {
  own = await startStore();
  await seedStage(own.store, { profile: 'demo', administratorEmail: '', at: start });
  const members = await listStaff(own.store);
  staff = members.map(({ personId }) => personId);
  office = members.find(({ appointments }) => appointments.some(({ role }) => role === 'office'))!.personId;
});
afterAll(() => own.stop());

/** What happens to the links of a case. `ask-back`: a tie was a mistake, and the office asks again who left for it. */
const whats = ['re-issue', 're-issue', 'add', 'bar', 'wait', 'wait', 'ask-back', 'answer', 'recuse', 'edit'] as const;
type Attempt = { readonly what: (typeof whats)[number]; readonly pick: number; readonly hours: number };
const attempts: fc.Arbitrary<Attempt[]> = fc.array(
  fc.record({ what: fc.constantFrom(...whats), pick: fc.nat(999), hours: fc.integer({ min: 1, max: 90 }) }),
  { minLength: 4, maxLength: 16, size: 'max' },
);

/** So many histories do everything at least once; without that they would say little. */
const enough = 15;

/** The one whose link once came back to life. */
const askedBack: Attempt[] = [
  { what: 'bar', pick: 0, hours: 1 },
  { what: 'wait', pick: 0, hours: 80 },
  { what: 'ask-back', pick: 0, hours: 1 },
  { what: 're-issue', pick: 0, hours: 1 },
];

const nth = <T>(items: readonly T[], pick: number): T | undefined => items[pick % Math.max(1, items.length)];

/** A case in the store and whoever acts on it; keeps every link that was ever issued. */
class LinkHistory {
  readonly issued: LinkIssue[] = [];
  readonly done = new Set<string>();
  private now: Instant = start;
  private readonly ties = new Map<string, Tie>();
  private readonly caseId: CaseId = caseIdSchema.parse(randomId());

  async act(what: string, decide: (file: CaseFile, around: Around) => Decided | { kind: string }): Promise<CaseFile> {
    const { store } = own;
    const ports = { store, send: async () => {}, now: () => this.now, newId: randomId, pause: async () => {} };
    const acted = await actOnCase(ports, this.caseId, (file, around) => {
      const decided = decide(file, { ...around, interests: this.ties });
      return 'changes' in decided || decided.kind === 'refused' ? (decided as Decided) : { kind: 'nothing' };
    });
    if (acted.kind !== 'done') return this.file();
    this.issued.push(...(acted.changes.links ?? []));
    this.done.add(what);
    return acted.file;
  }

  private async file(): Promise<CaseFile> {
    const file = await loadCaseFile(own.store, this.caseId);
    if (file === undefined) throw new Error('the case is gone');
    return file;
  }

  async begin(): Promise<void> {
    const content = contentFor(programme, { answers: { invoiceNumber: this.caseId } });
    const changes = submitApplication(
      {
        ...content,
        caseId: this.caseId,
        caseNumber: this.caseId,
        programme,
        householdId: householdIdSchema.parse(`household-of-${this.caseId}`),
        patchId: seedPatches[0]!.patchId,
        beneficiaryId: person(`worker-${this.caseId}`),
        standing: 'none',
        isOnRegister: false,
        trackingCodeHash: 'hash',
      },
      { now: this.now, newId: randomId },
    );
    expect((await saveChanges(own.store, undefined, changes, { funds: [] })).kind).toBe('saved');
    await this.goOn();
  }

  /** The workflow comes to its next wait for somebody who votes. */
  private async goOn(): Promise<CaseFile> {
    let file = await this.file();
    for (let steps = 0; steps < 4; steps += 1) {
      const { next } = routeOf(file, this.now);
      if (next === 'intake')
        file = await this.act('intake', (it, around) => checkIntake(it, around, { otherClaims: [] }));
      else if (next === 'review' || next === 'approval')
        return this.act('opened', (it, around) => openRequest(it, around, { purpose: next, taskToken: randomId() }));
      else return file;
    }
    return file;
  }

  async attempt({ what, pick, hours }: Attempt): Promise<void> {
    const file = await this.file();
    const request = openRequestOf(file);
    const purpose = votedPurposes.find((each) => each === request?.purpose);
    if (request === undefined || purpose === undefined) return;
    const { requestId } = request;
    const seated = nth(request.seats, pick)?.personId;
    if (seated === undefined) return;
    const say = (verdict: Verdict, note: string) =>
      this.act(what, (it, around) =>
        castVote(it, around, {
          personId: seated,
          requestId,
          contentVersion: it.case.contentVersion,
          verdict,
          amountFen: yuan(1_000),
          note,
          missing: [],
        }),
      );
    switch (what) {
      case 're-issue':
        await this.act(what, (it, around) => reissueLink(it, around, { requestId, personId: seated, by: seated }));
        break;
      case 'ask-back':
        this.ties.clear();
        await this.add(what, requestId, request.seats.find((seat) => !isSitting(seat))?.personId ?? seated);
        break;
      case 'add':
        await this.add(what, requestId, nth(staff, pick)!);
        break;
      case 'bar':
        this.ties.set(seated, 'same-household');
        break;
      case 'wait':
        this.now = addHours(this.now, hours);
        await this.act(what, climbRung);
        break;
      case 'answer':
        await say(verdictsFor[purpose][0]!, '');
        break;
      case 'recuse':
        await say('recuse', '认识申请人');
        break;
      case 'edit': {
        const content = contentFor(programme, { answers: { invoiceNumber: `${this.caseId}-${pick}` } });
        await this.act(what, (it, around) => editApplication(it, around, content));
        break;
      }
      default:
        what satisfies never;
    }
    await this.goOn();
  }

  private add(what: string, requestId: RequestId, toPersonId: PersonId): Promise<CaseFile> {
    return this.act(what, (it, around) => reassignRequest(it, around, { personId: office, requestId, toPersonId }));
  }

  /** Of all links of one person for one request only the newest is alive; no two share a token; none comes back to life. */
  async check(): Promise<void> {
    const newest = new Map(this.issued.map((issue) => [`${issue.requestId}/${issue.personId}`, issue]));
    const tokens = await Promise.all(this.issued.map((issue) => own.store.keyRing.linkToken(issue)));
    expect(new Set(tokens).size).toBe(tokens.length);
    const resolved = await Promise.all(tokens.map((token) => resolveLink(own.store, token, this.now)));
    const isAlive = resolved.map(({ kind }) => kind !== 'superseded' && kind !== 'unknown');
    const isNewest = this.issued.map((issue) => newest.get(`${issue.requestId}/${issue.personId}`) === issue);
    expect(isAlive).toEqual(isNewest);
  }
}

test('promise 24: whatever is re-issued, delegated, barred or answered, a newer link ends the older ones at once and for good', async () => {
  const done = new Set<string>();
  const chosen = runsAndSeed(enough, 10);
  await fc.assert(
    fc.asyncProperty(attempts, async (sequence) => {
      const history = new LinkHistory();
      await history.begin();
      for (const attempt of sequence) {
        await history.attempt(attempt);
        await history.check();
      }
      for (const what of history.done) done.add(what);
    }),
    { ...chosen, examples: [[askedBack]], endOnFailure: true },
  );
  if (chosen.numRuns >= enough)
    expect([...done]).toEqual(expect.arrayContaining([...new Set(whats)].filter((what) => what !== 'bar')));
});
