import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { OutboxItem } from '../cases/case-file.ts';
import { type BankResult, bankResultSchema, settlementSchema } from '../disbursement/bank-result/bank-result.ts';
import { type AuditFact, aggregateName } from '../kernel/audit.ts';
import { type BankResultId, bankResultIdSchema } from '../kernel/ids.ts';
import { knownCursor, type Page, pageOf } from './cursor.ts';
import { auditWrites } from './journal-store.ts';
import type { KeyRing } from './key-ring.ts';
import type { Store } from './open-store.ts';
import type { StoredItem } from './seals.ts';
import { outboxWrite } from './outbox-store.ts';
import { forgottenText, openField, sealedSchema, sealField } from './sealed-field.ts';
import { transact, type Write } from './transact.ts';

const results = 'bank-results';

/** A result's id, made of its bytes: the same file has the same, and without the house's key nobody can tell of which file it is. */
export async function bankResultIdOf(store: Store, bytes: Uint8Array): Promise<BankResultId> {
  const digest = createHash('sha256').update(bytes).digest('hex');
  return bankResultIdSchema.parse(`R${(await store.keyRing.searchHash('bank-result', digest)).slice(0, 40)}`);
}

export async function getBankResult(store: Store, resultId: BankResultId): Promise<BankResult | undefined> {
  const { data } = await store.entities.bankResult.get({ resultId }).go({ consistent: true });
  return data === null ? undefined : openResult(store.keyRing, data.body);
}

/** What was uploaded, newest first, a page at a time. */
export async function listBankResults(
  store: Store,
  options: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<BankResult>> {
  const { data, cursor } = await store.entities.bankResult.query
    .listed({ results })
    .go({ cursor: knownCursor(options.cursor), limit: options.limit, order: 'desc' });
  const items = await Promise.all(data.map(({ body }) => openResult(store.keyRing, body)));
  return pageOf(items, cursor);
}

/** `result`: as it lies there now, for whoever goes on with it. `stale`: somebody else has changed it since it was read. */
export type SavedResult = { readonly kind: 'saved'; readonly result: BankResult } | { readonly kind: 'stale' };

/** Writes a result as decided from the version that was read (0: new), and what is to be carried to its payments. */
export async function saveBankResult(
  store: Store,
  result: BankResult,
  facts: readonly AuditFact[],
  outbox: readonly OutboxItem[],
): Promise<SavedResult> {
  const { resultId, uploadedAt } = result;
  const version = result.version + 1;
  const sealed = await sealResult(store.keyRing, { ...result, version });
  const item = (body: typeof sealed) => ({ resultId, results, uploadedAt, version, body });
  const stored: StoredItem = { entity: 'bank-result', attributes: item(sealed) };
  const audit = auditWrites(aggregateName('bank-result', resultId), result.audit, facts, [stored]);
  const body = { ...sealed, plain: { ...sealed.plain, audit: audit.head } };
  const put: Write<'result'> = {
    guards: 'result',
    of: (entities) =>
      entities.bankResult
        .put(item(body))
        .where(({ version: there }, { eq, notExists }) =>
          result.version === 0 ? notExists(there) : eq(there, result.version),
        )
        .commit(),
  };
  const outcome = await transact<'result' | 'audit' | 'none'>(store, [
    put,
    ...audit.writes,
    ...outbox.map(outboxWrite),
  ]);
  if (outcome.kind !== 'done') return { kind: 'stale' };
  return { kind: 'saved', result: { ...result, version, audit: audit.head } };
}

const plainSettlement = settlementSchema.omit({ reason: true });
const storedSchema = z.strictObject({
  plain: bankResultSchema.extend({ settling: z.array(plainSettlement) }),
  reasons: sealedSchema.exactOptional(),
});
const reasonsSchema = z.record(z.string(), z.string());

const placeOf = (resultId: BankResultId): string => `bank-result/${resultId}`;

/** A bank's own words may name people. They lie here only until each payment has its own, under a key of this file alone. */
async function sealResult(keyRing: KeyRing, result: BankResult): Promise<z.input<typeof storedSchema>> {
  const { resultId } = result;
  const settling = result.settling.map(({ reason: _words, ...rest }) => rest);
  const reasons = Object.fromEntries(
    result.settling.flatMap(({ line, reason }) => (reason === undefined ? [] : [[String(line), reason]])),
  );
  const plain = { ...result, settling };
  if (Object.keys(reasons).length === 0) return { plain };
  const owner = { personId: `bank-result-${resultId}`, retention: 'ledger' } as const;
  return { plain, reasons: await sealField(keyRing, owner, placeOf(resultId), reasons) };
}

/** Without the bank's own words: no key is asked for. */
export const openResultOutline = (body: unknown): BankResult => storedSchema.parse(body).plain;

/** Where all results are listed. */
export const resultList = results;

async function openResult(keyRing: KeyRing, body: unknown): Promise<BankResult> {
  const { plain, reasons } = storedSchema.parse(body);
  if (reasons === undefined) return plain;
  const place = placeOf(plain.resultId);
  const words = await openField(keyRing, reasons, place, reasonsSchema.or(z.undefined()), undefined);
  const settling = plain.settling.map((settlement) => {
    const reason = words === undefined ? forgottenText : words[String(settlement.line)];
    return reason === undefined ? settlement : { ...settlement, reason };
  });
  return { ...plain, settling };
}
