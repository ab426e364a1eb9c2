import type { Application } from '../apply.ts';
import { inventPerson } from '../people.ts';

const businesses = [
  {
    trade: '早餐店',
    costs: [
      ['炉灶', '2800'],
      ['桌椅', '1600'],
      ['头三个月房租', '1600'],
    ],
  },
  {
    trade: '修船',
    costs: [
      ['电焊机', '3600'],
      ['工具', '2400'],
    ],
  },
  {
    trade: '对虾苗',
    costs: [
      ['苗池防渗膜', '4200'],
      ['增氧机', '3000'],
    ],
  },
] as const;

/** Each is granted 3,000 yuan: half of the costs, or the most there is. */
export const startUpGrantYuan = 3_000;
export const startUpCount = businesses.length;

/** The application of somebody who was laid off and has just begun a business. */
export function startUpApplication(index: number, order: number): Application {
  const { trade, costs } = businesses[index % businesses.length] ?? businesses[0];
  const rows = costs.flatMap(([item, yuan], row): [string, string][] => [
    [`costs.${row}.item`, item],
    [`costs.${row}.costFen`, yuan],
  ]);
  return {
    programme: 'start-up-funding',
    person: inventPerson(order),
    answers: {
      isLaidOff: 'yes',
      trade,
      purpose: `开${trade}，添置设备`,
      ...Object.fromEntries(rows),
      ownMoneyFen: '3000',
      licenceNumber: `91199900MA00000${String(10 + index)}X`,
      isLicenceInForce: 'yes',
      startedOn: '2015-11-20',
      premises: `盐场创业基地 ${index + 1} 号铺`,
      peopleHired: String(index),
      hadHelpBefore: 'no',
    },
    papers: { 'business-licence': 1, plan: 1, 'quotation-or-lease': 2, 'id-card': 2, 'bank-card': 1 },
  };
}
