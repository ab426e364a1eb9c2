import { patchIdSchema, personIdSchema } from '../../shared/kernel/ids.ts';
import type { PatchId } from '../../shared/kernel/ids.ts';
import { asLocalDate } from '../../shared/kernel/time.ts';
import type { Patch } from '../../shared/register/household.ts';
import type { StaffMember, StaffRole } from '../../shared/register/staff.ts';

/** Everything in the seed is from before 2016, so that a year can be replayed on it. */
export const seedDate = asLocalDate('2015-01-01');

const patch = (id: string, zh: string, en: string, units: string[]): Patch => ({
  patchId: patchIdSchema.parse(id),
  name: { zh, en },
  units,
});

export const saltWorksOne = patch('salt-works-1', '盐场一片区', 'Salt works, patch 1', ['制盐一工区', '制盐二工区']);
export const saltWorksTwo = patch('salt-works-2', '盐场二片区', 'Salt works, patch 2', ['扬水站', '盐化工车间']);
export const aquaculture = patch('aquaculture', '水产养殖片区', 'Aquaculture', ['对虾养殖场', '海水育苗场']);
export const headquarters = patch('headquarters', '机关后勤片区', 'Headquarters and transport', [
  '机关',
  '运输队',
  '医务所',
]);

export const seedPatches: readonly Patch[] = [saltWorksOne, saltWorksTwo, aquaculture, headquarters];

/** One person as appointed: name, its spelling in the mail address, roles. The id is the spelling. */
const appointed = (name: string, spelling: string, roles: readonly StaffRole[], patchId?: PatchId) => ({
  personId: personIdSchema.parse(spelling),
  name,
  email: `${spelling.replace('-', '.')}-demo@union.example`,
  appointments: roles.map((role) => ({ role, ...(patchId === undefined ? {} : { patchId }), from: seedDate })),
});

export type SeedStaffMember = Pick<StaffMember, 'personId' | 'name' | 'email' | 'appointments'>;

type Named = readonly [name: string, spelling: string];

/** A patch's member and deputy, and its unit's leading group: two and their head. */
const patchStaff = (
  { patchId }: Patch,
  people: { member: Named; deputy: Named; group: readonly [Named, Named]; head: Named },
): SeedStaffMember[] => [
  appointed(...people.member, ['patch-member'], patchId),
  appointed(...people.deputy, ['deputy'], patchId),
  ...people.group.map((each) => appointed(...each, ['leading-group'], patchId)),
  appointed(...people.head, ['head'], patchId),
];

/** A union's whole staff, invented: nobody here is anybody. */
export const seedStaff: readonly SeedStaffMember[] = [
  ...patchStaff(saltWorksOne, {
    member: ['潘汐辰', 'pan-xichen'],
    deputy: ['苗沐沿', 'miao-muyan'],
    group: [
      ['柴砚池', 'chai-yanchi'],
      ['乐澜舟', 'yue-lanzhou'],
    ],
    head: ['武汀洲', 'wu-tingzhou'],
  }),
  ...patchStaff(saltWorksTwo, {
    member: ['葛潮声', 'ge-chaosheng'],
    deputy: ['单棠屿', 'shan-tangyu'],
    group: [
      ['温泊远', 'wen-boyuan'],
      ['汤禾渡', 'tang-hedu'],
    ],
    head: ['祝帆起', 'zhu-fanqi'],
  }),
  ...patchStaff(aquaculture, {
    member: ['易苇航', 'yi-weihang'],
    deputy: ['聂鸥白', 'nie-oubai'],
    group: [
      ['阮湖生', 'ruan-husheng'],
      ['于蓼青', 'yu-liaoqing'],
    ],
    head: ['施渔歌', 'shi-yuge'],
  }),
  ...patchStaff(headquarters, {
    member: ['章路平', 'zhang-luping'],
    deputy: ['房晚樵', 'fang-wanqiao'],
    group: [
      ['蓝砺石', 'lan-lishi'],
      ['邬满仓', 'wu-mancang'],
    ],
    head: ['包雪堂', 'bao-xuetang'],
  }),
  appointed('骆问渠', 'luo-wenqu', ['chair']),
  appointed('沙明浦', 'sha-mingpu', ['vice-chair']),
  appointed('尤知渡', 'you-zhidu', ['officer']),
  appointed('狄安澜', 'di-anlan', ['officer']),
  appointed('凌守拙', 'ling-shouzhuo', ['officer']),
  appointed('计秋实', 'ji-qiushi', ['finance']),
  appointed('卞素筠', 'bian-sujun', ['finance']),
  appointed('文竹溪', 'wen-zhuxi', ['office', 'administrator']),
  appointed('庄采薇', 'zhuang-caiwei', ['office']),
  appointed('秋正衡', 'qiu-zhengheng', ['auditor']),
];
