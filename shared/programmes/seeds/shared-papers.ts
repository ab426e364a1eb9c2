import type { ProgrammeVersionInput } from '../programme-version.ts';

type PaperInput = ProgrammeVersionInput['papers'][number];

/** What every programme needs to know whom it pays, and to which account. */
export const identityPapers = (due: PaperInput['due']) =>
  [
    {
      id: 'id-card',
      label: { zh: '身份证正反面', en: 'ID card, both sides' },
      help: { zh: '拍照即可，字要看得清。', en: 'A photograph will do, as long as it can be read.' },
      atLeast: 1,
      atMost: 4,
      due,
    },
    {
      id: 'bank-card',
      label: { zh: '收款银行卡或存折', en: 'Bank card or passbook of the account' },
      help: {
        zh: '拍有卡号或账号的一面。只用于核对收款账户。',
        en: 'The side with the number. We use it only to check the account.',
      },
      atLeast: 1,
      atMost: 2,
      due,
    },
  ] satisfies PaperInput[];
