import type { finance as zh } from '../zh/finance.ts';

export const finance: typeof zh = {
  title: 'Payouts',
};
