import { beforeEach, describe, expect, it } from 'vitest';
import { type CaseId, objectionIdSchema } from '../../../shared/kernel/ids.ts';
import { addHours, asLocalDate } from '../../../shared/kernel/time.ts';
import { addPapers } from '../../../shared/cases/change-application.ts';
import { yuan } from '../../../shared/kernel/money.ts';
import { reissueLink } from '../../../shared/cases/office-actions.ts';
import { raiseObjection } from '../../../shared/cases/raise-objection.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import { seedOf } from '../../../test/support/small-union.ts';
import { type Page, pageReader } from '../../../test/support/page-reader.ts';
import { signInTo } from '../../../test/support/sign-in-to.ts';
import { staffPorts } from '../../../test/support/staff-ports.ts';
import { approverApp } from './approver-app.tsx';

let ports: ReturnType<typeof staffPorts>;
let caseId: CaseId;
beforeEach(() => {
  ports = staffPorts();
  caseId = ports.caseInReview();
});

const browser = () => pageReader(approverApp(ports.deps));
const hiddenOf = (page: Page) => ({
  requestId: /name="requestId" value="([^"]+)"/.exec(page.html)?.[1] ?? '',
  contentVersion: /name="contentVersion" value="([^"]+)"/.exec(page.html)?.[1] ?? '',
});

/** Opens a link in a browser of its own and answers. */
async function answer(link: string, fields: Record<string, string>) {
  const reader = browser();
  const page = await reader.get(link);
  return { reader, page, done: await reader.post(page, page.path, { ...hiddenOf(page), ...fields }) };
}

describe('a decision link', () => {
  it('fetched a hundred times by GET and HEAD decides nothing', async () => {
    const app = approverApp(ports.deps);
    const [link = ''] = ports.linksOf(caseId);
    const before = ports.saves.length;
    for (let time = 0; time < 50; time += 1) {
      for (const method of ['GET', 'HEAD']) {
        const response = await app.request(link, { method });
        expect(response.status).toBe(303);
        expect(response.headers.get('set-cookie')).toMatch(/^__Host-decide-.*HttpOnly.*SameSite=Lax/);
      }
    }
    expect(ports.saves.length).toBe(before);
    expect(ports.file(caseId).votes).toEqual([]);
  });

  it('promise 24: mailed anew while its answer is on the way counts no more, and the answer is not taken', async () => {
    const [link = ''] = ports.linksOf(caseId);
    const [request] = ports.file(caseId).requests;
    const { personId } = request!.seats[0]!;
    const asked = { requestId: request!.requestId, personId, by: personId };
    const actOnCase: typeof ports.deps.actOnCase = async (id, decide, options) => {
      ports.act(id, (file, around) => reissueLink(file, around, asked));
      return ports.deps.actOnCase(id, decide, options);
    };
    const reader = pageReader(approverApp({ ...ports.deps, actOnCase }));
    const page = await reader.get(link);
    const late = await reader.post(page, page.path, { ...hiddenOf(page), verdict: 'recommend', amount: '2000' });
    expect(late.status).toBe(403);
    expect(late.text).toContain('请重新打开链接');
    expect(ports.file(caseId).votes).toEqual([]);
    const fresh = await answer(ports.linksOf(caseId)[0]!, { verdict: 'recommend', amount: '2000' });
    expect(fresh.done.status).toBe(200);
    expect(ports.file(caseId).votes).toHaveLength(1);
  });

  it('leads to the facts, the papers, the money and the suggestion with its reasons', async () => {
    const page = await browser().get(ports.linksOf(caseId)[0]!);
    expect(page.status).toBe(200);
    for (const text of [
      '县医院',
      '40,000.00 元',
      '市总工会帮扶资金',
      '51,000.00 元',
      '建议金额是怎么算的',
      '49,000.00 元',
    ])
      expect(page.text).toContain(text);
    expect(page.html).toContain('name="amount" type="text" value="2000.00"');
    expect(page.html).not.toContain('<script>');
    expect(page.html).not.toContain('11010519491231002X');
    expect(page.html).not.toContain('task token');
  });

  it('shows a paper of its case and no other', async () => {
    const reader = browser();
    const page = await reader.get(ports.linksOf(caseId)[0]!);
    expect((await reader.get(`${page.path}/papers/invoice-file`)).path).toBe(`/bucket/cases/${caseId}/invoice`);
    expect((await reader.get(`${page.path}/papers/elsewhere`)).status).toBe(404);
  });

  it('opens with the full stop or bracket that was copied along with it', async () => {
    for (const behind of ['。', '.', '）', '>，'])
      expect((await browser().get(`${ports.linksOf(caseId)[0]!}${encodeURIComponent(behind)}`)).path).toMatch(
        /^\/decide\//,
      );
  });

  it('that is unknown or cut short is 404 and says what to do', async () => {
    const page = await browser().get(ports.linksOf(caseId)[0]!.slice(0, -3));
    expect(page.status).toBe(404);
    expect(page.text).toContain('这个链接不能用');
  });

  it('that has expired offers a new one, which makes the old one worthless', async () => {
    const [link = ''] = ports.linksOf(caseId);
    ports.clock.now = addHours(ports.clock.now, 24 * 120);
    const reader = browser();
    const old = await reader.get(link);
    expect(old.status).toBe(410);
    expect(old.text).not.toContain('DB-2016');
    const requestId = /action="\/decide\/([^/]+)\/new-link"/.exec(old.html)?.[1] ?? '';
    const sent = await reader.post(old, `/decide/${requestId}/new-link`, { link: link.slice(3) });
    expect(sent.text).toContain('请查收邮件');
    expect(ports.linksOf(caseId)[0]).not.toBe(link);
    expect((await browser().get(link)).text).toContain('这个链接已被新的代替');
  });

  it('that was re-issued closes the page that the old one had opened', async () => {
    const reader = browser();
    const page = await reader.get(ports.linksOf(caseId)[0]!);
    const { requestId } = ports.file(caseId).requests[0]!;
    const { personId } = ports.file(caseId).requests[0]!.seats[0]!;
    ports.act(caseId, (file, around) => reissueLink(file, around, { requestId, personId, by: personId }));
    const done = await reader.post(page, page.path, { ...hiddenOf(page), verdict: 'recommend', amount: '2000' });
    expect(done.status).toBe(403);
    expect(ports.file(caseId).votes).toEqual([]);
  });
});

describe('a request without its mail', () => {
  it('opens to whoever is signed in and was asked, from one reading of the case, and is answered from one', async () => {
    const { requestId, seats } = ports.file(caseId).requests[0]!;
    const { personId } = seats.find(({ askedAt }) => askedAt !== undefined)!;
    let loaded = 0;
    const loadCaseFile: typeof ports.deps.store.loadCaseFile = (id) => {
      loaded += 1;
      return ports.deps.store.loadCaseFile(id);
    };
    const reader = pageReader(approverApp({ ...ports.deps, store: { ...ports.deps.store, loadCaseFile } }));
    for (const [name, value] of (await signInTo(ports, personId)).reader.cookies) reader.cookies.set(name, value);
    const page = await reader.get(`/decide/${requestId}`);
    expect([page.status, loaded]).toEqual([200, 1]);
    const fields = { ...hiddenOf(page), verdict: 'recommend', amount: '2000' };
    const done = await reader.post(page, page.path, fields);
    // Once for the answer, once for the page that says that it is recorded.
    expect([done.text.includes('您的决定已记录'), loaded]).toEqual([true, 3]);
  });
});

describe('answering', () => {
  it.each(['recommend', 'recuse'])(
    'promise 4: posted twice at one moment, the slower one shows what was recorded (%s)',
    async (verdict) => {
      const [first, second] = ports.linksOf(caseId);
      await answer(first!, { verdict: 'recommend', amount: '2000' });
      const fields = { verdict, ...(verdict === 'recuse' ? { note: '邻居' } : { amount: '2000' }) };
      let isFirst = true;
      const actOnCase: typeof ports.deps.actOnCase = async (id, decide, options) => {
        if (isFirst) await ((isFirst = false), ports.deps.actOnCase(id, decide, options));
        return ports.deps.actOnCase(id, decide, options);
      };
      const reader = pageReader(approverApp({ ...ports.deps, actOnCase }));
      const page = await reader.get(second!);
      const slower = await reader.post(page, page.path, { ...hiddenOf(page), ...fields });
      expect([slower.status, slower.text.includes('您的决定已记录')]).toEqual([200, true]);
      expect(ports.file(caseId).votes).toHaveLength(2);
    },
  );

  it('records a recommendation, and a reload or a second answer shows the recorded one', async () => {
    const { reader, page, done } = await answer(ports.linksOf(caseId)[0]!, { verdict: 'recommend', amount: '2,000' });
    expect(done.status).toBe(200);
    expect(done.text).toContain('您的决定已记录');
    expect(done.text).toContain('2,000.00 元');
    const again = await reader.post(page, page.path, { ...hiddenOf(page), verdict: 'decline', note: '不属实' });
    expect(again.text).toContain('建议救助');
    expect(again.text).not.toContain('不属实');
    expect(ports.file(caseId).votes).toHaveLength(1);
  });

  it.each([
    ['the same', { verdict: 'recommend', amount: '2000.00' }, false],
    ['another sum', { verdict: 'recommend', amount: '1500' }, true],
    ['another verdict', { verdict: 'decline', note: '不属实' }, true],
  ])(
    'pressed on a second device, says that this was not recorded unless it is the same (%s)',
    async (_, fields, isTold) => {
      const [link = ''] = ports.linksOf(caseId);
      const second = browser();
      const page = await second.get(link);
      await answer(link, { verdict: 'recommend', amount: '2,000' });
      const late = await second.post(page, page.path, { ...hiddenOf(page), ...fields });
      expect(late.text).toContain('您的决定已记录');
      expect(late.text.includes('刚才提交的没有记录')).toBe(isTold);
      expect((await second.get(page.path)).text).not.toContain('刚才提交的没有记录');
    },
  );

  it('says all that is wrong at once and keeps what was typed', async () => {
    const { done } = await answer(ports.linksOf(caseId)[0]!, {
      verdict: 'return',
      amount: 'two',
      note: '',
      visitedOn: 'yesterday',
    });
    expect(done.status).toBe(422);
    for (const text of ['请勾选要补正的内容', '请写明原因', '入户走访日期要写成']) expect(done.text).toContain(text);
    expect(done.html).toContain('value="yesterday"');
    expect(ports.file(caseId).votes).toEqual([]);
  });

  it('refuses more than the most, in words beside the field', async () => {
    const { done } = await answer(ports.linksOf(caseId)[0]!, { verdict: 'recommend', amount: '999999' });
    expect(done.status).toBe(422);
    expect(done.text).toContain('救助金额不能超过');
  });

  it('without its token changes nothing and shows the form as it was typed', async () => {
    const reader = browser();
    const page = await reader.get(ports.linksOf(caseId)[0]!);
    const fields = { ...hiddenOf(page), verdict: 'decline', note: '情况不属实' };
    const done = await reader.post(page, page.path, fields, '');
    expect(done.status).toBe(403);
    expect(done.html).toContain('情况不属实');
    expect(ports.file(caseId).votes).toEqual([]);
  });

  it('without its cookie offers a new link to the address in the directory, and the same words to anybody', async () => {
    const { path } = await browser().get(ports.linksOf(caseId)[0]!);
    const reader = browser();
    const gone = await reader.get(path);
    expect(gone.status).toBe(403);
    expect(gone.text).not.toContain('DB-2016');
    const stranger = await reader.post(gone, `${path}/new-link`, { email: 'nobody@union.example' });
    const before = ports.linksOf(caseId)[0];
    const { personId } = ports.file(caseId).requests[0]!.seats[0]!;
    const own = await reader.post(gone, `${path}/new-link`, { email: ports.staff.get(personId)!.email });
    expect(own.text).toBe(stranger.text);
    expect(ports.linksOf(caseId)[0]).not.toBe(before);
  });

  it('returns an application with the items to mend', async () => {
    const { done } = await answer(ports.linksOf(caseId)[0]!, {
      verdict: 'return',
      missing: 'paper:invoice',
      note: '发票照片看不清',
    });
    expect(done.text).toContain('您的决定已记录');
    expect(ports.file(caseId).case.missing).toMatchObject([{ item: 'paper:invoice', note: '发票照片看不清' }]);
  });

  it('lets a relative of the applicant only step aside', async () => {
    const [seat] = ports.file(caseId).requests[0]!.seats;
    ports.interests.set(seat!.personId, 'sibling');
    const link = ports.linksOf(caseId)[0]!;
    const refused = await answer(link, { verdict: 'recommend', amount: '2000' });
    expect(refused.done.status).toBe(409);
    const aside = await answer(link, { verdict: 'recuse', note: '兄弟' });
    expect(aside.done.text).toContain('回避');
    expect(ports.file(caseId).requests[0]!.seats[0]!.leftBecause).toBe('recused');
  });

  it('goes through review and approval; the last vote reserves the money that the page had shown', async () => {
    for (const link of ports.linksOf(caseId).slice(0, 2))
      expect((await answer(link, { verdict: 'recommend', amount: '2000' })).done.text).toContain('已记录');
    expect(ports.file(caseId).case.status).toBe('in-approval');
    ports.openWait(caseId, 'approval');
    const page = await browser().get(ports.linksOf(caseId)[0]!);
    expect(page.text).toContain('先前的意见');
    expect(page.text).toContain('从“市总工会帮扶资金”动用');
    while (ports.file(caseId).case.status === 'in-approval') {
      const votes = ports.file(caseId).votes.length;
      if (ports.file(caseId).requests.every(({ status }) => status !== 'open')) ports.openWait(caseId, 'approval');
      for (const link of ports.linksOf(caseId)) {
        const { done } = await answer(link, { verdict: 'approve', amount: '2000' });
        expect(done.status).toBe(200);
        if (ports.file(caseId).case.status !== 'in-approval') break;
      }
      expect(ports.file(caseId).votes.length).toBeGreaterThan(votes);
    }
    expect(ports.file(caseId).awards).toMatchObject([{ kind: 'whole', amountFen: 200_000 }]);
    expect(ports.funds()[0]).toMatchObject({ reservedFen: 200_000 });
  });

  /** Recommended by two; the union is asked. */
  async function inApproval() {
    for (const link of ports.linksOf(caseId).slice(0, 2)) await answer(link, { verdict: 'recommend', amount: '2000' });
    ports.openWait(caseId, 'approval');
    return ports.linksOf(caseId)[0]!;
  }
  const over = { from: asLocalDate('2015-01-01'), until: asLocalDate('2016-02-29') };
  const federation = 'share-municipal-federation';

  it('shows why a fund does not pay and what is in it, and offers the others that may', async () => {
    ports.setFund('municipal-federation', { validity: over });
    ports.setFund('group-union', {
      budgets: [{ year: 2016, amountFen: yuan(900) }],
      donorsWish: '优先用于重病',
    });
    const page = await browser().get(await inApproval());
    for (const text of [
      '有效期已过，余额等待结转或交回；账上可用 51,000.00 元',
      '以本年度预算余额为限，账上可用 100,000.00 元；出资方意愿：优先用于重病',
      '资金还缺 1,100.00 元',
    ])
      expect(page.text).toContain(text);
    expect(page.html).not.toContain(`name="${federation}"`);
    for (const name of ['share-group-union', 'share-company-union']) expect(page.html).toContain(`name="${name}"`);
    expect(page.html).not.toContain('name="share-power-supply-company"');
  });

  it('divided in sums that are none is refused, each with the name of its fund', async () => {
    const wrong = { 'share-group-union': '九百', 'share-company-union': '其余' };
    const { done } = await answer(await inApproval(), { verdict: 'approve', amount: '2000', ...wrong });
    expect([done.status, done.errors]).toEqual([
      422,
      [
        '从“集团公司工会救助资金”动用的金额要写成数字，例如 1000',
        '从“公司工会帮扶资金”动用的金额要写成数字，例如 1000',
      ],
    ]);
  });

  it('from funds that do not reach is refused, and made from others that the approver chooses', async () => {
    ports.setFund('municipal-federation', { validity: over });
    ports.setFund('group-union', { budgets: [{ year: 2016, amountFen: yuan(900) }] });
    const link = await inApproval();
    const short = await answer(link, { verdict: 'approve', amount: '2000' });
    expect(short.done.status).toBe(409);
    expect(short.done.text).toContain('1,100.00 元');
    const chosen = { 'share-group-union': '900', 'share-company-union': '1100' };
    const { done } = await answer(link, { verdict: 'approve', amount: '2000', ...chosen });
    expect(done.text).toContain('您的决定已记录');
    expect(ports.file(caseId).awards).toMatchObject([
      {
        shares: [
          { fundId: 'group-union', amountFen: yuan(900) },
          { fundId: 'company-union', amountFen: yuan(1_100) },
        ],
      },
    ]);
  });

  it('from a fund that lost its right, or its money, while the page was open is answered at its field, and nothing typed is lost', async () => {
    const link = await inApproval();
    const reader = browser();
    const page = await reader.get(link);
    const fields = { ...hiddenOf(page), verdict: 'approve', amount: '2000', [federation]: '2000' };
    ports.setFund('municipal-federation', { validity: over });
    const ended = await reader.post(page, page.path, fields);
    expect(ended.status).toBe(409);
    expect(ended.text).toContain('“市总工会帮扶资金”现在不能动用：有效期已过');
    expect(ended.html).toContain(`href="#${federation}"`);
    expect(ended.html).toMatch(new RegExp(`name="${federation}"[^>]*value="2000"`));
    ports.setFund('municipal-federation', { validity: { from: over.from }, availableFen: yuan(1_500) });
    const short = await reader.post(page, page.path, fields);
    expect(short.text).toContain('“市总工会帮扶资金”现在只能动用 1,500.00 元');
    expect(ports.file(caseId).votes.filter(({ purpose }) => purpose === 'approval')).toEqual([]);
  });
});

describe('the funds', () => {
  /** A browser, and whether the funds were read with each reading of what surrounds the case. */
  function watched() {
    const readings: string[] = [];
    let others = 0;
    const { store, actOnCase } = ports.deps;
    const otherCasesOfHousehold: typeof store.otherCasesOfHousehold = (theCase) => {
      others += 1;
      return store.otherCasesOfHousehold(theCase);
    };
    const loadAround: typeof store.loadAround = (file, options) => {
      readings.push(options?.withoutFunds === true ? 'without' : 'with');
      return store.loadAround(file, options);
    };
    const acting: typeof actOnCase = (id, decide, options) => {
      readings.push(options?.reading === undefined ? 'anew' : options.awards ? 'may award' : 'awards nothing');
      return actOnCase(id, decide, options);
    };
    const watchedStore = { ...store, loadAround, otherCasesOfHousehold };
    const reader = pageReader(approverApp({ ...ports.deps, store: watchedStore, actOnCase: acting }));
    return { reader, read: () => readings.splice(0), othersRead: () => others };
  }

  it('are read for the page of a review, and for its answer only where the form is shown again', async () => {
    const { reader, read } = watched();
    const page = await reader.get(ports.linksOf(caseId)[0]!);
    expect(read()).toEqual(['with']);
    const wrong = await reader.post(page, page.path, { ...hiddenOf(page), verdict: 'recommend', amount: '999999' });
    expect([wrong.status, wrong.text.includes('资金余额')]).toEqual([422, true]);
    expect(read()).toEqual(['without', 'awards nothing', 'with']);
    await reader.post(page, page.path, { ...hiddenOf(page), verdict: 'recommend', amount: '2000' });
    // The recorded answer, to which the browser was sent, rests on the case alone.
    expect(read()).toEqual(['without', 'awards nothing']);
    await reader.post(page, page.path, { ...hiddenOf(page), verdict: 'decline', note: '不属实' });
    expect(read()).toEqual([]);
  });

  it('are not read for a paper, nor are the household’s other cases', async () => {
    const { reader, read, othersRead } = watched();
    const page = await reader.get(ports.linksOf(caseId)[0]!);
    expect([read(), othersRead()]).toEqual([['with'], 1]);
    await reader.get(`${page.path}/papers/invoice-file`);
    expect([read(), othersRead()]).toEqual([['without'], 1]);
  });

  it('are read before an approval is answered', async () => {
    for (const link of ports.linksOf(caseId).slice(0, 2)) await answer(link, { verdict: 'recommend', amount: '2000' });
    ports.openWait(caseId, 'approval');
    const { reader, read } = watched();
    const page = await reader.get(ports.linksOf(caseId)[0]!);
    await reader.post(page, page.path, { ...hiddenOf(page), verdict: 'approve', amount: '2000' });
    expect(read()).toEqual(['with', 'with', 'may award']);
  });

  it('are not read where an objection is decided', async () => {
    for (const link of ports.linksOf(caseId).slice(0, 2)) await answer(link, { verdict: 'recommend', amount: '2000' });
    ports.openWait(caseId, 'approval');
    await answer(ports.linksOf(caseId)[0]!, { verdict: 'approve', amount: '2000' });
    ports.openWait(caseId, 'notice');
    const by = { objectorName: '李四', objectorContact: '13900000000', grounds: '情况不实' };
    const objectionId = objectionIdSchema.parse('objection-1');
    ports.act(caseId, (file, around) => raiseObjection(file, around, { objectionId, ...by }));
    ports.openWait(caseId, 'objection-admission');
    const { reader, read } = watched();
    const page = await reader.get(ports.linksOf(caseId)[0]!);
    expect(page.text).toContain('情况不实');
    const wrong = await reader.post(page, page.path, { ...hiddenOf(page), verdict: 'reject' });
    expect([wrong.status, wrong.text.includes('资金余额')]).toEqual([422, false]);
    await reader.post(page, page.path, { ...hiddenOf(page), verdict: 'reject', note: '没有依据' });
    expect(ports.file(caseId).objections).toMatchObject([{ status: 'rejected' }]);
    const each = ['without', 'awards nothing'];
    expect(read()).toEqual(['without', ...each, ...each]);
  });
});

describe('the decision page of a programme with later papers and a home visit', () => {
  const seed = seedOf('major-illness-relief');
  const later = { label: { zh: '火灾认定书', en: 'Certificate' }, atLeast: 1, atMost: 2 };
  const slow: ProgrammeVersion = {
    ...seed,
    papers: [
      ...seed.papers,
      { ...later, id: 'certificate', due: { withinDays: 30, isExtendable: true } },
      {
        ...later,
        id: 'receipt',
        label: { zh: '出警证明', en: 'Receipt' },
        due: { withinDays: 2, isExtendable: false },
      },
    ],
    stages: seed.stages.map((stage) =>
      stage.kind === 'review' ? { ...stage, homeVisit: { aboveFen: 0, withinWorkingDays: 3 } } : stage,
    ),
  };
  beforeEach(() => {
    ports = staffPorts(slow);
    caseId = ports.caseInReview();
  });

  it('names each paper that has not come, with its day, and says until when to visit', async () => {
    const first = await browser().get(ports.linksOf(caseId)[0]!);
    for (const told of [
      '还没有补交的材料',
      '火灾认定书：最迟 2016年3月31日',
      '出警证明 *：最迟 2016年3月3日',
      '带 * 的没有补齐之前',
      '请在 2016年3月4日 前走访',
    ]) {
      expect(first.text).toContain(told);
    }
    ports.clock.now = addHours(ports.clock.now, 3 * 24);
    const late = await browser().get(ports.linksOf(caseId)[0]!);
    expect(late.text).toContain('出警证明 *：应在 2016年3月3日 前补交，已逾期');
  });

  it('does not name what is there, nor a visit that has been', async () => {
    const file = { contentType: 'image/jpeg', objectKey: 'x', sizeBytes: 1, uploadedAt: ports.clock.now } as const;
    const brought = ['certificate', 'receipt'].map((paperId) => ({ ...file, paperId, fileId: `${paperId}-1` }));
    ports.act(caseId, (read, around) => addPapers(read, around, brought));
    const [one = '', two = ''] = ports.linksOf(caseId);
    const said = { verdict: 'recommend', amount: '2000' };
    const early = await answer(one, { ...said, visitedOn: '2016-02-29' });
    expect([early.done.status, ports.file(caseId).votes]).toEqual([422, []]);
    expect(early.done.text).toContain('入户走访日期不能早于 2016年3月1日');
    await answer(one, { ...said, visitedOn: '2016-03-01' });
    const page = await browser().get(two);
    expect(page.text).not.toContain('还没有补交的材料');
    expect(page.text).not.toContain('前走访');
    expect(page.text).toContain('已有人走访并填写了日期');
  });
});
