import { beforeEach, describe, expect, it } from 'vitest';
import { type CaseFile, newCaseFile } from '../../../shared/cases/case-file.ts';
import { mostPendingObjections } from '../../../shared/cases/raise-objection.ts';
import { objectionIdSchema, programmeIdSchema } from '../../../shared/kernel/ids.ts';
import { addHours, asInstant, asLocalDate } from '../../../shared/kernel/time.ts';
import type { Objection } from '../../../shared/notice/objection.ts';
import { applicantPorts } from '../../../test/support/applicant-ports.ts';
import { type Page, pageReader } from '../../../test/support/page-reader.ts';
import { sampleCase } from '../../../test/support/sample-case.ts';
import { applicantApp } from './applicant-app.tsx';

const said = { name: '郗拾贝', contact: 'xi.shibei@home.example', grounds: '听说费用已由保险全部报销' };
const notice = '/notices/DB-2016-00007';

let ports: ReturnType<typeof applicantPorts>;
let reader: ReturnType<typeof pageReader>;

const put = (over: Partial<CaseFile['case']> = {}): void => {
  const theCase = sampleCase('C7', {
    caseNumber: 'DB-2016-00007',
    programmeId: programmeIdSchema.parse('major-illness-relief'),
    status: 'on-notice',
    noticeFrom: asLocalDate('2016-10-08'),
    noticeUntil: addHours(ports.clock.now, 120),
    ...over,
  });
  ports.cases.set('C7', newCaseFile(theCase));
};
const raised = (): readonly Objection[] => ports.cases.get('C7')!.objections;
const answered = (over: Partial<Objection>): void => {
  const file = ports.cases.get('C7')!;
  ports.cases.set('C7', { ...file, objections: file.objections.map((each) => ({ ...each, ...over })) });
};
const keyOn = (page: Page): string => /name="_key" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
const send = (page: Page, over: Record<string, string> = {}) =>
  reader.post(page, `${notice}/object`, { ...said, _key: keyOn(page), ...over });

beforeEach(() => {
  ports = applicantPorts();
  reader = pageReader(applicantApp(ports.deps));
  put();
});

describe('the form of an objection', () => {
  it('pressed three times makes one objection and answers with the same page', async () => {
    const form = await reader.get(`${notice}/object`);
    expect(keyOn(form)).not.toBe('');
    const pages = [await send(form), await send(form), await send(form)];
    expect(raised()).toHaveLength(1);
    for (const page of pages) {
      expect(page.status).toBe(200);
      expect(page.text).toContain('异议已经收到');
      expect(page.path).toBe(pages[0]!.path);
      for (const secret of Object.values(said)) expect(page.html).not.toContain(secret);
    }
  });

  it('keeps its key when something is missing, so that the corrected one is one objection', async () => {
    const form = await reader.get(`${notice}/object`);
    const wrong = await send(form, { grounds: '' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain(said.contact);
    expect(keyOn(wrong)).toBe(keyOn(form));
    await send(wrong);
    await send(form);
    expect(raised()).toHaveLength(1);
  });

  it('sent with other words, or shown anew, makes another objection', async () => {
    const form = await reader.get(`${notice}/object`);
    await send(form);
    await send(form, { grounds: '另有一事：住院日期不对' });
    await send(await reader.get(`${notice}/object`));
    expect(raised()).toHaveLength(3);
    expect(new Set(raised().map(({ objectionId }) => objectionId)).size).toBe(3);
  });

  it('pressed again after the notice says that it has arrived; another one that the notice is over', async () => {
    const form = await reader.get(`${notice}/object`);
    const sent = await send(form);
    ports.clock.now = addHours(ports.clock.now, 121);
    expect((await send(form)).path).toBe(sent.path);
    const late = await send(form, { grounds: '来晚了' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('公示已经结束');
    expect(raised()).toHaveLength(1);
  });

  it('keeps what was typed when too many wait for their answer', async () => {
    const form = await reader.get(`${notice}/object`);
    await send(form);
    const [one] = raised();
    const objections = Array.from({ length: mostPendingObjections }, (_, index) => ({
      ...one!,
      objectionId: objectionIdSchema.parse(`O${index}`),
    }));
    ports.cases.set('C7', { ...ports.cases.get('C7')!, objections });
    const refused = await send(form, { grounds: '另有一事' });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('这份还没有收到');
    expect(refused.html).toContain('另有一事');
  });
});

describe('a notice', () => {
  it('names its last day, not the midnight after it', async () => {
    put({ noticeUntil: asInstant('2016-10-14T16:00:00.000Z') });
    expect((await reader.get('/notices')).text).toContain('2016年10月8日至2016年10月14日');
  });

  it('that is over takes no objection, and its form says so (410)', async () => {
    ports.clock.now = addHours(ports.clock.now, 120);
    const page = await reader.get(`${notice}/object`);
    expect(page.status).toBe(410);
    expect(page.text).toContain('公示已经结束');
    expect(page.html).not.toContain('name="grounds"');
    put({ status: 'paid' });
    expect((await reader.get(`${notice}/object`)).status).toBe(410);
  });

  it('that waits for the office’s answer to an objection after its last day says so on the board, and takes no other', async () => {
    put({ status: 'under-objection' });
    expect((await reader.get('/notices')).text).not.toContain('等办公室答复异议');
    ports.clock.now = addHours(ports.clock.now, 120);
    expect((await reader.get('/notices')).text).toContain('公示期满，等办公室答复异议');
    expect((await reader.get(`${notice}/object`)).status).toBe(410);
  });

  it('whose clock an admitted objection has stopped takes another after its last day', async () => {
    put({ status: 'under-objection', noticeStoppedAt: ports.clock.now });
    ports.clock.now = addHours(ports.clock.now, 500);
    expect((await reader.get(`${notice}/object`)).status).toBe(200);
  });

  it('that never was is not found, in words, whether there is such a case or not', async () => {
    const { noticeFrom: _from, noticeUntil: _until, ...inReview } = sampleCase('C7', { caseNumber: 'DB-2016-00007' });
    ports.cases.set('C7', newCaseFile(inReview));
    for (const number of ['DB-2016-00007', 'DB-2016-99999', 'anything']) {
      const page = await reader.get(`/notices/${number}/object`);
      expect(page.status).toBe(404);
      expect(page.text).toContain('没有这份公示');
    }
  });

  it('says "received" to nobody who has sent nothing', async () => {
    const sent = await send(await reader.get(`${notice}/object`));
    for (const path of [`${notice}/sent`, '/notices/anything/sent', sent.path.slice(0, -1), `${sent.path}x`]) {
      const page = await reader.get(path);
      expect(page.status).toBe(404);
      expect(page.text).not.toContain('异议已经收到');
    }
    const elsewhere = await reader.get(sent.path.replace('00007', '00008'));
    expect(elsewhere.status).toBe(404);
  });
});

describe('the answer to an objection', () => {
  it.each([
    ['admitted', '已受理，正在核实'],
    ['rejected', '不予受理'],
    ['upheld', '异议成立'],
    ['dismissed', '异议不成立'],
    ['overtaken', '终止办理'],
  ] as const)('%s stands at the address of its receipt', async (status, words) => {
    const sent = await send(await reader.get(`${notice}/object`));
    answered({ status, settledAt: ports.clock.now, answer: '理由若干' });
    const page = await reader.get(sent.path);
    expect(page.text).toContain(words);
    expect(page.text.includes('理由若干')).toBe(status === 'rejected');
    for (const secret of Object.values(said)) expect(page.html).not.toContain(secret);
  });
});
