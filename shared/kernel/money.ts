import type { Brand } from './brand.ts';
import type { Result } from './result.ts';

/** An amount of money in whole fen (1/100 yuan). Never a fraction; negative only where a sentence says so. */
export type Fen = Brand<number, 'Fen'>;

const highest = 100_000_000_000_00;

const isFen = (value: number): value is Fen => Number.isSafeInteger(value) && Math.abs(value) <= highest;

/** Takes whole fen; throws a RangeError for fractions and for more than 100 billion yuan. */
export function fen(value: number): Fen {
  if (!isFen(value)) throw new RangeError(`not an amount in whole fen: ${value}`);
  return value;
}

export const zeroFen: Fen = fen(0);

/** Whole yuan to fen: `yuan(3_000)` is 300,000 fen. For constants in programmes and tests. */
export const yuan = (value: number): Fen => fen(Math.round(value * 100));

export const addFen = (...amounts: readonly Fen[]): Fen => fen(amounts.reduce<number>((sum, each) => sum + each, 0));
export const subtractFen = (from: Fen, ...less: readonly Fen[]): Fen => fen(from - addFen(...less));
export const leastFen = (...amounts: readonly [Fen, ...Fen[]]): Fen => fen(Math.min(...amounts));
export const mostFen = (...amounts: readonly [Fen, ...Fen[]]): Fen => fen(Math.max(...amounts));

/** A percentage of an amount, rounded down to the fen: the union never pays the odd fraction. */
export const percentOf = (amount: Fen, percent: number): Fen => fen(Math.floor((amount * percent) / 100));

/**
 * Splits an amount by percentages that make 100; what rounding leaves goes to the first share, so the shares
 * always add up to the amount. Throws a RangeError if the percentages do not make 100.
 */
export function splitByPercent(amount: Fen, percents: readonly number[]): Fen[] {
  if (percents.reduce((sum, each) => sum + each, 0) !== 100) throw new RangeError('shares do not make 100 percent');
  const shares = percents.map((percent) => percentOf(amount, percent));
  const odd = subtractFen(amount, ...shares);
  return shares.map((share, index) => (index === 0 ? addFen(share, odd) : share));
}

/**
 * What a person types as money: `3000`, `3,000.5`, `３０００`, `¥3000.00`, `3000元`. At most two decimals, never negative. A comma stands
 * between thousands or is not read at all: whoever types `12,50` for `12.50` would otherwise say a hundred times as much.
 */
export function parseYuan(text: string): Result<Fen, 'not-money' | 'too-many-decimals' | 'too-much'> {
  const plain = text.normalize('NFKC').replace(/[\s¥元]/g, '');
  if (!/^(\d+|\d{1,3}(,\d{3})+)(\.\d*)?$/.test(plain)) return { ok: false, error: 'not-money' };
  const [whole = '0', decimals = ''] = plain.replaceAll(',', '').split('.');
  if (decimals.length > 2) return { ok: false, error: 'too-many-decimals' };
  const value = Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
  return isFen(value) ? { ok: true, value } : { ok: false, error: 'too-much' };
}

/** Fen as yuan with two decimals and no separators, as banks want it: `300050` → `3000.50`. */
export function formatYuan(amount: Fen): string {
  const sign = amount < 0 ? '-' : '';
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
