import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { expect } from 'vitest';
import { proofSchema } from '../../infra/local/invoke-prover.ts';
import type { CaseFile } from '../../shared/cases/case-file.ts';
import type { Store } from '../../shared/store/open-store.ts';
import { allFiles, readLedger } from '../support/books.ts';
import { openLocalStore } from '../support/local-store.ts';
import { stepFunctionsClient } from '../support/step-functions-client.ts';
import type { Killable } from './killable-reliefline.ts';
import { endOf, type Town } from './townsfolk.ts';

/** Reads all books, past the pages. */
export const booksOf = (system: Killable) => reading(system, readLedger);

async function reading<T>(system: Killable, read: (store: Store) => Promise<T>): Promise<T> {
  const { store, close } = openLocalStore(system);
  try {
    return await read(store);
  } finally {
    close();
  }
}

export const isOpen = ({ case: { status } }: CaseFile): boolean =>
  !['paid', 'refused', 'declined', 'withdrawn', 'lapsed'].includes(status);

/** How many executions run, of those named after these cases or of all. */
export async function runningExecutions(system: Killable): Promise<string[]> {
  const sfn = stepFunctionsClient(system);
  const names: string[] = [];
  try {
    for (const { arn } of system.model.machines) {
      let nextToken: string | undefined;
      do {
        const page = await sfn.send(
          new ListExecutionsCommand({ stateMachineArn: arn, statusFilter: 'RUNNING', nextToken }),
        );
        names.push(...(page.executions ?? []).map(({ name }) => name ?? ''));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
    }
    return names;
  } finally {
    sfn.destroy();
  }
}

/** Nothing is lost, stuck, doubled or out of balance: every application stands at its own end, and the books agree. */
export async function expectEverythingEnded(system: Killable, town: Town): Promise<void> {
  const { files, funds, faults } = await booksOf(system);
  expect(faults).toEqual([]);
  const standing = new Map(files.map((file) => [file.case.caseNumber, file]));
  for (const [caseNumber, order] of town.acknowledged.receipts) {
    const file = standing.get(caseNumber);
    expect(`${caseNumber} ${file?.case.status}`).toBe(`${caseNumber} ${endOf(order)}`);
    const isPaid = endOf(order) === 'paid';
    expect(file?.payouts.map(({ status, amountFen }) => [status, amountFen])).toEqual(
      isPaid ? [['paid', 100_000]] : [],
    );
    expect(file?.requests.filter(({ status }) => status === 'open')).toEqual([]);
  }
  expect(files.length).toBe(town.acknowledged.receipts.size);
  expect(funds.reduce((sum, { paidFen }) => sum + paidFen, 0)).toBe(
    100_000 * [...town.acknowledged.receipts.values()].filter((order) => endOf(order) === 'paid').length,
  );
  expect(funds.reduce((sum, { reservedFen }) => sum + reservedFen, 0)).toBe(0);
  expect(await runningExecutions(system)).toEqual([]);
}

/** The system's own proof of its books, which it makes every night: of the running one, in its own words. */
export async function expectProved({ site }: Killable, cases: number): Promise<void> {
  const response = await fetch(`${site}/_local/prove`, { method: 'POST' });
  const { ok, wrong, checked } = proofSchema.parse(await response.json());
  expect({ ok, wrong }).toEqual({ ok: true, wrong: [] });
  expect(checked['cases']).toBe(cases);
}

/**
 * What a page had confirmed before a kill is there after it, and nobody's answer counts twice. More may be there than was confirmed:
 * an answer that was written just before the kill, whose page never came. Gives all cases as they were found.
 */
export async function expectAcknowledgedKept(system: Killable, town: Town): Promise<CaseFile[]> {
  // As it stands before the books are read: the town goes on meanwhile.
  const [votes, confirmed] = [[...town.acknowledged.votes.values()], [...town.acknowledged.confirmed]];
  const read = await reading(system, allFiles);
  // A case that was closed while this was read stands among the open ones and among the closed ones.
  const files = [...new Map(read.map((file) => [file.case.caseId, file])).values()];
  const counted = (list: readonly { requestId: string; verdict: string }[]): Map<string, number> =>
    list.reduce(
      (sums, { requestId, verdict }) =>
        sums.set(`${requestId} ${verdict}`, (sums.get(`${requestId} ${verdict}`) ?? 0) + 1),
      new Map<string, number>(),
    );
  const cast = files.flatMap((file) => file.votes);
  const kept = counted(cast);
  const lost = [...counted(votes)].flatMap(([vote, times]) => {
    const found = kept.get(vote) ?? 0;
    return found >= times ? [] : [`${vote}: ${found} of ${times}`];
  });
  expect(lost).toEqual([]);
  const voters = cast.map(({ requestId, personId }) => `${requestId} ${personId}`);
  expect(voters.filter((voter, index) => voters.indexOf(voter) !== index)).toEqual([]);
  const paid = files.flatMap(({ case: { caseId }, payouts }) =>
    payouts.filter(({ status }) => status === 'paid').map(({ payoutId }) => `${caseId}/${payoutId}`),
  );
  for (const each of confirmed) expect(paid).toContain(each);
  return files;
}

export const mailsOf = ({ data }: Killable): string[] =>
  readFileSync(join(data, 'mails.jsonl'), 'utf8').split('\n').slice(0, -1);
