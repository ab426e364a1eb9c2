import { formatMoney } from '../../shared/i18n/format.ts';
import type { Lang } from '../../shared/i18n/lang.ts';
import { proofWordsOf } from '../../shared/i18n/proof-words.ts';
import type { Fault } from '../../shared/proof/fault.ts';
import type { BooksReport, Checked } from './prove-books.ts';

/** What an auditor reads: what was looked at, each fund's balances, and what does not agree, a line each. */
export function reportLines({ checked, funds, wrong, ok }: BooksReport, lang: Lang): string[] {
  const say = proofWordsOf(lang);
  const kinds: readonly (keyof Checked)[] = [
    'funds',
    'entries',
    'proposals',
    'cases',
    'votes',
    'awards',
    'payouts',
    'batches',
    'results',
    'events',
  ];
  return [
    `${say.title}${lang === 'zh' ? '：' : ': '}${kinds.map((kind) => `${say.checked[kind]} ${checked[kind]}`).join(lang === 'zh' ? '，' : ', ')}`,
    ...funds.map(({ names, fundedFen, availableFen, reservedFen, paidFen }) =>
      say.fundLine({
        name: names[lang],
        funded: formatMoney(fundedFen, lang),
        available: formatMoney(availableFen, lang),
        reserved: formatMoney(reservedFen, lang),
        paid: formatMoney(paidFen, lang),
      }),
    ),
    ok ? say.allGood : say.wrong({ count: wrong.length }),
    ...wrong.map((each) => `  ${faultLine(each, lang)}`),
  ];
}

function faultLine({ item, code, params = {}, caseNumber }: Fault, lang: Lang): string {
  const details = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  const about = [item, caseNumber].filter(Boolean).join(' · ');
  return [about, proofWordsOf(lang).fault[code], ...details].join(lang === 'zh' ? '，' : ', ');
}
