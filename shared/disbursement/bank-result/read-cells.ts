import { type CaseId, caseIdSchema, type PayoutId, payoutIdSchema } from '../../kernel/ids.ts';
import { type Fen, parseYuan } from '../../kernel/money.ts';
import { instantAt, type LocalDate, localDateOf, localDateSchema } from '../../kernel/time.ts';
import type { FileFault } from './bank-row.ts';

/** An amount as banks write it, with two decimals at most; more than nothing. */
export function readAmount(text: string): Fen | FileFault {
  if (/^[-−(]/.test(text.normalize('NFKC').trim())) return 'amount-negative';
  const parsed = parseYuan(text);
  if (parsed.ok) return parsed.value > 0 ? parsed.value : 'amount';
  const faults = { 'not-money': 'amount', 'too-many-decimals': 'amount-decimals', 'too-much': 'amount-huge' } as const;
  return faults[parsed.error];
}

/** `2016-03-14`, `2016/3/14`, `2016年3月14日`, `20160314`, or a moment, whose day is the one where the union lives. Undefined for others. */
export function readDay(text: string): LocalDate | undefined {
  const typed = text.normalize('NFKC').trim();
  if (/T.*(?:Z|[+-]\d\d:\d\d)$/.test(typed)) {
    const moment = Date.parse(typed);
    return Number.isNaN(moment) ? undefined : localDateOf(instantAt(moment));
  }
  const [, year = '', month = '', day = ''] =
    /^(\d{4})(\d\d)(\d\d)$/.exec(typed) ??
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]\d\d:\d\d.*)?$/.exec(typed) ??
    [];
  const parsed = localDateSchema.safeParse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  return parsed.success ? parsed.data : undefined;
}

/** What a spreadsheet puts around a number to keep it a text (`'62…`, `="62…"`) goes. */
export const unwrapped = (text: string): string =>
  text
    .replace(/^="(.*)"$/s, '$1')
    .replace(/^'/, '')
    .trim();

/**
 * A payout's id, wherever it stands in what the bank gave back. It is made of its case, the award, the share and the attempt
 * (`order-payouts`), so it tells the case too.
 */
export function readPayoutId(text: string): { readonly payoutId: PayoutId; readonly caseId: CaseId } | undefined {
  const [payoutId, caseId] =
    /(?<![\w.-])([A-Za-z0-9][\w-]{0,40})(?:\.\d{1,3}){3}(?![\w.-])/.exec(text.normalize('NFKC')) ?? [];
  const parsed = { payoutId: payoutIdSchema.safeParse(payoutId), caseId: caseIdSchema.safeParse(caseId) };
  return parsed.payoutId.success && parsed.caseId.success
    ? { payoutId: parsed.payoutId.data, caseId: parsed.caseId.data }
    : undefined;
}
