import type { ProgrammeVersionInput } from '../programme-version.ts';

type PaperInput = ProgrammeVersionInput['papers'][number];

/** Money goes to somebody else's account only with proof 须附证明, and never before it is there: due with every application. */
const payeeProof = {
  id: 'payee-proof',
  label: {
    zh: '收款人证明（收款人不是申请人本人的才需要）',
    en: 'Proof for the holder of the account (only if it is not the applicant)',
  },
  help: {
    zh: '监护人：户口本、出生证明或监护证明。近亲属：户口本或结婚证，和医院开的昏迷、不能自理的证明。继承人：死亡证明，和全家签名推举继承人的书面材料。',
    en: 'Guardian: household register, birth certificate or proof of guardianship. Next of kin: household register or marriage certificate, and the hospital’s statement that the patient cannot act. Heir: death certificate, and the paper by which the household names the heir, signed by all.',
  },
  atLeast: 1,
  atMost: 6,
  askedIf: { kind: 'payee-is', payees: ['guardian', 'next-of-kin', 'heir'] },
  due: 'with-the-application',
} satisfies PaperInput;

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
    payeeProof,
  ] satisfies PaperInput[];
