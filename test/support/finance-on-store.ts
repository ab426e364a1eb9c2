import { SendTaskSuccessCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { Hono } from 'hono';
import { actOnCase, awardsNothing } from '../../functions/middleware/act-on-case.ts';
import { carryBankResult, resultPort } from '../../functions/middleware/carry-bank-result.ts';
import { carryBatch, carryPort } from '../../functions/middleware/carry-batch.ts';
import { sendItems } from '../../functions/middleware/send-outbox.ts';
import { batchesOfStore } from '../../functions/web/finance/batches-port.ts';
import { financeApp } from '../../functions/web/finance/finance-app.tsx';
import type { BankResultDeps } from '../../functions/web/finance/bank-result-deps.ts';
import type { PayoutDeps } from '../../functions/web/finance/payout-deps.ts';
import { resultsApp } from '../../functions/web/finance/results-app.tsx';
import { resultsOfStore } from '../../functions/web/finance/results-port.ts';
import { openStaffStore } from '../../functions/web/staff/open-staff-store.ts';
import { awardSchema } from '../../shared/cases/decision-request.ts';
import { payoutSchema } from '../../shared/disbursement/payout.ts';
import { noAudit } from '../../shared/kernel/audit.ts';
import { type CaseId, personIdSchema, randomId } from '../../shared/kernel/ids.ts';
import { addMs, type Instant } from '../../shared/kernel/time.ts';
import { seedProgrammes } from '../../shared/programmes/seeds/index.ts';
import { codeOfStep, newTotpSecret, stepOf } from '../../shared/register/totp.ts';
import { loadAround } from '../../shared/store/around-store.ts';
import { changeAuthenticator } from '../../shared/store/authenticator-store.ts';
import { listFunds } from '../../shared/store/fund-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { createSession } from '../../shared/store/session-store.ts';
import type { Store } from '../../shared/store/open-store.ts';
import { signValue } from '../../shared/web/cookies.ts';
import { outboxPorts } from './outbox-ports.ts';
import { pageReader } from './page-reader.ts';
import { changesTo, reserveEntry, sampleCase, savedFile } from './sample-case.ts';
import { memoryScanBox } from './scans.ts';

const secrets = { csrf: 'csrf secret', session: 'session secret' };
const fundId = 'municipal-federation';
const { id: programmeId, version: programmeVersion } = seedProgrammes.find(({ id }) => id === 'major-illness-relief')!;

/** Finance's pages over a seeded store, as they are wired in use; only buckets, Step Functions and the mail server are stood in for. */
export function financeOnStore(store: Store, start: Instant) {
  const ports = outboxPorts(store, start);
  ports.sfn.on(StartExecutionCommand).resolves({});
  ports.sfn.on(SendTaskSuccessCommand).resolves({});
  const { act } = ports;
  const files = new Map<string, Uint8Array>();
  const nothing = (): Promise<unknown> => Promise.resolve();
  /** Set by a test: what others do, once, after a code was used up. */
  const after = { code: nothing };
  const deps: PayoutDeps & BankResultDeps = {
    store: {
      ...openStaffStore(store),
      // By the clock of the test.
      loadAround: (file, { withoutFunds = false, ...known } = {}) =>
        loadAround(store, file, { now: act.now(), newId: randomId, withoutFunds, known }),
    },
    actOnCase: (caseId, decide, options = awardsNothing) => actOnCase(act, caseId, decide, options),
    changeStaff: () => Promise.reject(new Error('finance changes nobody')),
    changeAuthenticator: async (personId, decide) => {
      const changed = await changeAuthenticator(store, personId, decide);
      await after.code();
      after.code = nothing;
      return changed;
    },
    post: () => Promise.reject(new Error('finance posts nothing by itself')),
    paperUrl: ({ objectKey }) => Promise.resolve(`/bucket/${objectKey}`),
    batches: batchesOfStore(store, (items, known) =>
      sendItems({ ...ports.outbox, carryBatch: (batchId) => carryBatch(carryPort(act), batchId, known) }, items),
    ),
    results: resultsOfStore(store, (items, known) =>
      sendItems(
        { ...ports.outbox, carryResult: (resultId) => carryBankResult(resultPort(act), resultId, known) },
        items,
      ),
    ),
    files: {
      put: async (key, bytes) => void files.set(key, bytes),
      get: async (key) => files.get(key)!,
    },
    scans: memoryScanBox(new Map(), 'receipts/'),
    siteUrl: 'https://relief.example',
    now: act.now,
    newId: randomId,
    secrets,
  };
  const secretsOf = new Map<string, string>();
  let accounts = 0;

  /** A browser in which this person is signed in, and whose person holds an authenticator. */
  const signedIn = async (person: string) => {
    const personId = personIdSchema.parse(person);
    const secret = newTotpSecret();
    const held = {
      personId,
      status: 'active',
      secret,
      lastStep: 0,
      wrongTries: 0,
      recoveryHashes: [],
      version: 0,
    } as const;
    await changeAuthenticator(store, personId, () => ({
      kind: 'changed',
      after: { ...held, recoveryHashes: [], audit: noAudit },
      facts: [{ event: 'authenticator.activated', by: person, at: act.now(), details: {} }],
    }));
    secretsOf.set(person, secret);
    const site = new Hono();
    site.onError((error) => {
      throw error;
    });
    const results = resultsApp(deps);
    site.all('/finance/results/*', (c) => results.fetch(c.req.raw, c.env));
    const finance = financeApp(deps);
    site.all('/finance/*', (c) => finance.fetch(c.req.raw, c.env));
    const reader = pageReader(site);
    const { token } = await createSession(store, { personId, now: act.now(), validMs: 8 * 3_600_000 });
    reader.cookies.set('__Host-session', signValue(secrets.session, 'session', token));
    return reader;
  };

  return {
    act,
    after,
    signedIn,
    /** What this person's phone shows half a minute later: a code that they have not used. */
    freshCode: (person: string): string => {
      ports.pass(30_000);
      return codeOfStep(secretsOf.get(person)!, stepOf(act.now()));
    },
    /** A case of a household of its own, with one payment of one yuan that is ordered. */
    orderedCase: async (): Promise<CaseId> => {
      const theCase = sampleCase(randomId(), {
        ...{ status: 'in-payment', stageIndex: 3, programmeId, programmeVersion },
        ...{ householdId: `household-${randomId()}`, beneficiaryId: `person-${randomId()}` },
      });
      const { caseId } = theCase;
      const awards = [
        awardSchema.parse({
          ...{ awardId: `${caseId}.1`, caseId, kind: 'whole', amountFen: 100, shares: [{ fundId, amountFen: 100 }] },
          ...{ signedBy: ['di-anlan'], requestIds: [], status: 'reserved', at: act.now() },
        }),
      ];
      const payouts = [
        payoutSchema.parse({
          ...{ payoutId: `${caseId}.1.1.1`, caseId, awardId: `${caseId}.1`, fundId, amountFen: 100, attempt: 1 },
          ...{
            payee: {
              holderName: '林海生',
              bankName: '农商银行',
              accountNumber: `6222${String((accounts += 1)).padStart(12, '0')}`,
            },
          },
          ...{ status: 'ordered', orderedAt: addMs(act.now(), -1_000) },
        }),
      ];
      const changes = changesTo(theCase, { awards, payouts, entries: [reserveEntry(caseId, fundId, 100)] });
      savedFile(await saveChanges(store, undefined, changes, { funds: await listFunds(store) }));
      return caseId;
    },
  };
}
