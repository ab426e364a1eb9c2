import { createHash } from 'node:crypto';
import type { BatchFile } from './batch.ts';
import type { BankOrder } from './bank-order.ts';
import type { BankProfile } from './bank-profiles/bank-profile.ts';
import { encodeText, lettersLacking } from './encode-text.ts';
import { type BankFileFault, faultsOfPayments, lintBankFile } from './lint-bank-file.ts';
import { renderBankFile } from './render-bank-file.ts';

export type MadeBankFile =
  | { readonly kind: 'file'; readonly file: BatchFile; readonly bytes: Uint8Array }
  | { readonly kind: 'faults'; readonly faults: readonly BankFileFault[] };

/** Octets: a proxy that knew it was text might write it anew in another encoding. */
const contentType = 'application/octet-stream';

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Where a file lies: under its batch and its own digest, so that no other can take its place. */
export const batchFileKey = (batchId: string, sha256: string): string => `batches/${batchId}/${sha256}`;

/** Renders, encodes and lints the file of a batch; all faults at once, and no file with any. */
export function makeBankFile(profile: BankProfile, order: BankOrder): MadeBankFile {
  const faults = faultsOfPayments(profile, order);
  const lacking = order.payments.flatMap(({ payoutId, holderName, bankName, payer }): BankFileFault[] =>
    lettersLacking(`${holderName}${bankName}${payer.holderName}${payer.bankName}`, profile.encoding).map((found) => ({
      code: 'letter-lacking',
      payoutId,
      found,
    })),
  );
  if (faults.length + lacking.length > 0) return { kind: 'faults', faults: [...faults, ...lacking] };
  const encoded = encodeText(renderBankFile(profile, order), profile.encoding);
  if (!encoded.ok)
    return { kind: 'faults', faults: encoded.lacking.map((found) => ({ code: 'letter-lacking', found })) };
  const { bytes } = encoded;
  const linted = lintBankFile(profile, bytes, order);
  if (linted.length > 0) return { kind: 'faults', faults: linted };
  const sha256 = sha256Of(bytes);
  return {
    kind: 'file',
    bytes,
    file: {
      name: `${order.batchNumber}.${profile.extension}`,
      objectKey: batchFileKey(order.batchId, sha256),
      contentType,
      sha256,
      sizeBytes: bytes.byteLength,
    },
  };
}
