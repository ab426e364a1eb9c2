import type { mail as zh } from '../zh/mail.ts';

export const mail: typeof zh = {
  sender: 'Workers’ relief',
};
