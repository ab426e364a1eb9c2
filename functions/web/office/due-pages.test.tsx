import { beforeEach, describe, expect, it } from 'vitest';
import { type CaseId, personIdSchema } from '../../../shared/kernel/ids.ts';
import { scheduledItemSchema } from '../../../shared/cases/scheduled-item.ts';
import { addHours, asInstant } from '../../../shared/kernel/time.ts';
import { pageReader } from '../../../test/support/page-reader.ts';
import { scheduledVisit } from '../../../test/support/sample-case.ts';
import { staffPorts } from '../../../test/support/staff-ports.ts';
import { officeApp } from './office-app.tsx';

const paidAt = asInstant('2016-10-08T02:00:00.000Z');
let ports: ReturnType<typeof staffPorts>;
let caseId: CaseId;
let at: string;
beforeEach(() => {
  ports = staffPorts();
  caseId = ports.caseInReview();
  at = `/office/due/${caseId}/${caseId}.visit.1`;
  ports.clock.now = paidAt;
  ports.act(caseId, (file) => ({
    kind: 'changed',
    changes: {
      case: { ...file.case, status: 'paid', closedAt: paidAt },
      scheduled: [scheduledVisit(caseId)],
      facts: [],
    },
  }));
});

async function signedIn(person: string) {
  const reader = pageReader(officeApp(ports.deps));
  const ask = await reader.get('/sign-in');
  await reader.post(ask, '/sign-in', { email: ports.staff.get(personIdSchema.parse(person))!.email });
  const enter = await reader.get(`/sign-in/sign-in-${person}`);
  await reader.post(enter, `/sign-in/sign-in-${person}`);
  return reader;
}
const visit = () => ports.file(caseId).scheduled[0]!;
const patchMember = () =>
  [...ports.staff.values()].find(({ appointments }) =>
    appointments.some((each) => each.role === 'patch-member' && each.patchId === ports.file(caseId).case.patchId),
  )!.personId;

describe('a visit that is due', () => {
  it('is listed for the office with its day and whose turn it is, and overdue from the day after', async () => {
    const reader = await signedIn('wen-zhuxi');
    const page = await reader.get('/office/due');
    expect(page.text).toMatch(/DB-2016-00001 第 1 次回访 包片委员 \S+ 2016年10月18日 待办/);
    ports.clock.now = asInstant('2016-10-18T16:00:00.000Z');
    expect((await (await signedIn('wen-zhuxi')).get('/office/due')).text).toContain('已逾期');
  });

  it('is recorded by the patch member, who sees nothing else of the case', async () => {
    const reader = await signedIn(patchMember());
    expect((await reader.get('/office/due')).text).toContain('DB-2016-00001');
    expect((await reader.get(`/office/cases/${caseId}`)).status).toBe(403);
    const page = await reader.get(at);
    const done = await reader.post(page, `${at}/visit`, { visitedOn: '2016-10-08', note: '家中<b>安好</b>' });
    expect(done.text).toContain('已登记');
    expect(done.html).toContain('家中&lt;b&gt;安好&lt;/b&gt;');
    expect(visit()).toMatchObject({ status: 'done', visitedOn: '2016-10-08', by: patchMember() });
    expect(ports.saves.at(-1)!.facts).toMatchObject([{ event: 'visit-recorded', by: patchMember() }]);
    const saves = ports.saves.length;
    expect((await reader.post(page, `${at}/visit`, { visitedOn: '2016-10-08', note: '又一次' })).status).toBe(200);
    expect(ports.saves).toHaveLength(saves);
  });

  it.each([
    [{ visitedOn: '2016-10-09', note: '安好' }, '也不能晚于今天'],
    [{ visitedOn: '2016-10-07', note: '安好' }, '不能早于 2016年10月8日'],
    [{ visitedOn: '十月八日', note: '安好' }, '回访日期要写成年-月-日'],
    [{ visitedOn: '2016-10-08', note: '' }, '请写明回访情况'],
    [{ visitedOn: '2016-10-08', note: '好'.repeat(1_001) }, '回访情况不能超过 1000 个字'],
  ])('recorded with %o is refused with a sentence, and what was typed is kept', async (typed, said) => {
    const reader = await signedIn('wen-zhuxi');
    const refused = await reader.post(await reader.get(at), `${at}/visit`, typed);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(said);
    expect(refused.html).toContain(typed.note || typed.visitedOn);
    expect(visit().status).toBe('waiting');
  });

  it('is read, and not recorded, by an auditor; shut to officers; and not done by a forged form', async () => {
    const auditor = await signedIn('qiu-zhengheng');
    const page = await auditor.get(at);
    expect(page.status).toBe(200);
    expect(page.html).not.toContain(`${at}/visit`);
    const typed = { visitedOn: '2016-10-08', note: '安好' };
    expect((await auditor.post(page, `${at}/visit`, typed)).status).toBe(403);
    const officer = await signedIn('you-zhidu');
    for (const path of ['/office/due', at]) expect((await officer.get(path)).status).toBe(403);
    const office = await signedIn('wen-zhuxi');
    expect((await office.post(await office.get(at), `${at}/visit`, typed, 'forged')).status).toBe(403);
    expect((await office.get(`/office/due/${caseId}/nothing`)).status).toBe(404);
    expect(visit().status).toBe('waiting');
  });

  it('cannot be recorded by a relative', async () => {
    ports.interests.set('wen-zhuxi', 'sibling');
    const reader = await signedIn('wen-zhuxi');
    const page = await reader.get(at);
    expect(page.text).toContain('这里没有需要您办理的');
    const refused = await reader.post(page, `${at}/visit`, { visitedOn: '2016-10-08', note: '安好' });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('须回避');
    ports.clock.now = addHours(ports.clock.now, 1);
    expect(visit().status).toBe('waiting');
  });
});

describe('whether the money arrived', () => {
  const check = () => ports.file(caseId).scheduled.find(({ kind }) => kind === 'payment-check')!;
  const page = () => `/office/due/${caseId}/${check().itemId}`;
  beforeEach(() => {
    const item = scheduledItemSchema.parse({
      ...{ kind: 'payment-check', itemId: `${caseId}.payment-check.1`, caseId, expectedFen: 200_000 },
      ...{
        dueAt: paidAt,
        rungs: [{ rung: 'overdue', at: paidAt }],
        climbed: 0,
        status: 'waiting',
        scheduledAt: paidAt,
      },
    });
    ports.act(caseId, (file) => ({ kind: 'changed', changes: { case: file.case, scheduled: [item], facts: [] } }));
  });

  it('is recorded by the patch member after a visit; another sum is a finding that the office closes with a note', async () => {
    const visitor = await signedIn(patchMember());
    const open = await visitor.get(page());
    expect(open.text).toContain('2,000.00 元');
    expect((await visitor.post(open, `${page()}/arrived`, { arrived: 'some' })).status).toBe(422);
    expect((await visitor.post(open, `${page()}/arrived`, { arrived: '1500' })).text).toContain('到账核实有出入');
    expect((await visitor.get(page())).html).not.toContain('/close"');

    const office = await signedIn('wen-zhuxi');
    expect((await office.get('/office/due')).text).toContain('到账核实有出入');
    const finding = await office.get(page());
    expect((await office.post(finding, `${page()}/close`, { note: '' })).status).toBe(422);
    const closed = await office.post(finding, `${page()}/close`, { note: '银行扣了手续费，已补回' });
    expect(closed.text).toContain('银行扣了手续费，已补回');
    expect(check()).toMatchObject({ status: 'done', arrivedFen: 150_000, closedBy: 'wen-zhuxi' });
  });
});
