import type { Content } from '../../shared/cases/submit-application.ts';
import { type Fund, fundSchema } from '../../shared/funds/fund.ts';
import { papersAsked } from '../../shared/intake/judge-intake.ts';
import { type PersonId, personIdSchema } from '../../shared/kernel/ids.ts';
import { yuan } from '../../shared/kernel/money.ts';
import { asInstant, localDateOf } from '../../shared/kernel/time.ts';
import type { Answers } from '../../shared/programmes/form-field.ts';
import type { ProgrammeVersion } from '../../shared/programmes/programme-version.ts';
import { seedProgrammes } from '../../shared/programmes/seeds/index.ts';
import { type StaffMember, staffMemberSchema } from '../../shared/register/staff.ts';

/** A Monday, ten in the morning; the week after it has five working days. */
export const monday = asInstant('2016-10-10T02:00:00.000Z');

/** One patch with its committee, three officers, chair and vice-chair, two of finance and two of the office. */
const roles: { readonly [personId: string]: string } = {
  'member-1': 'patch-member',
  'deputy-1': 'deputy',
  'leader-1': 'leading-group',
  'leader-2': 'leading-group',
  'head-1': 'head',
  'officer-1': 'officer',
  'officer-2': 'officer',
  'officer-3': 'officer',
  'chair-1': 'chair',
  'vice-1': 'vice-chair',
  'finance-1': 'finance',
  'finance-2': 'finance',
  'office-1': 'office',
  'office-2': 'office',
};
const ofPatch = ['patch-member', 'deputy', 'leading-group', 'head'];

export const smallStaff = (): StaffMember[] => Object.entries(roles).map(([id, role]) => staffWith(id, role));

export const staffWith = (personId: string, role: string): StaffMember =>
  staffMemberSchema.parse({
    personId,
    name: personId,
    email: `${personId}@example.org`,
    appointments: [{ role, from: '2015-01-01', ...(ofPatch.includes(role) ? { patchId: 'patch-1' } : {}) }],
    version: 1,
    audit: { sequence: 0, hash: '' },
  });

export const person = (id: string): PersonId => personIdSchema.parse(id);

export const seedOf = (id: string): ProgrammeVersion => {
  const found = seedProgrammes.find((version) => version.id === id);
  if (found === undefined) throw new Error(`no programme ${id}`);
  return found;
};

/** Funds as after their first receipt. */
/** All of its funds are paid from this one account. */
export const unionAccount = {
  ...{ holderName: '公司工会委员会', bankName: '工商银行盐场支行' },
  ...{ accountNumber: '1107010000000000018', clearingCode: '102307000018' },
};

export const smallFunds = (budgets: { readonly [fundId: string]: number } = {}): Fund[] =>
  ['municipal-federation', 'group-union', 'power-supply-company', 'company-administration'].map((fundId) => {
    const fundedFen = yuan(budgets[fundId] ?? 50_000);
    return fundSchema.parse({
      fundId,
      names: { zh: fundId, en: fundId },
      source: 'other-unit',
      purpose: { programmes: ['major-illness-relief', 'fire-damage', 'start-up-funding'] },
      validity: { from: '2015-01-01' },
      payerAccount: unionAccount,
      budgets: [],
      awarded: [],
      fundedFen,
      availableFen: fundedFen,
      reservedFen: 0,
      paidFen: 0,
      version: 1,
      audit: { sequence: 0, hash: '' },
    });
  });

const answersTo: { readonly [programmeId: string]: Answers } = {
  'major-illness-relief': {
    patientRelation: 'self',
    diagnosisClass: 'cancer',
    cause: 'illness',
    isThirdPartyLiable: false,
    invoiceNumber: 'A-1',
    totalCostFen: yuan(40_000),
    paidByBasicFen: yuan(10_000),
  },
  'fire-damage': {
    incidentDate: '2016-10-09',
    incidentNumber: '119-7',
    burnt: 'home',
    damage: [{ item: '家具', estimateFen: yuan(22_500) }],
  },
  'start-up-funding': {
    isLaidOff: true,
    isLicenceInForce: true,
    licenceNumber: 'L-1',
    startedOn: '2016-08-01',
    costs: [{ item: '冰柜', costFen: yuan(8_000) }],
  },
};

/** A complete application by an invented person; three in the household. */
export function contentFor(programme: ProgrammeVersion, over: { readonly answers?: Answers } = {}): Content {
  const answers = { ...(answersTo[programme.id] ?? {}), ...over.answers };
  const facts = {
    answers,
    standing: 'none',
    isOnRegister: false,
    householdHeads: 3,
    today: localDateOf(monday),
  } as const;
  const papers = papersAsked(programme, facts)
    .filter(({ due }) => due === 'with-the-application')
    .flatMap(({ id, atLeast }) =>
      Array.from({ length: atLeast }, (_, index) => ({
        paperId: id,
        fileId: `${id}-${index}`,
        objectKey: `case/${id}-${index}`,
        contentType: 'image/jpeg' as const,
        sizeBytes: 10,
        uploadedAt: monday,
      })),
    );
  return {
    applicant: {
      name: '张三',
      idNumber: '110101199001011234',
      phone: '13800000000',
      address: '某路 1 号',
      unit: '一工区',
      householdSize: 3,
    },
    payee: { kind: 'self', holderName: '张三', bankName: '某银行', accountNumber: '6222000000000001' },
    answers,
    papers,
  };
}
