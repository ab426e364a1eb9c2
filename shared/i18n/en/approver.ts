import type { approver as zh } from '../zh/approver.ts';

export const approver: typeof zh = {
  title: 'Waiting for your decision',
};
