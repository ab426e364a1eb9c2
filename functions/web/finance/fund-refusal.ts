import type { TreasuryRefusalCode } from '../../../shared/funds/treasury.ts';
import { formatMoney } from '../../../shared/i18n/format.ts';
import { fundWordsOf } from '../../../shared/i18n/fund-words.ts';
import { fen } from '../../../shared/kernel/money.ts';

import type { Reading } from './fund-context.ts';
import type { TreasuryChanged } from './fund-deps.ts';

type Refused = Exclude<TreasuryChanged, { kind: 'saved' | 'unchanged' }>;

/** The field of the forms that a refusal is about; the others are about the whole. */
const fields: { readonly [Code in TreasuryRefusalCode]?: string } = {
  'amount-zero': 'amount',
  'not-covered': 'amount',
  'voucher-to-come': 'voucherDate',
  'voucher-used': 'voucherNumber',
  'scan-missing': 'scan',
  'reason-missing': 'reason',
  'until-before-from': 'until',
  'into-itself': 'into',
  'into-other-source': 'into',
  'into-wider-purpose': 'into',
  'into-over': 'into',
};

/** Why everything stays as it was: in words, at a field (`fallback` where it is about the whole), and as a status. */
export function refusalOfFunds(
  c: Reading,
  refused: Refused,
  fallback: string,
): { readonly errors: Readonly<Record<string, string>>; readonly status: 403 | 409 | 422 } {
  const say = fundWordsOf(c.var.lang).refusal;
  if (refused.kind === 'stale') return { errors: { [fallback]: say.stale }, status: 409 };
  const { code, leftFen } = refused;
  const name = fields[code] ?? fallback;
  const said = say[code];
  const text = typeof said === 'string' ? said : said({ amount: formatMoney(fen(leftFen ?? 0), c.var.lang) });
  return { errors: { [name]: text }, status: statusOf(code) };
}

function statusOf(code: TreasuryRefusalCode): 403 | 409 | 422 {
  if (code === 'not-allowed' || code === 'same-person') return 403;
  if (code === 'scan-missing') return 422;
  return code === 'amount-zero' || code === 'reason-missing' || code.startsWith('into-') ? 422 : 409;
}
