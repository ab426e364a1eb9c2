import { beforeEach, describe, expect, it } from 'vitest';
import { proposeAccount } from '../../../shared/cases/change-account.ts';
import { auditEventNames } from '../../../shared/kernel/audit-event-names.ts';
import type { CaseId } from '../../../shared/kernel/ids.ts';
import type { Page } from '../../../test/support/page-reader.ts';
import { failedPayout } from '../../../test/support/sample-case.ts';
import { signInTo } from '../../../test/support/sign-in-to.ts';
import { staffPorts } from '../../../test/support/staff-ports.ts';

let ports: ReturnType<typeof staffPorts>;
let caseId: CaseId;
beforeEach(() => {
  ports = staffPorts();
  caseId = ports.caseInReview();
});

const signedIn = (person: string) => signInTo(ports, person);

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

  it.each([
    ['zh', '提交申请', '通知一人办理', '人员：潘汐辰'],
    ['en', 'Application submitted', 'A person was notified', 'person: 潘汐辰'],
  ])('tells what happened to a case in words (%s)', async (lang, ...said) => {
    const { reader } = await signedIn('qiu-zhengheng');
    reader.cookies.set('lang', lang);
    const page = await reader.get(`/office/cases/${caseId}`);
    for (const text of said) expect(page.text).toContain(text);
    for (const name of auditEventNames.filter((each) => /[-.]/.test(each))) expect(page.text).not.toContain(name);
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

  it('opens its register', async () => {
    const { reader } = await signedIn('zhuang-caiwei');
    expect((await reader.get('/office/register')).text).toContain('盐场一片区');
    expect((await reader.get('/office/register/salt-works-1')).status).toBe(200);
  });
});

describe('a new account', () => {
  const proof = {
    paperId: 'payee-proof',
    fileId: 'proof-1',
    objectKey: 'cases/C1/payee-proof/proof-1',
    contentType: 'image/jpeg',
    sizeBytes: 1,
  } as const;
  const heir = { kind: 'heir', holderName: '林小海', bankName: '某银行', accountNumber: '6200000000005678' } as const;
  beforeEach(() => {
    ports.act(caseId, (file) => ({
      kind: 'changed',
      changes: { case: { ...file.case, status: 'in-payment' }, payouts: [failedPayout(caseId)], facts: [] },
    }));
    const files = [{ ...proof, uploadedAt: ports.clock.now }];
    ports.act(caseId, (file, around) => proposeAccount(file, around, { ...heir, relation: '女儿' }, files));
  });
  const decide = (page: Page) => ({
    proposedAt: /name="proposedAt" value="([^"]+)"/.exec(page.html)?.[1] ?? '',
    approves: 'yes',
  });

  it('of an heir shows its proof to the office, which checks it, and then to an officer, who approves it anew', async () => {
    const at = `/office/cases/${caseId}`;
    const officer = await signedIn('you-zhidu');
    expect((await officer.reader.get(at)).status).toBe(403);

    const office = await signedIn('wen-zhuxi');
    const page = await office.reader.get(at);
    for (const told of ['林小海', '继承人 · 女儿', '随新账户提交的证明', '还要由工会重新审批'])
      expect(page.text).toContain(told);
    expect(page.html).toContain(`${at}/papers/proof-1`);
    const checked = await office.reader.post(page, `${at}/account`, decide(page));
    expect(checked.text).toContain('正在等工会重新审批');
    expect(checked.html).not.toContain('name="approves"');
    expect((await office.reader.post(page, `${at}/account`, decide(page))).status).toBe(403);
    expect(ports.file(caseId).payouts.map(({ status }) => status)).toEqual(['failed']);

    const asked = await officer.reader.get(at);
    expect(asked.html).toContain(`${at}/papers/proof-1`);
    expect(asked.html).not.toContain('reissue-code');
    const done = await officer.reader.post(asked, `${at}/account`, decide(asked));
    expect([done.status, done.path]).toEqual([200, '/office/mine']);
    expect(ports.file(caseId).payouts.map(({ status }) => status)).toEqual(['replaced', 'ordered']);
    expect((await officer.reader.get(at)).status).toBe(403);
  });
});
