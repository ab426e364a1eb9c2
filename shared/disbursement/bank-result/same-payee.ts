import type { Payout } from '../payout.ts';

const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s·•・‧.]/gu, '')
    .toUpperCase();
const plainAccount = (account: string): string =>
  account
    .normalize('NFKC')
    .replace(/[^0-9A-Za-z*]/g, '')
    .toUpperCase();

/** Whether what a bank wrote is the same, where it wrote all of it; where it masked the middle by stars, both ends. */
function isSame(written: string, known: string): boolean {
  if (!written.includes('*')) return written === known;
  const [start = ''] = written.split('*', 1);
  const end = written.slice(written.lastIndexOf('*') + 1);
  return start + end !== '' && known.length > (start + end).length && known.startsWith(start) && known.endsWith(end);
}

export const isSameName = (written: string, { payee }: Pick<Payout, 'payee'>): boolean =>
  isSame(plainName(written), plainName(payee.holderName));

export const isSameAccount = (written: string, { payee }: Pick<Payout, 'payee'>): boolean =>
  isSame(plainAccount(written), plainAccount(payee.accountNumber));
