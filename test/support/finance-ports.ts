import { Hono } from 'hono';
import { type CarryPort, carryBatch } from '../../functions/middleware/carry-batch.ts';
import type { FundDeps } from '../../functions/web/finance/fund-deps.ts';
import { fundsApp } from '../../functions/web/finance/funds-app.tsx';
import type { BankResultDeps } from '../../functions/web/finance/bank-result-deps.ts';
import { financeApp } from '../../functions/web/finance/finance-app.tsx';
import { resultsApp } from '../../functions/web/finance/results-app.tsx';
import type { OfficeDeps } from '../../functions/web/office/office-deps.ts';
import { officeApp } from '../../functions/web/office/office-app.tsx';
import { castVote } from '../../shared/cases/cast-vote.ts';
import { climbRung } from '../../shared/cases/climb-rung.ts';
import type { Batch } from '../../shared/disbursement/batch.ts';
import type { PayeeHistory } from '../../shared/disbursement/payee-warnings.ts';
import { type CaseId, personIdSchema } from '../../shared/kernel/ids.ts';
import { yuan } from '../../shared/kernel/money.ts';
import type { SavedBatch } from '../../shared/store/batch-store.ts';
import { pageReader } from './page-reader.ts';
import { payoutsIn } from './case-world.ts';
import { memoryScanBox } from './scans.ts';
import { resultPorts } from './result-ports.ts';
import { staffPorts } from './staff-ports.ts';

/** Finance's ports in memory, over the same world as the staff's. */
export function financePorts() {
  const ports = staffPorts();
  const { deps: staff, batches, clock } = ports;
  const files = new Map<string, Uint8Array>();
  /** What lies in the bucket for banks' receipts. */
  const receipts = new Map<string, Uint8Array>();
  const scans = memoryScanBox(receipts, 'receipts/');
  let number = 0;
  /** Set by a test: what the index of accounts would tell, and whether the process dies before it carries anything. */
  const told = {
    history: { isOfAnotherHousehold: false, wasPaidBefore: true, isChanged: false } as PayeeHistory,
    dies: false,
  };
  const port: CarryPort = {
    getBatch: async (batchId) => batches.get(batchId),
    payoutsIn: async (batch) => payoutsIn(ports.allFiles(), batch),
    saveBatch: async (batch) => save(batch),
    act: async (caseId, decide) => {
      const file = ports.file(caseId);
      const decided = await decide(file, await staff.store.loadAround(file));
      if (decided.kind === 'changed') ports.act(caseId, () => decided);
    },
    now: () => clock.now,
  };
  const save = (batch: Batch): SavedBatch => {
    if ((batches.get(batch.batchId)?.version ?? 0) !== batch.version) return { kind: 'stale' };
    const after = { ...batch, version: batch.version + 1 };
    batches.set(batch.batchId, after);
    return { kind: 'saved', batch: after };
  };
  const results = resultPorts(ports.act, () => clock.now);
  const deps: BankResultDeps & FundDeps & OfficeDeps = {
    ...staff,
    batches: {
      get: async (batchId) => batches.get(batchId),
      byStatus: async (status) => ({ items: [...batches.values()].filter((batch) => batch.status === status) }),
      nextNumber: async (year) => `PC-${year}-${String(++number).padStart(4, '0')}`,
      save: async (batch) => save(batch),
      carry: async (items, known) => {
        if (told.dies) return;
        for (const item of items) if (item.kind === 'batch') await carryBatch(port, item.batchId, known);
      },
      payeeDigest: async (payee) => JSON.stringify(payee),
      payeeHistory: async () => told.history,
    },
    results: results.port,
    files: {
      put: async (objectKey, bytes) => void files.set(objectKey, bytes),
      get: async (objectKey) => files.get(objectKey)!,
    },
  };
  /** All who are asked answer the same, until it is settled. */
  const everybody = (caseId: CaseId, verdict: 'recommend' | 'approve'): void => {
    const request = ports.file(caseId).requests.find(({ status }) => status === 'open')!;
    for (const { personId, askedAt } of request.seats) {
      const isOpen = ports
        .file(caseId)
        .requests.some(({ requestId, status }) => requestId === request.requestId && status === 'open');
      if (askedAt === undefined || !isOpen) continue;
      const { requestId, contentVersion } = request;
      const ballot = { personId, requestId, contentVersion, verdict, amountFen: yuan(2_000), note: '', missing: [] };
      const voted = ports.act(caseId, (file, around) => castVote(file, around, ballot));
      if (voted.kind !== 'done') throw new Error(`the vote was not taken: ${voted.kind}`);
    }
  };

  /** An application that was approved with 2,000 yuan and whose notice has run: its payment is ordered. */
  const caseInPayment = (caseNumber = 1): CaseId => {
    const caseId = ports.caseInReview(caseNumber);
    everybody(caseId, 'recommend');
    while (ports.file(caseId).case.status === 'in-approval') {
      ports.openWait(caseId, 'approval');
      everybody(caseId, 'approve');
    }
    ports.openWait(caseId, 'notice');
    clock.now = ports.file(caseId).case.noticeUntil!;
    ports.act(caseId, (file, around) => {
      const climbed = climbRung(file, around);
      if (climbed.kind === 'not-due') throw new Error('the notice has not ended');
      return climbed;
    });
    return caseId;
  };

  /** A browser in which this person of the staff is signed in, at finance's first page. */
  const signedIn = async (person: string) => {
    const [app, ofFunds, ofResults, office] = [
      financeApp({ ...deps, scans }),
      fundsApp(deps),
      resultsApp(deps),
      officeApp(deps),
    ];
    const site = new Hono();
    site.onError((error) => {
      throw error;
    });
    site.all('/finance/results/*', (c) => ofResults.fetch(c.req.raw, c.env));
    site.all('/finance/funds/*', (c) => ofFunds.fetch(c.req.raw, c.env));
    site.all('/finance/recoveries/*', (c) => ofFunds.fetch(c.req.raw, c.env));
    site.all('/finance/*', (c) => app.fetch(c.req.raw, c.env));
    site.all('*', (c) => office.fetch(c.req.raw, c.env));
    const reader = pageReader(site);
    const ask = await reader.get('/sign-in?next=%2Ffinance');
    await reader.post(ask, '/sign-in', { email: ports.staff.get(personIdSchema.parse(person))!.email });
    const enter = await reader.get(`/sign-in/sign-in-${person}`);
    const page = await reader.post(enter, `/sign-in/sign-in-${person}`);
    return { app, reader, page };
  };

  return { ...ports, deps, files, receipts, results: results.results, told, caseInPayment, signedIn };
}
