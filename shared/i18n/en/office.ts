import type { office as zh } from '../zh/office.ts';

export const office: typeof zh = {
  title: 'Union office',
};
