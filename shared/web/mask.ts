/**
 * Personal values as they may be shown where the job does not need them. The number of stars says nothing about the
 * length of what they hide, except in a Chinese name, where readers expect one star a character.
 */

const isHan = (text: string) => /^[\p{Script=Han}·•]+$/u.test(text);

/**
 * A name as notices print it: 张三 → 张*, 王小明 → 王*明, 欧阳小明 → 欧**明, Lin Hai → L***i. Keeps the first
 * character, and the last where there are at least three; a single character is hidden whole.
 */
export function maskName(name: string): string {
  const letters = [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(name.trim())].map((s) => s.segment);
  const [first, ...rest] = letters;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '*';
  const hidden = isHan(name.trim()) ? rest.length - (rest.length > 1 ? 1 : 0) : 3;
  return `${first}${'*'.repeat(hidden)}${rest.length > 1 ? last : ''}`;
}

/** An identity number: its first two and last two characters, 32**************1X. Anything shorter than ten is hidden. */
export const maskIdNumber = (idNumber: string): string => keepEnds(idNumber, 2, 2, 14, 10);

/** A bank account: its last four digits, **** 1234. */
export const maskAccount = (account: string): string => {
  const digits = account.replaceAll(/\s/g, '');
  return digits.length < 8 ? '****' : `**** ${digits.slice(-4)}`;
};

/** A telephone number: 138****5678. Anything shorter than eleven digits keeps only its last two. */
export const maskPhone = (phone: string): string => {
  const digits = phone.replaceAll(/[\s-]/g, '');
  return digits.length >= 11 ? keepEnds(digits, 3, 4, 4, 11) : keepEnds(digits, 0, 2, 4, 6);
};

function keepEnds(text: string, head: number, tail: number, stars: number, atLeast: number): string {
  const plain = text.trim();
  if (plain.length < atLeast) return '*'.repeat(4);
  return `${plain.slice(0, head)}${'*'.repeat(stars)}${plain.slice(-tail)}`;
}
