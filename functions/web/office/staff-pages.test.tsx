import { beforeEach, describe, expect, it } from 'vitest';
import { personIdSchema } from '../../../shared/kernel/ids.ts';
import { holdsRole } from '../../../shared/register/staff.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import { pageReader } from '../../../test/support/page-reader.ts';
import { signInTo } from '../../../test/support/sign-in-to.ts';
import { staffPorts } from '../../../test/support/staff-ports.ts';
import { officeApp } from './office-app.tsx';

let ports: ReturnType<typeof staffPorts>;
beforeEach(() => {
  ports = staffPorts();
});
const signedIn = (person: string) => signInTo(ports, person);
const memberOf = (id: string) => ports.staff.get(personIdSchema.parse(id))!;
const newest = () => [...ports.staff.values()].at(-1)!;
const officer = { name: '程石', email: 'cheng.shi@union.example', role: 'officer', from: '2016-03-01' };
const sits = (id: string, role: 'officer' | 'office') => holdsRole(memberOf(id), role, localDateOf(ports.deps.now()));

describe('a new person', () => {
  it('waits for a second person, signs in nowhere before, and is confirmed by the other one of the office', async () => {
    const first = await signedIn('wen-zhuxi');
    const list = await first.reader.get('/office/staff');
    const saved = await first.reader.post(list, '/office/staff', officer);
    expect(saved.text).toContain('等另一人确认后生效');
    expect(saved.text).toContain('可以确认的人：庄采薇');
    expect(saved.html).not.toContain('value="yes"');
    const { personId, proposals } = newest();
    expect(newest().appointments).toEqual([]);
    expect(ports.toldToConfirm).toEqual(['zhuang-caiwei']);

    const ask = await pageReader(officeApp(ports.deps)).get('/sign-in');
    const before = ports.posted.length;
    await first.reader.post(ask, '/sign-in', { email: officer.email });
    expect(ports.posted).toHaveLength(before);

    const settle = `/office/staff/${personId}/appointment/settle`;
    const [{ proposalId } = { proposalId: '' }] = proposals ?? [];
    const own = await first.reader.post(saved, settle, { proposalId, confirms: 'yes' });
    expect(own.status).toBe(403);
    expect(own.text).toContain('须由提出人和本人以外的另一人确认');

    const second = await signedIn('zhuang-caiwei');
    const waiting = await second.reader.get('/office/staff');
    expect(waiting.text).toContain('这些人员有更改等另一人确认： 程石');
    const page = await second.reader.get(`/office/staff/${personId}`);
    expect(page.text).toContain('任职：工会委员，2016年3月1日 起');
    const confirmed = await second.reader.post(page, settle, { proposalId, confirms: 'yes' });
    expect(confirmed.text).toContain('已保存');
    expect(sits(personId, 'officer')).toBe(true);
    expect(ports.staffFacts.map(({ event, by }) => [event, by])).toEqual([
      ['staff.entered', 'wen-zhuxi'],
      ['staff.appointment-proposed', 'wen-zhuxi'],
      ['staff.appointment-confirmed', 'zhuang-caiwei'],
    ]);
    const again = await second.reader.post(page, settle, { proposalId, confirms: 'no' });
    expect([again.status, sits(personId, 'officer')]).toEqual([409, true]);
  });

  it('pressed twice is entered once, and both presses come to the same page', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    const list = await reader.get('/office/staff');
    const before = ports.staff.size;
    const one = await reader.post(list, '/office/staff', officer);
    const two = await reader.post(list, '/office/staff', { ...officer, email: 'Cheng.Shi@union.example' });
    expect([one.status, two.status, two.text]).toEqual([200, 200, one.text]);
    expect(ports.staff.size).toBe(before + 1);
    const another = await reader.post(list, '/office/staff', { ...officer, name: '程磊' });
    expect(another.status).toBe(422);
  });

  it('is told all that is wrong at once, and nothing typed is lost', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    const page = await reader.get('/office/staff');
    const refused = await reader.post(page, '/office/staff', { email: 'no address', role: 'deputy', from: 'soon' });
    expect(refused.status).toBe(422);
    for (const text of ['请填写姓名', '请填写邮箱', '片区职务请选择片区', '任期开始日期要写成'])
      expect(refused.text).toContain(text);
    for (const typed of ['value="no address"', 'value="soon"']) expect(refused.html).toContain(typed);
  });

  it('is told of both days of a term that are wrong in the same way, each by its name', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    const page = await reader.get('/office/staff');
    const refusedWith = async (days: { readonly from: string; readonly until: string }) =>
      (await reader.post(page, '/office/staff', { ...officer, ...days })).errors;
    expect(await refusedWith({ from: 'soon', until: 'later' })).toEqual([
      '任期开始日期要写成年-月-日，例如 2016-10-08',
      '任期最后一天要写成年-月-日，例如 2016-10-08',
    ]);
    expect(await refusedWith({ from: '0001-01-01', until: '9999-12-31' })).toEqual([
      '任期开始日期要在 1990年1月1日 到 2018年3月1日 之间',
      '任期最后一天要在 1990年1月1日 到 2036年3月1日 之间',
    ]);
  });

  it.each([
    ['a name of 41 characters', { name: '石'.repeat(41) }, '姓名不能超过 40 个字', '40 characters or fewer'],
    ['a name with a NUL', { name: '程\0石' }, '姓名里有看不见的字符', 'cannot be seen'],
    ['a name that turns the direction of writing', { name: '程\u202e石' }, '姓名里有看不见的字符', 'cannot be seen'],
    ['an address with a NUL', { email: 'a\0b@union.example' }, '请填写邮箱，写成', 'Write the address like'],
    ['an address with a line break', { email: 'a@union.example\r\nBcc: b@union.example' }, '请填写邮箱，写成', 'like'],
    ['two addresses', { email: 'a@union.example,b@union.example' }, '请填写邮箱，写成', 'like'],
    ['an address without a domain', { email: 'a@union' }, '请填写邮箱，写成', 'like'],
    ['a mailbox of 65 letters', { email: `${'a'.repeat(65)}@union.example` }, '请填写邮箱，写成', 'like'],
    ['an address of 255 letters', { email: `a@${'b'.repeat(245)}.example` }, '邮箱不能超过 254 个字符', 'at most 254'],
    [
      'a term from the year 1',
      { from: '0001-01-01' },
      '任期开始日期要在 1990年1月1日 到 2018年3月1日 之间',
      'must lie between',
    ],
    ['a term from the year 9999', { from: '9999-01-01' }, '任期开始日期要在 1990年1月1日', 'must lie between'],
    ['a term until the year 9999', { until: '9999-12-31' }, '2036年3月1日 之间', '1 March 2036'],
    ['a term that ends before it begins', { until: '2016-02-28' }, '任期结束不能早于开始', 'cannot end before'],
  ])('is refused with %s, in both languages', async (_what, wrong, zh, en) => {
    const { reader } = await signedIn('wen-zhuxi');
    const page = await reader.get('/office/staff');
    const before = ports.staff.size;
    const refused = await reader.post(page, '/office/staff', { ...officer, ...wrong });
    expect([refused.status, ports.staff.size]).toEqual([422, before]);
    expect(refused.text).toContain(zh);
    await reader.get('/lang?to=en&back=/office/staff');
    const english = await reader.post(page, '/office/staff', { ...officer, ...wrong });
    expect([english.status, ports.staff.size]).toEqual([422, before]);
    expect(english.text).toContain(en);
  });

  it('has a name of 40 characters, and a term that ends on the day on which it begins', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    const page = await reader.get('/office/staff');
    const fields = { ...officer, name: '石'.repeat(40), until: '2016-03-01' };
    expect((await reader.post(page, '/office/staff', fields)).status).toBe(200);
  });
});

describe('an address', () => {
  it('changes only with a second person', async () => {
    const first = await signedIn('wen-zhuxi');
    const page = await first.reader.get('/office/staff/you-zhidu');
    const proposed = await first.reader.post(page, `${page.path}/address`, { email: 'new@union.example' });
    expect(proposed.text).toContain('等另一人确认');
    const settle = `${page.path}/address/settle`;
    const { proposedAt } = memberOf('you-zhidu').addressChange!;
    const own = await first.reader.post(proposed, settle, { confirms: 'yes', proposedAt });
    expect(own.text).toContain('须由提出人和本人以外的另一人确认');
    expect(memberOf('you-zhidu').email).not.toBe('new@union.example');
    const second = await signedIn('zhuang-caiwei');
    await second.reader.post(second.page, settle, { confirms: 'yes', proposedAt: '2016-01-01T00:00:00.000Z' });
    expect(memberOf('you-zhidu').email, 'another proposal than the one seen').not.toBe('new@union.example');
    await second.reader.post(second.page, settle, { confirms: 'yes', proposedAt });
    expect(memberOf('you-zhidu').email).toBe('new@union.example');
  });

  it('with a NUL, or of another person, is refused', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    const page = await reader.get('/office/staff/you-zhidu');
    for (const email of ['a\0@union.example', 'DI.anlan-demo@union.example'])
      expect((await reader.post(page, `${page.path}/address`, { email })).status).toBe(422);
    expect(memberOf('you-zhidu').addressChange).toBeUndefined();
  });
});

describe('an appointment', () => {
  it('is entered by nobody for themselves, and the last administrator stays', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    const own = await reader.get('/office/staff/wen-zhuxi');
    const before = memberOf('wen-zhuxi').appointments;
    const appointed = await reader.post(own, `${own.path}/appoint`, { role: 'finance', from: '2016-01-01' });
    expect(appointed.text).toContain('不能给自己登记');
    const index = String(before.findIndex(({ role }) => role === 'administrator'));
    const ended = await reader.post(own, `${own.path}/end`, { appointment: index, [`endOn${index}`]: '2016-02-28' });
    expect(ended.text).toContain('最后一位管理员');
    expect(memberOf('wen-zhuxi').appointments).toEqual(before);
    expect(memberOf('wen-zhuxi').proposals).toBeUndefined();
  });

  it('ends on a last day once a second person has confirmed it, and not if they refuse', async () => {
    const first = await signedIn('wen-zhuxi');
    const page = await first.reader.get('/office/staff/you-zhidu');
    const end = () => first.reader.post(page, `${page.path}/end`, { appointment: '0', endOn0: '2016-02-28' });
    const second = await signedIn('zhuang-caiwei');
    for (const confirms of ['no', 'yes']) {
      expect((await end()).text).toContain('更改任期：工会委员，改为 2015年1月1日 至 2016年2月28日');
      expect(memberOf('you-zhidu').appointments[0]!.until).toBeUndefined();
      expect(sits('you-zhidu', 'officer')).toBe(true);
      const [{ proposalId } = { proposalId: '' }] = memberOf('you-zhidu').proposals ?? [];
      await second.reader.post(second.page, `${page.path}/appointment/settle`, { proposalId, confirms });
    }
    expect(memberOf('you-zhidu').appointments[0]!.until).toBe('2016-02-28');
    expect(sits('you-zhidu', 'officer')).toBe(false);
  });

  it('of the only other one in the office waits for a third, and the page says the way', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    const page = await reader.get('/office/staff/zhuang-caiwei');
    const saved = await reader.post(page, `${page.path}/end`, { appointment: '0', endOn0: '2016-02-28' });
    expect(saved.text).toContain('现在没有人可以确认');
    expect(sits('zhuang-caiwei', 'office')).toBe(true);
  });
});

describe('the first administrator of a fresh deployment', () => {
  beforeEach(() => {
    const first = memberOf('wen-zhuxi');
    ports.staff.clear();
    ports.staff.set(first.personId, first);
  });

  it('is told that they are alone, and what they enter counts at once', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    const page = await reader.get('/office/staff');
    expect(page.text).toContain('现在只有您一位管理员');
    const saved = await reader.post(page, '/office/staff', officer);
    expect(saved.text).toContain('立即生效');
    expect(sits(newest().personId, 'officer')).toBe(true);
    expect(ports.staffFacts).toMatchObject([{ event: 'staff.entered-alone', by: 'wen-zhuxi' }]);
  });

  it('is alone until somebody else of the office has signed in; from then on each needs the other', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    const page = await reader.get('/office/staff');
    await reader.post(page, '/office/staff', { ...officer, role: 'office' });
    const second = newest().personId;
    expect((await reader.get('/office/staff')).text).toContain('现在只有您一位管理员');
    const theirs = await signedIn(second);
    expect(theirs.page.path).toBe('/office/cases');
    expect(ports.staffFacts.at(-1)).toMatchObject({ event: 'staff.first-sign-in', by: second });
    expect((await reader.get('/office/staff')).text).not.toContain('现在只有您一位管理员');
    const saved = await reader.post(page, '/office/staff', { ...officer, email: 'third@union.example' });
    expect(saved.text).toContain('等另一人确认后生效');
    expect(sits(newest().personId, 'officer')).toBe(false);
  });
});
