import type { ActOptions, CaseReading } from '../../functions/middleware/act-on-case.ts';
import { seedFunds } from '../../functions/upkeep/seed-funds.ts';
import { seedPatches, seedStaff } from '../../functions/upkeep/seed-staff.ts';
import type { FundDeps } from '../../functions/web/finance/fund-deps.ts';
import type { OfficeDeps } from '../../functions/web/office/office-deps.ts';
import {
  type Around,
  type CaseFile,
  type Changes,
  type Decided,
  newCaseFile,
  type OutboxItem,
} from '../../shared/cases/case-file.ts';
import { checkIntake } from '../../shared/cases/check-intake.ts';
import { openRequest } from '../../shared/cases/open-request.ts';
import type { RequestPurpose } from '../../shared/cases/decision-request.ts';
import { submitApplication } from '../../shared/cases/submit-application.ts';
import type { Batch } from '../../shared/disbursement/batch.ts';
import type { Proposal } from '../../shared/funds/proposal.ts';
import type { TreasuryChange } from '../../shared/funds/treasury.ts';
import { applyEntry, type Fund, type LedgerEntry } from '../../shared/funds/fund.ts';
import { type AuditFact, aggregateName, chainFacts, noAudit } from '../../shared/kernel/audit.ts';
import {
  type CaseId,
  caseIdSchema,
  type FundId,
  householdIdSchema,
  type PersonId,
  personIdSchema,
} from '../../shared/kernel/ids.ts';
import { yuan, zeroFen } from '../../shared/kernel/money.ts';
import { addMs, asInstant, epochMsOf, type Instant } from '../../shared/kernel/time.ts';
import type { ProgrammeVersion } from '../../shared/programmes/programme-version.ts';
import { seedProgrammes } from '../../shared/programmes/seeds/index.ts';
import type { Tie } from '../../shared/register/household.ts';
import type { Authenticator } from '../../shared/register/authenticator.ts';
import type { StaffMember } from '../../shared/register/staff.ts';
import { memoryScanBox } from './scans.ts';

const illnessRelief = seedProgrammes.find(({ id }) => id === 'major-illness-relief')!;

/** The staff's ports in memory, over the real rules and an invented union, whose one programme is major illness relief, or like it. */
export function staffPorts(programme: ProgrammeVersion = illnessRelief) {
  const clock = { now: asInstant('2016-03-01T02:00:00.000Z') };
  const files = new Map<string, CaseFile>();
  const batches = new Map<string, Batch>();
  const staff = new Map<string, StaffMember>(
    seedStaff.map((each) => [each.personId, { ...each, version: 1, audit: noAudit }]),
  );
  let funds: Fund[] = seedFunds.map(({ fund, budgetFen }) => ({
    ...fund,
    budgets: [],
    awarded: [],
    fundedFen: budgetFen,
    availableFen: budgetFen,
    reservedFen: zeroFen,
    paidFen: zeroFen,
    version: 1,
    audit: noAudit,
  }));
  let proposals: Proposal[] = [];
  const ofTreasury: LedgerEntry[] = [];
  const interests = new Map<string, Tie>();
  const links = new Map<string, { caseId: CaseId } & NonNullable<Changes['links']>[number]>();
  const sessions = new Map<string, { personId: PersonId; until: Instant }>();
  const authenticators = new Map<PersonId, Authenticator>();
  const authenticatorFacts: AuditFact[] = [];
  const signIns = new Map<string, { personId: PersonId; until: Instant }>();
  const hits = new Map<string, number>();
  const posted: OutboxItem[] = [];
  const staffFacts: (AuditFact & { readonly of: PersonId })[] = [];
  const toldToConfirm: PersonId[] = [];
  const saves: Changes[] = [];
  /** What lies in the bucket for vouchers. */
  const vouchers = new Map<string, Uint8Array>();
  let made = 0;
  const newId = () => `N${String(++made).padStart(6, '0')}`;
  const tokenOf = (seat: { requestId: string; personId: string; generation: number }) =>
    `${seat.requestId}.${seat.personId}.${seat.generation}`;

  const aroundOf = ({ case: it }: CaseFile): Around => ({
    now: clock.now,
    newId,
    programme: [programme, ...seedProgrammes].find(({ id }) => id === it.programmeId) ?? programme,
    staff: [...staff.values()],
    interests,
    funds,
    batches: [...batches.values()],
    awardedFen: zeroFen,
    capKey: 'cap',
  });

  const merged = <T>(before: readonly T[], changed: readonly T[] = [], idOf: (thing: T) => string): T[] => [
    ...new Map([...before, ...changed].map((thing) => [idOf(thing), thing])).values(),
  ];
  const enter = (entry: LedgerEntry) => {
    const fund = funds.find(({ fundId }) => fundId === entry.fundId)!;
    const applied = applyEntry(fund, entry);
    if (applied.kind === 'not-covered') throw new Error('the rules let a fund go below nothing');
    funds = funds.map((each) => (each === fund ? applied.fund : each));
  };
  /** The store's own part is tested on its databases; this much of it a page can see. */
  const applyToFunds = ({ proposals: changed, terms: set, entries }: TreasuryChange) => {
    proposals = merged(proposals, changed, ({ proposalId }) => proposalId);
    entries.forEach(enter);
    ofTreasury.push(...entries);
    if (set === undefined) return;
    const { fundId, terms } = set;
    const none = { fundedFen: zeroFen, availableFen: zeroFen, reservedFen: zeroFen, paidFen: zeroFen, awarded: [] };
    const before = funds.find((fund) => fund.fundId === fundId) ?? { fundId, ...none, version: 1, audit: noAudit };
    funds = merged(funds, [{ ...before, ...terms }], (fund) => fund.fundId);
  };
  const apply = (file: CaseFile, changes: Changes): CaseFile => {
    saves.push(changes);
    (changes.entries ?? []).forEach(enter);
    for (const batch of changes.batches ?? []) {
      if (batches.get(batch.batchId)?.version !== batch.version) throw new Error('a batch changed meanwhile');
      batches.set(batch.batchId, { ...batch, version: batch.version + 1 });
    }
    const { caseId } = changes.case;
    for (const link of changes.links ?? []) links.set(tokenOf(link), { caseId, ...link });
    const after = {
      case: { ...changes.case, version: file.case.version + 1 },
      requests: merged(file.requests, changes.requests, ({ requestId }) => requestId),
      votes: merged(file.votes, changes.votes, ({ requestId, personId }) => `${requestId}/${personId}`),
      awards: merged(file.awards, changes.awards, ({ awardId }) => awardId),
      payouts: merged(file.payouts, changes.payouts, ({ payoutId }) => payoutId),
      objections: merged(file.objections, changes.objections, ({ objectionId }) => objectionId),
      scheduled: merged(file.scheduled, changes.scheduled, ({ itemId }) => itemId),
      recoveries: merged(file.recoveries, changes.recoveries, ({ recoveryId }) => recoveryId),
    };
    files.set(caseId, after);
    return after;
  };
  /** As the store reads it for what awards nothing: whoever asks for the funds there is a mistake of the program. */
  const withoutFunds = (around: Around): Around =>
    Object.defineProperty({ ...around }, 'funds', {
      get: () => {
        throw new Error('the funds were not read');
      },
    });
  const act = (
    caseId: CaseId,
    decide: (file: CaseFile, around: Around) => Decided,
    { awards, reading }: ActOptions = { awards: true },
  ) => {
    const stored = files.get(caseId);
    if (stored === undefined) return { kind: 'unknown-case' } as const;
    const readNow = (): CaseReading => ({
      file: stored,
      around: awards ? aroundOf(stored) : withoutFunds(aroundOf(stored)),
    });
    const attempt = ({ file, around }: CaseReading) => decide(file, around);
    let decided = attempt(reading ?? readNow());
    // Somebody was faster than the reading: its write would meet another version.
    const isStale = reading !== undefined && reading.file.case.version !== stored.case.version;
    if (isStale && decided.kind === 'changed') decided = attempt(readNow());
    return decided.kind === 'refused' ? decided : ({ kind: 'done', file: apply(stored, decided.changes) } as const);
  };
  const current = <T extends { until: Instant }>(held: T | undefined) =>
    held !== undefined && held.until > clock.now ? held : undefined;

  const deps: FundDeps & OfficeDeps = {
    store: {
      loadCaseFile: async (caseId) => files.get(caseId),
      loadAround: async (file, { withoutFunds: isWithout = false } = {}) =>
        isWithout ? withoutFunds(aroundOf(file)) : aroundOf(file),
      findCaseByNumber: async (text) => [...files.values()].find((each) => each.case.caseNumber === text)?.case.caseId,
      otherCasesOfHousehold: async ({ caseId, householdId }) =>
        [...files.values()].map((f) => f.case).filter((it) => it.householdId === householdId && it.caseId !== caseId),
      caseSummaries: async (ids) => ids.flatMap((id) => files.get(id)?.case ?? []),
      listCases: async ({ which }) => ({
        items: [...files.values()]
          .map((file) => file.case)
          .filter((it) => (it.closedAt === undefined) === (which === 'open')),
      }),
      openRequestsOf: async (personId) =>
        [...files.values()].flatMap((file) =>
          file.requests
            .filter(({ status, seats }) => status === 'open' && seats.some((seat) => seat.personId === personId))
            .map(({ requestId, purpose, openedAt, caseId }) => ({ requestId, purpose, openedAt, caseId })),
        ),
      payoutsByStatus: async (status) => ({
        items: [...files.values()].flatMap(({ payouts }) => payouts.filter((each) => each.status === status)),
      }),
      itemsDue: async ({ visitsOf }) => ({
        items: [...files.values()]
          .filter((each) => visitsOf === undefined || visitsOf.includes(each.case.patchId))
          .flatMap(({ scheduled }) => scheduled.filter(({ status }) => status === 'waiting'))
          .filter(({ kind }) => visitsOf === undefined || kind === 'visit' || kind === 'home-visit'),
      }),
      funds: async () => funds,
      ledgerOfFund: async (fundId) =>
        [...ofTreasury, ...saves.flatMap(({ entries = [] }) => entries)].filter((entry) => entry.fundId === fundId),
      auditTrail: async (aggregate) => {
        const own = saves.filter((each) => aggregateName('case', each.case.caseId) === aggregate);
        return chainFacts(
          aggregate,
          noAudit,
          own.flatMap(({ facts }) => facts),
        ).events;
      },
      programmes: async () => seedProgrammes,
      staff: async () => [...staff.values()],
      staffMember: async (personId) => staff.get(personId),
      staffByEmail: async (email) => [...staff.values()].find((each) => each.email === email.toLowerCase()),
      authenticatorOf: async (personId) => authenticators.get(personId),
      hashPrintedCode: async (personId, plainCode) => `hash of ${plainCode} of ${personId}`,
      patches: async () => seedPatches,
      householdsOfPatch: async () => [],
      membersOf: async () => [],
      person: async () => undefined,
      resolveLink: async (token, now) => {
        const link = links.get(token);
        if (link === undefined) return { kind: 'unknown' };
        const request = files.get(link.caseId)?.requests.find(({ requestId }) => requestId === link.requestId);
        const isCurrent = request?.seats.some(
          (seat) => seat.personId === link.personId && seat.generation === link.generation,
        );
        if (!isCurrent) return { kind: 'superseded', ...link };
        return { kind: link.expiresAt <= now ? 'expired' : 'valid', ...link };
      },
      createSession: async (personId, now, validMs) => {
        const token = newId();
        sessions.set(token, { personId, until: addMs(now, validMs) });
        return token;
      },
      sessionPerson: async (token) => current(sessions.get(token))?.personId,
      endSession: async (token) => void sessions.delete(token),
      peekSignIn: async (token) => current(signIns.get(token))?.personId,
      useSignIn: async (token) => {
        const held = current(signIns.get(token));
        signIns.delete(token);
        return held?.personId;
      },
      isWithinLimit: async (name, windowSeconds, limit, now) => {
        const key = `${name} ${Math.floor(epochMsOf(now) / 1000 / windowSeconds)}`;
        hits.set(key, (hits.get(key) ?? 0) + 1);
        return (hits.get(key) ?? 0) <= limit;
      },
      hashTrackingCode: async (code) => `hash-of-${code}`,
    },
    actOnCase: async (caseId, decide, options = { awards: false }) => act(caseId, decide, options),
    changeStaff: async (decide) => {
      const decided = decide([...staff.values()]);
      if (decided.kind === 'refused') return decided;
      const { member, facts, tells } = decided.change;
      const after = { ...member, version: member.version + 1 };
      staff.set(member.personId, after);
      staffFacts.push(...facts.map((fact) => ({ ...fact, of: member.personId })));
      toldToConfirm.push(...tells);
      return { kind: 'saved', member: after };
    },
    changeAuthenticator: async (personId, decide) => {
      const before = authenticators.get(personId);
      const decided = decide(before);
      if (decided.kind === 'refused') return decided;
      const after = { ...decided.after, version: (before?.version ?? 0) + 1 };
      authenticators.set(personId, after);
      authenticatorFacts.push(...decided.facts);
      return decided.refusal === undefined
        ? { kind: 'done', authenticator: after }
        : { kind: 'refused', refusal: decided.refusal };
    },
    recoveries: async (status) => ({
      items: [...files.values()].flatMap(({ recoveries }) => recoveries.filter((each) => each.status === status)),
    }),
    madeBatches: async () => ({ items: [...batches.values()].filter(({ status }) => status === 'made') }),
    proposals: async (fundId?: FundId) => proposals.filter((each) => fundId === undefined || each.fundId === fundId),
    changeTreasury: async (decide) => {
      const decided = decide({ funds, proposals });
      if (decided.kind !== 'changed') return decided;
      applyToFunds(decided.change);
      return { kind: 'saved', proposal: decided.change.proposals[0]! };
    },
    post: async (item) => {
      posted.push(item);
      if (item.kind !== 'mail' || item.to === 'applicant' || !('person' in item.to)) return;
      signIns.set(`sign-in-${item.to.person}`, { personId: item.to.person, until: addMs(clock.now, 15 * 60_000) });
    },
    paperUrl: async ({ objectKey }) => `/bucket/${objectKey}`,
    scans: memoryScanBox(vouchers, 'vouchers/'),
    siteUrl: 'https://relief.example',
    now: () => clock.now,
    newId,
    secrets: { csrf: 'csrf secret', session: 'session secret' },
  };

  /** A household's application for major illness relief, 15,000 yuan borne by itself: 2,000 are suggested. It waits for its review. */
  const caseInReview = (number = 1): CaseId => {
    const caseId = caseIdSchema.parse(`C${number}`);
    const paper = (paperId: string) => ({
      paperId,
      fileId: `${paperId}-file`,
      objectKey: `cases/${caseId}/${paperId}`,
      contentType: 'image/jpeg' as const,
      sizeBytes: 1000,
      uploadedAt: clock.now,
    });
    const changes = submitApplication(
      {
        caseId,
        caseNumber: `DB-2016-0000${number}`,
        programme,
        householdId: householdIdSchema.parse('H1'),
        patchId: seedPatches[0]!.patchId,
        beneficiaryId: personIdSchema.parse('P1'),
        standing: 'none',
        isOnRegister: true,
        trackingCodeHash: 'hash',
        applicant: {
          name: '林海生<script>',
          idNumber: '11010519491231002X',
          phone: '13800138000',
          address: '盐场路',
          unit: '制盐一工区',
          householdSize: 3,
        },
        payee: { kind: 'self', holderName: '林海生', bankName: '农商银行', accountNumber: '6200000000001234' },
        answers: {
          patientRelation: 'self',
          diagnosisClass: 'cancer',
          cause: 'illness',
          isThirdPartyLiable: false,
          hospital: '县医院',
          invoiceNumber: `bill-${number}`,
          totalCostFen: yuan(40_000),
          paidByBasicFen: yuan(20_000),
          paidBySeriousFen: yuan(5_000),
          paidByMutualFen: 0,
          paidByOthersFen: 0,
        },
        papers: ['id-card', 'bank-card', 'diagnosis', 'invoice', 'insurance-settlement'].map(paper),
      },
      { now: clock.now, newId },
    );
    apply(newCaseFile(changes.case), changes);
    act(caseId, (file, around) => checkIntake(file, around, { otherClaims: [] }));
    openWait(caseId, 'review');
    return caseId;
  };

  /** What the workflow does when it comes to a wait. */
  const openWait = (caseId: CaseId, purpose: RequestPurpose) => {
    const opened = openRequest(files.get(caseId)!, aroundOf(files.get(caseId)!), { purpose, taskToken: 'task token' });
    if (opened.kind !== 'changed') throw new Error(`${purpose}: ${opened.kind}`);
    apply(files.get(caseId)!, opened.changes);
  };

  /** The newest links of those who were asked and may still answer, in the order of asking. */
  const linksOf = (caseId: CaseId): string[] =>
    files
      .get(caseId)!
      .requests.filter(({ status }) => status === 'open')
      .flatMap(({ requestId, seats }) =>
        seats
          .filter(({ askedAt }) => askedAt !== undefined)
          .map(({ personId, generation }) => `/d/${tokenOf({ requestId, personId, generation })}`),
      );

  return {
    deps,
    allFiles: () => [...files.values()],
    clock,
    staff,
    interests,
    posted,
    staffFacts,
    authenticators,
    authenticatorFacts,
    toldToConfirm,
    saves,
    caseInReview,
    openWait,
    linksOf,
    file: (caseId: CaseId) => files.get(caseId)!,
    /** Puts a case there as it is. */
    put: (file: CaseFile) => void files.set(file.case.caseId, file),
    funds: () => funds,
    proposals: () => proposals,
    /** Sets the terms of a fund as two persons would have. */
    setFund: (fundId: string, terms: Partial<Fund>) => {
      funds = funds.map((fund) => (fund.fundId === fundId ? { ...fund, ...terms } : fund));
    },
    batches,
    vouchers,
    act,
  };
}
