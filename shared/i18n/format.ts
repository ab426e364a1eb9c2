import type { Lang } from './lang.ts';

/** The union's own time zone: what a reader sees is the wall clock there, wherever the server stands. */
export const timeZone = 'Asia/Shanghai';

const locale = (lang: Lang) => (lang === 'zh' ? 'zh-CN' : 'en-GB');

/**
 * Integer fen as digits in yuan, always two decimals: `123456789` → `1,234,567.89`. Integers only, so that no
 * amount passes through a binary fraction.
 * @throws RangeError when `fen` is not a safe integer
 */
export function formatYuan(fen: number): string {
  if (!Number.isSafeInteger(fen)) throw new RangeError(`An amount must be whole fen, not ${fen}`);
  const size = Math.abs(fen);
  const yuan = String(Math.trunc(size / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${fen < 0 ? '-' : ''}${yuan}.${String(size % 100).padStart(2, '0')}`;
}

/** Integer fen with its unit: `3,000.00 元`, `CNY 3,000.00`. */
export const formatMoney = (fen: number, lang: Lang): string =>
  lang === 'zh' ? `${formatYuan(fen)} 元` : `CNY ${formatYuan(fen)}`;

/** Integer fen as it goes back into a form field: `3000.00`, no separators. */
export const moneyFieldValue = (fen: number): string => formatYuan(fen).replaceAll(',', '');

/** A calendar day, from an instant (epoch ms or Date) or a plain `YYYY-MM-DD`: `2016年10月8日`, `8 October 2016`. */
export function formatDate(day: number | Date | string, lang: Lang): string {
  const plain = typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day);
  return new Intl.DateTimeFormat(locale(lang), {
    // A plain day has no zone: read and written in UTC it cannot slip to the day before.
    timeZone: plain ? 'UTC' : timeZone,
    dateStyle: 'long',
  }).format(typeof day === 'string' ? new Date(plain ? `${day}T00:00:00Z` : day) : day);
}

/** An instant with minutes in the union's time zone: `2016年10月8日 09:05`, `8 October 2016 at 09:05`. */
export function formatDateTime(instant: number | Date | string, lang: Lang): string {
  return new Intl.DateTimeFormat(locale(lang), {
    timeZone,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(typeof instant === 'string' ? new Date(instant) : instant);
}

/** A count with separators: `1,234`. */
export const formatCount = (count: number, lang: Lang): string => new Intl.NumberFormat(locale(lang)).format(count);
