import { beforeEach, describe, expect, it } from 'vitest';
import { type CaseId, personIdSchema } from '../../../shared/kernel/ids.ts';
import { addHours } from '../../../shared/kernel/time.ts';
import { pageReader } from '../../../test/support/page-reader.ts';
import { staffPorts } from '../../../test/support/staff-ports.ts';
import { officeApp } from './office-app.tsx';

let ports: ReturnType<typeof staffPorts>;
let caseId: CaseId;
beforeEach(() => {
  ports = staffPorts();
  caseId = ports.caseInReview();
});

async function signedIn(person: string) {
  const reader = pageReader(officeApp(ports.deps));
  const ask = await reader.get('/sign-in');
  await reader.post(ask, '/sign-in', { email: ports.staff.get(personIdSchema.parse(person))!.email });
  const enter = await reader.get(`/sign-in/sign-in-${person}`);
  return { reader, page: await reader.post(enter, `/sign-in/sign-in-${person}`) };
}

describe('signing in', () => {
  it('answers the same whether the address is in the directory or not, and mails only there', async () => {
    const reader = pageReader(officeApp(ports.deps));
    const ask = await reader.get('/sign-in');
    const known = await reader.post(ask, '/sign-in', { email: 'wen.zhuxi-demo@union.example' });
    const unknown = await reader.post(ask, '/sign-in', { email: 'nobody@union.example' });
    expect(known.text).toBe(unknown.text);
    expect(ports.posted).toMatchObject([{ template: 'sign-in', to: { person: 'wen-zhuxi' } }]);
  });

  it('uses a link up by its button, not by looking, and only once', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    expect((await reader.get('/office/cases')).status).toBe(200);
    expect((await reader.get('/sign-in/sign-in-wen-zhuxi')).status).toBe(410);
  });

  it('mails no more than five links in a quarter of an hour', async () => {
    const reader = pageReader(officeApp(ports.deps));
    const ask = await reader.get('/sign-in');
    for (let time = 0; time < 8; time += 1)
      await reader.post(ask, '/sign-in', { email: 'wen.zhuxi-demo@union.example' });
    expect(ports.posted).toHaveLength(5);
  });

  it('ends after eight hours, and by the button', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    ports.clock.now = addHours(ports.clock.now, 9);
    expect((await reader.get('/office/cases')).path).toContain('/sign-in');
    const again = await signedIn('wen-zhuxi');
    await again.reader.post(again.page, '/sign-out');
    expect((await again.reader.get('/office/cases')).path).toContain('/sign-in');
  });
});

describe('the office', () => {
  it('lists open cases with their stage and whom they wait for, the name masked', async () => {
    const { page } = await signedIn('wen-zhuxi');
    expect(page.path).toBe('/office/cases');
    for (const text of ['DB-2016-00001', '片区审核', '潘汐辰']) expect(page.text).toContain(text);
    expect(page.html).not.toContain('林海生');
  });

  it('leads from a number to its case, and says where there is none', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    expect((await reader.get('/office/cases?number=DB-2016-00001')).path).toBe(`/office/cases/${caseId}`);
    const none = await reader.get('/office/cases?number=DB-2016-99999');
    expect(none.status).toBe(404);
    expect(none.text).toContain('没有这个受理编号');
  });

  it('asks one more person, who gets a link', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    const page = await reader.get(`/office/cases/${caseId}`);
    const candidate = /<option value="([^"]+)">[^<]+·/.exec(page.html)?.[1] ?? '';
    expect(candidate).not.toBe('');
    const { requestId } = ports.file(caseId).requests[0]!;
    const before = ports.linksOf(caseId).length;
    const done = await reader.post(page, `${page.path}/reassign`, { requestId, toPersonId: candidate });
    expect(done.text).toContain('已办理');
    expect(ports.linksOf(caseId)).toHaveLength(before + 1);
  });

  it('issues a new tracking code only after a check of identity, and shows it once', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    const page = await reader.get(`/office/cases/${caseId}`);
    const refused = await reader.post(page, `${page.path}/reissue-code`);
    expect(refused.status).toBe(422);
    const done = await reader.post(page, `${page.path}/reissue-code`, { isIdentityChecked: 'yes' });
    const code = /[2-9A-Z]{4} [2-9A-Z]{4}/.exec(done.text)?.[0] ?? '';
    expect(ports.file(caseId).case.trackingCodeHash).toBe(`hash-of-${code.replace(' ', '')}`);
    expect((await reader.get(page.path)).text).not.toContain(code);
  });

  it('shows an auditor the same without a button, and refuses their POST', async () => {
    const { reader } = await signedIn('qiu-zhengheng');
    const page = await reader.get(`/office/cases/${caseId}`);
    expect(page.status).toBe(200);
    expect(page.html).not.toContain('reissue-code');
    const done = await reader.post(page, `${page.path}/reissue-code`, { isIdentityChecked: 'yes' });
    expect(done.status).toBe(403);
  });

  it('is closed to an officer but for what waits for them', async () => {
    const { reader, page } = await signedIn('you-zhidu');
    expect(page.path).toBe('/office/mine');
    for (const path of ['/office/cases', `/office/cases/${caseId}`, '/office/staff', '/office/register'])
      expect((await reader.get(path)).status).toBe(403);
  });

  it('lets whoever was asked come to the decision without the mail', async () => {
    const { page } = await signedIn('pan-xichen');
    expect(page.html).toContain(`/decide/${ports.file(caseId).requests[0]!.requestId}`);
  });
});

describe('the staff directory', () => {
  it('takes a new person with an appointment, and says all that is wrong at once', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    const page = await reader.get('/office/staff');
    const refused = await reader.post(page, '/office/staff', { email: 'no address', role: 'deputy', from: 'soon' });
    expect(refused.status).toBe(422);
    for (const text of ['请填写姓名', '请填写邮箱', '片区职务请选择片区', '日期要写成'])
      expect(refused.text).toContain(text);
    const fields = { name: '程石', email: 'cheng.shi@union.example', role: 'officer', from: '2016-03-01' };
    expect((await reader.post(page, '/office/staff', fields)).text).toContain('已保存');
    expect([...ports.staff.values()].at(-1)).toMatchObject({ name: '程石', appointments: [{ role: 'officer' }] });
  });

  it('changes an address only with a second person', async () => {
    const first = await signedIn('wen-zhuxi');
    const page = await first.reader.get('/office/staff/you-zhidu');
    const proposed = await first.reader.post(page, `${page.path}/address`, { email: 'new@union.example' });
    expect(proposed.text).toContain('等另一人确认');
    const own = await first.reader.post(proposed, `${page.path}/address/settle`, { confirms: 'yes' });
    expect(own.text).toContain('须由提出人和本人以外的另一人确认');
    const personId = personIdSchema.parse('you-zhidu');
    expect(ports.staff.get(personId)!.email).not.toBe('new@union.example');
    const second = await signedIn('zhuang-caiwei');
    const settle = `${page.path}/address/settle`;
    await second.reader.post(second.page, settle, { confirms: 'yes', proposedAt: '2016-01-01T00:00:00.000Z' });
    expect(ports.staff.get(personId)!.email, 'another proposal than the one seen').not.toBe('new@union.example');
    const { proposedAt } = ports.staff.get(personId)!.addressChange!;
    await second.reader.post(second.page, settle, { confirms: 'yes', proposedAt });
    expect(ports.staff.get(personId)!.email).toBe('new@union.example');
  });

  it('lets nobody appoint themselves, and keeps its last administrator', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    const own = await reader.get('/office/staff/wen-zhuxi');
    const before = ports.staff.get(personIdSchema.parse('wen-zhuxi'))!.appointments;
    const appointed = await reader.post(own, `${own.path}/appoint`, { role: 'finance', from: '2016-01-01' });
    expect(appointed.text).toContain('不能给自己登记');
    const index = String(before.findIndex(({ role }) => role === 'administrator'));
    const ended = await reader.post(own, `${own.path}/end`, { appointment: index, [`endOn${index}`]: '2016-02-28' });
    expect(ended.text).toContain('最后一位管理员');
    expect(ports.staff.get(personIdSchema.parse('wen-zhuxi'))!.appointments).toEqual(before);
  });

  it('ends an appointment on a last day', async () => {
    const { reader } = await signedIn('wen-zhuxi');
    const page = await reader.get('/office/staff/you-zhidu');
    await reader.post(page, `${page.path}/end`, { appointment: '0', endOn0: '2016-02-28' });
    expect(ports.staff.get(personIdSchema.parse('you-zhidu'))!.appointments[0]!.until).toBe('2016-02-28');
  });

  it('opens its register', async () => {
    const { reader } = await signedIn('zhuang-caiwei');
    expect((await reader.get('/office/register')).text).toContain('盐场一片区');
    expect((await reader.get('/office/register/salt-works-1')).status).toBe(200);
  });
});
