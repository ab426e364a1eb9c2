import type { applicant as zh } from '../zh/applicant.ts';

export const applicant: typeof zh = {
  title: 'Apply for relief',
};
