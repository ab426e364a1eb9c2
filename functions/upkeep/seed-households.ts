import { readIdNumber } from '../../shared/intake/personal-number.ts';
import { householdIdSchema, personIdSchema } from '../../shared/kernel/ids.ts';
import type { HouseholdId, PersonId } from '../../shared/kernel/ids.ts';
import type { Standing } from '../../shared/programmes/condition.ts';
import type { Membership, Patch, Relation } from '../../shared/register/household.ts';
import type { Person } from '../../shared/register/household.ts';
import {
  aquaculture,
  headquarters,
  saltWorksOne,
  saltWorksTwo,
  seedStaff,
  type SeedStaffMember,
} from './seed-staff.ts';

export type SeedPerson = { personId: PersonId; name: string; idNumber: string; phone: string };
export type SeedHousehold = {
  householdId: HouseholdId;
  patch: Patch;
  standing: Standing;
  members: (SeedPerson & { relationToHead: Membership['relationToHead'] })[];
};

/**
 * An ID number that passes every check and belongs to nobody: no province has the code 19.
 * @param birth as YYYYMMDD
 * @param order three digits, different for two people born on one day
 */
export function inventedIdNumber(birth: string, order: string): string {
  const number = [...'0123456789X'].map((digit) => readIdNumber(`190000${birth}${order}${digit}`)).find(Boolean);
  if (number === undefined) throw new RangeError(`no ID number can be made of ${birth} ${order}`);
  return number;
}

/** A member of the staff as a person. */
export function seedPersonOf({ personId, name }: SeedStaffMember): Person {
  const order = String(900 + seedStaff.findIndex((member) => member.personId === personId));
  return { personId, name, idNumber: inventedIdNumber('19750601', order), phone: `00002000${order}`, version: 0 };
}

type Member = readonly [spelling: string, name: string, relation: Membership['relationToHead'], birth: string];

const household = (order: number, patch: Patch, standing: Standing, ...members: readonly Member[]): SeedHousehold => ({
  householdId: householdIdSchema.parse(`household-${String(order).padStart(2, '0')}`),
  patch,
  standing,
  members: members.map(([spelling, name, relationToHead, birth], index) => ({
    personId: personIdSchema.parse(spelling),
    name,
    idNumber: inventedIdNumber(birth, `${String(order).padStart(2, '0')}${index}`),
    // An area code that does not exist: it rings nowhere.
    phone: `00002000${String(order).padStart(2, '0')}${index}`,
    relationToHead,
  })),
});

/** Twelve households as a survey would find them, all invented. */
export const seedHouseholds: readonly SeedHousehold[] = [
  household(
    1,
    saltWorksOne,
    'low-income',
    ['pan-chaoan', '潘潮安', 'head', '19640312'],
    ['he-yanqiu', '贺雁秋', 'spouse', '19660825'],
    ['pan-xiaohe', '潘晓禾', 'child', '19970603'],
  ),
  household(2, saltWorksOne, 'special-hardship', ['feng-laoyan', '丰老盐', 'head', '19340109']),
  household(
    3,
    saltWorksOne,
    'hardship',
    ['yan-haitang', '晏海堂', 'head', '19710517'],
    ['jian-yuezhu', '简月渚', 'spouse', '19730220'],
    ['yan-nianqiao', '晏念桥', 'child', '20010911'],
    ['yan-shouwang', '晏守望', 'parent', '19420428'],
  ),
  household(
    4,
    saltWorksTwo,
    'low-income',
    ['tao-zhenlu', '陶枕鹭', 'head', '19690730'],
    ['tao-xinglan', '陶星岚', 'child', '19980215'],
  ),
  household(
    5,
    saltWorksTwo,
    'laid-off',
    ['ju-pingchuan', '鞠平川', 'head', '19751102'],
    ['mu-qingsui', '牧青穗', 'spouse', '19770614'],
    ['ju-xiaoman', '鞠小满', 'child', '20050521'],
  ),
  household(
    6,
    saltWorksTwo,
    'hardship',
    ['jian-songtao', '简松涛', 'head', '19700826'],
    ['sui-lianyi', '隋涟漪', 'spouse', '19721218'],
  ),
  household(
    7,
    aquaculture,
    'low-income',
    ['qiao-danou', '谯淡鸥', 'head', '19880919'],
    ['you-heqing', '尤荷清', 'spouse', '19900405'],
  ),
  household(8, aquaculture, 'special-hardship', ['zhan-guzhou', '湛孤舟', 'head', '19390223']),
  household(
    9,
    aquaculture,
    'laid-off',
    ['lu-xiahai', '逯夏海', 'head', '19790708'],
    ['gui-zhihua', '桂织华', 'spouse', '19811130'],
    ['lu-chunyu', '逯春雨', 'child', '20080303'],
  ),
  household(
    10,
    headquarters,
    'hardship',
    ['yin-changlu', '殷长路', 'head', '19680116'],
    ['ning-baizhi', '甯白芷', 'spouse', '19700909'],
    ['yin-wanli', '殷万里', 'child', '19960829'],
  ),
  household(
    11,
    headquarters,
    'low-income',
    ['chu-hanmei', '褚寒玫', 'head', '19740401'],
    ['chu-nuanyang', '褚暖阳', 'child', '20020112'],
    ['que-fulai', '阙馥莱', 'parent', '19450627'],
  ),
  household(
    12,
    headquarters,
    'hardship',
    ['yin-ankang', '殷岸康', 'head', '19720610'],
    ['qi-yushu', '祁雨舒', 'spouse', '19741023'],
  ),
];

const tie = (one: string, other: string, kind: Relation['kind']): Relation => ({
  personId: personIdSchema.parse(one),
  otherId: personIdSchema.parse(other),
  kind,
});

/** `kind` is what the second is to the first. Some bar a person from deciding, so that 回避 can be seen at work. */
export const seedRelations: readonly Relation[] = [
  tie('pan-chaoan', 'pan-xichen', 'sibling'),
  tie('you-heqing', 'you-zhidu', 'parent'),
  tie('jian-yuezhu', 'jian-songtao', 'sibling'),
  tie('yin-changlu', 'yin-ankang', 'sibling'),
  tie('qi-yushu', 'zhuang-caiwei', 'in-law'),
  tie('feng-laoyan', 'luo-wenqu', 'paired'),
  tie('zhan-guzhou', 'sha-mingpu', 'paired'),
];
