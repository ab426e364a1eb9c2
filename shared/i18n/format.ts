import { type Fen, formatYuan } from '../kernel/money.ts';
import { addMs, type Instant, type LocalDate } from '../kernel/time.ts';
import type { Lang } from './lang.ts';

/** The union's own time zone: what a reader sees is the wall clock there, wherever the server stands. */
const timeZone = 'Asia/Shanghai';

const locale = (lang: Lang) => (lang === 'zh' ? 'zh-CN' : 'en-GB');

/** Yuan with thousands marked and always two decimals: `1,234,567.89`. For a form field use the kernel's `formatYuan`. */
export const formatAmount = (amount: Fen): string => formatYuan(amount).replace(/\B(?=(\d{3})+\.)/g, ',');

/** An amount with its unit: `3,000.00 元`, `CNY 3,000.00`. */
export const formatMoney = (amount: Fen, lang: Lang): string =>
  lang === 'zh' ? `${formatAmount(amount)} 元` : `CNY ${formatAmount(amount)}`;

const minutes = {
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const satisfies Intl.DateTimeFormatOptions;

/** Making a formatter takes a hundred times as long as using it, and a list has a date in every row. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(lang: Lang, zone: string, kind: 'day' | 'minutes'): Intl.DateTimeFormat {
  const name = `${lang} ${zone} ${kind}`;
  const known = formatters.get(name);
  if (known !== undefined) return known;
  const options = kind === 'day' ? ({ dateStyle: 'long' } as const) : minutes;
  const made = new Intl.DateTimeFormat(locale(lang), { ...options, timeZone: zone });
  formatters.set(name, made);
  return made;
}

/** A calendar day, or the day on which a moment falls at the union: `2016年10月8日`, `8 October 2016`. */
export function formatDate(day: LocalDate | Instant, lang: Lang): string {
  // A plain day has no zone: read and written in UTC it cannot slip to the day before.
  const zone = day.includes('T') ? timeZone : 'UTC';
  return formatter(lang, zone, 'day').format(new Date(day));
}

/** A moment with minutes on the union's wall clock: `2016年10月8日 09:05`, `8 October 2016 at 09:05`. */
export function formatDateTime(moment: Instant, lang: Lang): string {
  return formatter(lang, timeZone, 'minutes').format(new Date(moment));
}

/**
 * A moment by which something has to be done. One at midnight belongs to the day that ends with it: `2016年10月18日 24:00`, since
 * whoever reads `19日 00:00` brings it on the 19th.
 */
export function formatDeadline(moment: Instant, lang: Lang): string {
  const plain = formatDateTime(moment, lang);
  return plain.endsWith('00:00') ? formatDateTime(addMs(moment, -60_000), lang).replace(/23:59$/, '24:00') : plain;
}

/** Several things in a row: `甲、乙`, `A, B`. */
export const formatList = (items: readonly string[], lang: Lang): string => items.join(lang === 'zh' ? '、' : ', ');

/** A count with separators: `1,234`. */
export const formatCount = (count: number, lang: Lang): string => new Intl.NumberFormat(locale(lang)).format(count);
