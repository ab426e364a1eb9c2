import type { Catalogue } from './catalogue.ts';
import { bankResults as bankResultsEn } from './en/bank-results.ts';
import { batch as batchEn } from './en/batch.ts';
import { finance as financeEn } from './en/finance.ts';
import { oneTimeCode as oneTimeCodeEn } from './en/one-time-code.ts';
import { payout as payoutEn } from './en/payout-status.ts';
import { recovery as recoveryEn } from './en/recovery.ts';
import { refusal as refusalEn } from './en/refusal.ts';
import { nav as navEn } from './en/staff-nav.ts';
import type { Lang } from './lang.ts';
import { type PageWords, pageWordsOf } from './page-words.ts';
import { bankResults } from './zh/bank-results.ts';
import { batch } from './zh/batch.ts';
import { finance } from './zh/finance.ts';
import { oneTimeCode } from './zh/one-time-code.ts';
import { payout } from './zh/payout-status.ts';
import { recovery } from './zh/recovery.ts';
import { refusal } from './zh/refusal.ts';
import { nav } from './zh/staff-nav.ts';

/** What every page of the staff says, whatever it is about. */
export type StaffPageWords = PageWords & {
  readonly office: Pick<Catalogue['office'], 'nav'>;
  readonly approver: Pick<Catalogue['approver'], 'refusal'>;
};

/** What a page says that asks for a one-time code. */
export type CodeWords = StaffPageWords & Pick<Catalogue, 'oneTimeCode'>;

/** The words of the pages of funds and recoveries, besides those of `fundWordsOf`: none of payouts, batches and banks' results. */
export type FundPageWords = CodeWords & Pick<Catalogue, 'recovery'>;

/** The words of finance's pages: of the office's and the approvers' no more than these, for a Lambda holds what it says. */
export type FinanceWords = StaffPageWords &
  Pick<Catalogue, 'finance' | 'bankResults' | 'recovery' | 'oneTimeCode'> & {
    readonly applicant: { readonly status: Pick<Catalogue['applicant']['status'], 'payout'> };
  };

const words: Record<Lang, FinanceWords> = {
  zh: {
    ...pageWordsOf('zh'),
    ...{
      finance: { ...finance, batch },
      bankResults,
      recovery,
      oneTimeCode,
      office: { nav },
      approver: { refusal },
      applicant: { status: { payout } },
    },
  },
  en: {
    ...pageWordsOf('en'),
    finance: { ...financeEn, batch: batchEn },
    bankResults: bankResultsEn,
    recovery: recoveryEn,
    oneTimeCode: oneTimeCodeEn,
    office: { nav: navEn },
    approver: { refusal: refusalEn },
    applicant: { status: { payout: payoutEn } },
  },
};

export const financeWordsOf = (lang: Lang): FinanceWords => words[lang];
