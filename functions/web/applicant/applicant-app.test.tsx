import { beforeEach, describe, expect, it } from 'vitest';
import { addHours, asLocalDate } from '../../../shared/kernel/time.ts';
import { applicantPorts } from '../../../test/support/applicant-ports.ts';
import { failedPayout } from '../../../test/support/sample-case.ts';
import { type Page, pageReader } from '../../../test/support/page-reader.ts';
import { typedFire as fire } from '../../../test/support/typed-fire.ts';
import { applicantApp } from './applicant-app.tsx';

const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]);

let ports: ReturnType<typeof applicantPorts>;
let reader: ReturnType<typeof pageReader>;

beforeEach(() => {
  ports = applicantPorts();
  reader = pageReader(applicantApp(ports.deps));
});

const start = async (programme = 'fire-damage') =>
  reader.post(await reader.get(`/programmes/${programme}`), '/apply', { programme });
const draftOf = (page: Page) => page.path.split('/')[2] ?? '';

/** Uploads by the form on the papers page, as a browser would send it to the bucket. */
function upload(page: Page, paperId: string, bytes: Uint8Array) {
  const key = new RegExp(`value="(drafts/[^"]+/${paperId}/[^"]+)"`).exec(page.html)?.[1] ?? '';
  expect(key).not.toBe('');
  ports.objects.set(key, bytes);
  return reader.get(`/apply/${draftOf(page)}/papers?bucket=evidence&key=${encodeURIComponent(key)}`);
}

/** From the form to the page where the answers are checked, with every paper that is due at once. */
async function toCheck(fields: Record<string, string> = fire): Promise<Page> {
  const form = await start();
  let page = await reader.post(form, form.path, fields);
  expect(page.path).toMatch(/\/papers$/);
  for (let round = 0; round < 12; round += 1) {
    const next = await reader.post(page, `/apply/${draftOf(page)}/papers`);
    if (next.path.endsWith('/check')) return next;
    const paperId = /<li><a href="#([a-z-]+)"/.exec(next.html)?.[1] ?? '';
    page = await upload(next, paperId, jpeg);
  }
  throw new Error('the papers page never let go');
}

const submitted = async () => {
  const check = await toCheck();
  return reader.post(check, `/apply/${draftOf(check)}/submit`);
};
const codeIn = (page: Page) => /[2-9A-Z]{4} [2-9A-Z]{4}(?= )/.exec(page.text)?.[0] ?? '';
const numberIn = (page: Page) => /[A-Z]{2}-2016-\d+/.exec(page.text)?.[0] ?? '';

describe('applying', () => {
  it('leads from the first page by the programme to a case with a number and a code', async () => {
    const home = await reader.get('/');
    expect(home.text).toContain('大病救助');
    const page = await submitted();
    expect(page.status).toBe(200);
    expect(numberIn(page)).not.toBe('');
    expect(codeIn(page)).not.toBe('');
    expect(ports.cases.size).toBe(1);
    expect(ports.sent).toHaveLength(2);
    const [file] = ports.cases.values();
    expect(file?.case.papers.every(({ objectKey }) => ports.objects.has(objectKey))).toBe(true);
    expect(file?.case.papers.length).toBeGreaterThan(1);
  });

  it('says at the top of the papers page what became of the last file, wherever its paper stands', async () => {
    const form = await start();
    const empty = await reader.post(form, form.path, fire);
    const refused = await upload(empty, 'id-card', new TextEncoder().encode('PK a letter'));
    expect(refused.html).toMatch(/error-summary[\s\S]*<li><a href="#id-card">身份证正反面：刚才的文件不是/);
    expect(refused.html).toContain('id="id-card"');
    const kept = await upload(refused, 'id-card', jpeg);
    expect(kept.html).not.toContain('error-summary');
    const [key = ''] = [...ports.objects.keys()].filter((each) => each.includes('/id-card/'));
    const papers = `/apply/${draftOf(kept)}/papers`;
    const told = await reader.get(`${papers}?bucket=b&key=${encodeURIComponent(key)}&etag=e`);
    expect(told.text).toContain('已经传上：身份证正反面，共 1 份。');
    expect((await reader.get(`${papers}?key=${encodeURIComponent('<b>drafts')}`)).text).not.toContain('已经传上');
  });

  it.each(['major-illness-relief', 'start-up-funding'])(
    'shows what %s asks and names every fault at once',
    async (id) => {
      const form = await start(id);
      expect(form.status).toBe(200);
      const wrong = await reader.post(form, form.path, {});
      expect(wrong.status).toBe(422);
      const summary = wrong.html.match(/<li><a href="#/g) ?? [];
      expect(summary.length).toBeGreaterThan(12);
      for (const [, name = ''] of wrong.html.matchAll(/<li><a href="#([^"]+)"/g)) {
        expect(wrong.html).toContain(`id="${decodeURIComponent(name)}"`);
      }
    },
  );

  it('keeps what was typed, wrong or strange, and shows it as text', async () => {
    const form = await start();
    const name = '<script>alert(1)</script>😀';
    const page = await reader.post(form, form.path, { ...fire, applicantName: name, phone: '12' });
    expect(page.status).toBe(422);
    expect(page.html).not.toContain('<script>alert');
    expect(page.html).toContain('value="12"');
    const again = await reader.get(form.path);
    expect(again.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;😀');
  });

  it.each([
    ['zh', ['损失清单合计是 0 元', '受伤的人数超过了家里的人口', '在哪里起火的？：请用文字填写', '姓名：请用文字填写']],
    ['en', ['The list of damage comes to nothing', 'More people are hurt', 'Where did it burn?: please use words']],
  ] as const)('refuses in words what is surely wrong, alone or together (%s)', async (lang, sentences) => {
    const form = await start();
    await reader.get(`/lang?to=${lang}&back=/`);
    const wrong = { applicantName: '😀', incidentPlace: '12345', 'damage.0.estimateFen': '0', peopleHurt: '4' };
    const page = await reader.post(form, form.path, { ...fire, ...wrong });
    expect(page.status).toBe(422);
    for (const sentence of sentences) expect(page.text).toContain(sentence);
    expect(page.html).toContain('href="#damage"');
    expect(page.html).toContain('id="damage"');
    const right = await reader.post(page, form.path, fire);
    expect(right.path).toMatch(/\/papers$/);
  });

  it('asks for proof where the account is somebody else’s, and goes no further without it', async () => {
    const others = { payeeKind: 'guardian', payeeHolderName: '林大海', payeeRelation: '父亲' };
    const own = await start();
    expect((await reader.post(own, own.path, fire)).text).not.toContain('收款人证明');
    const form = await start();
    const papers = await reader.post(form, form.path, { ...fire, ...others });
    expect(papers.text).toContain('收款人证明');
    const refused = await reader.post(papers, `/apply/${draftOf(papers)}/papers`);
    expect([refused.status, refused.text.includes('还缺：收款人证明')]).toEqual([422, true]);
    const check = await toCheck({ ...fire, ...others });
    expect(check.text).toContain('收款人证明（收款人不是申请人本人的才需要） 1 份');
    await reader.post(check, `/apply/${draftOf(check)}/submit`);
    const [file] = [...ports.cases.values()];
    expect(file!.case.papers.map(({ paperId }) => paperId)).toContain('payee-proof');
  });

  it('adds rows to a list without losing any', async () => {
    const form = await start();
    const page = await reader.post(form, form.path, { ...fire, _add: 'damage' });
    expect(page.status).toBe(200);
    expect(page.html).toContain('name="damage.5.item"');
    expect(page.html).toContain('value="冰箱"');
  });

  it('makes one case of two submissions, and the same confirmation', async () => {
    const check = await toCheck();
    const at = `/apply/${draftOf(check)}/submit`;
    const [one, two] = await Promise.all([reader.post(check, at), reader.post(check, at)]);
    const back = await reader.post(check, at);
    expect(ports.cases.size).toBe(1);
    expect(ports.sent).toHaveLength(2);
    expect(new Set([one, two, back].map((page) => `${numberIn(page)} ${codeIn(page)}`)).size).toBe(1);
  });

  it('shows the tracking code for an hour and the number afterwards', async () => {
    const page = await submitted();
    ports.clock.now = addHours(ports.clock.now, 2);
    const later = await reader.get(page.path);
    expect(numberIn(later)).toBe(numberIn(page));
    expect(later.text).not.toContain(codeIn(page));
  });

  it('opens a draft to no other browser, and says where to start again', async () => {
    const form = await start();
    const other = pageReader(applicantApp(ports.deps));
    const page = await other.get(form.path);
    expect(page.status).toBe(410);
    expect(page.text).toContain('重新填一份申请');
  });

  it('changes nothing without the token of the page', async () => {
    const form = await start();
    const drafts = JSON.stringify([...ports.drafts.values()]);
    for (const token of ['', 'forged']) {
      const page = await reader.post(form, form.path, fire, token);
      expect(page.status).toBe(403);
      expect(page.text).toContain('没有保存');
    }
    expect(JSON.stringify([...ports.drafts.values()])).toBe(drafts);
  });

  it('refuses a body that is too large, and a programme that does not exist', async () => {
    const form = await start();
    expect((await reader.post(form, form.path, { address: 'x'.repeat(200_000) })).status).toBe(413);
    expect((await reader.post(form, '/apply', { programme: 'no-such' })).status).toBe(404);
    expect((await reader.get('/programmes/no-such')).status).toBe(404);
  });
});

describe('papers', () => {
  it.each([
    ['of another kind', new TextEncoder().encode('<html>not a picture'), '不是 JPG'],
    ['empty', new Uint8Array(), '是空的'],
    ['too large', new Uint8Array(10 * 1024 * 1024 + 1).fill(0xff), '超过 10 MB'],
  ])('deletes a file that is %s and says so beside its paper', async (_what, bytes, words) => {
    const form = await start();
    const papers = await reader.post(form, form.path, fire);
    const paperId = /id="paper-([a-z-]+)"/.exec(papers.html)?.[1] ?? '';
    const page = await upload(papers, paperId, bytes);
    expect(page.text).toContain(words);
    expect(ports.objects.size).toBe(0);
  });

  it('takes up what was uploaded where the way back from the bucket was lost', async () => {
    const form = await start();
    const papers = await reader.post(form, form.path, fire);
    const [, key = ''] = /value="(drafts\/[^"]+)"/.exec(papers.html) ?? [];
    ports.objects.set(key, jpeg);
    const again = await reader.get(papers.path);
    expect(again.html).toContain('name="file" value="');
  });

  it('takes no file that the address names and the bucket does not hold, nor one of another draft', async () => {
    const form = await start();
    const papers = await reader.post(form, form.path, fire);
    const [, key = ''] = /value="(drafts\/[^"]+)"/.exec(papers.html) ?? [];
    const elsewhere = key.replace(draftOf(papers), 'N999999');
    ports.objects.set(elsewhere, jpeg);
    for (const named of [key, elsewhere]) {
      const page = await reader.get(`${papers.path}?key=${encodeURIComponent(named)}`);
      expect(page.status).toBe(200);
      expect(page.html).not.toContain('name="file" value="');
    }
    expect(ports.objects.has(elsewhere)).toBe(true);
  });

  it('looks at a file once, and again when it is sent only if other bytes lie there by then', async () => {
    const check = await toCheck();
    const seen = [...ports.looked];
    expect(new Set(seen).size).toBe(seen.length);
    const [first = '', second = ''] = seen;
    ports.objects.set(first, new TextEncoder().encode('<html>not a picture'));
    ports.objects.set(second, new Uint8Array([...jpeg, 9]));
    await reader.post(check, `/apply/${draftOf(check)}/submit`);
    expect(ports.looked.slice(seen.length).sort()).toEqual([first, second].sort());
    const [file] = ports.cases.values();
    const kept = file?.case.papers.map(({ fileId }) => fileId);
    expect(kept).not.toContain(first.split('/').at(-1));
    expect(kept).toContain(second.split('/').at(-1));
  });

  it('takes a file back out', async () => {
    const form = await start();
    const papers = await reader.post(form, form.path, fire);
    const paperId = /id="paper-([a-z-]+)"/.exec(papers.html)?.[1] ?? '';
    const page = await upload(papers, paperId, jpeg);
    const file = /name="file" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const after = await reader.post(page, `/apply/${draftOf(page)}/papers/remove`, { file });
    expect(after.status).toBe(200);
    expect(ports.objects.size).toBe(0);
  });
});

describe('tracking', () => {
  const track = async (caseNumber: string, code: string) =>
    reader.post(await reader.get('/track'), '/track', { caseNumber, code });

  it('opens the status page, however the code was typed', async () => {
    const page = await submitted();
    const status = await track(numberIn(page), codeIn(page).toLowerCase().replace(' ', '-'));
    expect(status.path).toMatch(/^\/track\/case\//);
    expect(status.text).toContain('正在检查材料');
    expect(status.text).not.toContain('林海生');
    expect(status.text).not.toContain('11010519491231002X');
  });

  it('says the same of an unknown number and of a wrong code, and keeps the number', async () => {
    const page = await submitted();
    const unknown = await track('DB-2016-99999', codeIn(page));
    const wrong = await track(numberIn(page), 'AAAA AAAA');
    for (const answer of [unknown, wrong]) expect(answer.status).toBe(422);
    const errorOf = (answer: Page) => /error-summary__list[\s\S]*?<\/ul>/.exec(answer.html)?.[0];
    expect(errorOf(unknown)).toBe(errorOf(wrong));
    expect(unknown.html).toContain('value="DB-2016-99999"');
  });

  it('stops guessing after a while', async () => {
    const page = await submitted();
    let answer = await track(numberIn(page), 'AAAA AAAA');
    for (let tries = 0; tries < 40; tries += 1) answer = await track(numberIn(page), 'AAAA AAAA');
    expect(answer.status).toBe(429);
  });

  it('ends the view after two hours, and when the code is re-issued', async () => {
    const page = await submitted();
    const status = await track(numberIn(page), codeIn(page));
    const [file] = ports.cases.values();
    ports.cases.set(file!.case.caseId, { ...file!, case: { ...file!.case, trackingCodeHash: 'another' } });
    expect((await reader.get(status.path)).path).toBe('/track?ended=1');
    ports.cases.set(file!.case.caseId, file!);
    expect((await reader.get(status.path)).path).toBe(status.path);
    ports.clock.now = addHours(ports.clock.now, 3);
    expect((await reader.get(status.path)).path).toBe('/track?ended=1');
  });

  it('withdraws on a page of its own, once', async () => {
    const page = await submitted();
    const status = await track(numberIn(page), codeIn(page));
    const ask = await reader.get(`${status.path}/withdraw`);
    const done = await reader.post(ask, `${status.path}/withdraw`);
    expect(done.text).toContain('申请已经撤回');
    const again = await reader.post(ask, `${status.path}/withdraw`);
    expect(again.text).toContain('没有重复办理');
  });

  it('withdraws once when the button is pressed twice at one moment, and neither press is told off', async () => {
    const page = await submitted();
    const status = await track(numberIn(page), codeIn(page));
    const ask = await reader.get(`${status.path}/withdraw`);
    const press = () => reader.post(ask, `${status.path}/withdraw`);
    const both = (await Promise.all([press(), press()])).map(({ text }) => text);
    expect(both.filter((text) => text.includes('申请已经撤回'))).toHaveLength(1);
    expect(both.filter((text) => text.includes('没有重复办理'))).toHaveLength(1);
  });

  it('takes somebody else’s account after a failed payment only with its proof, and one’s own at once', async () => {
    const page = await submitted();
    const status = await track(numberIn(page), codeIn(page));
    const [first] = ports.cases.values();
    const { caseId } = first!.case;
    ports.cases.set(caseId, {
      ...first!,
      case: { ...first!.case, status: 'in-payment' },
      payouts: [failedPayout(caseId)],
    });
    const form = await reader.get(`${status.path}/propose-account`);
    const account = { payeeKind: 'heir', payeeBankName: '工商银行盐场支行', payeeAccountNumber: '6222021234567890128' };
    const untold = await reader.post(form, form.path, account);
    expect([untold.status, untold.text.includes('请填写：开户人姓名')]).toEqual([422, true]);
    const heir = { ...account, payeeHolderName: '林小海', payeeRelation: '女儿' };
    const papers = await reader.post(form, form.path, heir);
    expect(papers.path).toMatch(/^\/apply\/.*\/papers$/);
    expect(papers.text).toContain('这个账户不是申请人本人的，请上传证明');
    expect(papers.text).toContain('收款人证明');
    for (const other of ['现场照片', '消防出警证明', '身份证正反面']) expect(papers.text).not.toContain(other);
    const without = await reader.post(papers, papers.path);
    expect([without.status, without.text.includes('还缺：收款人证明')]).toEqual([422, true]);
    expect(ports.cases.get(caseId)!.case).not.toHaveProperty('proposedPayee');
    for (const page of ['form', 'check']) {
      const led = await reader.get(`/apply/${draftOf(papers)}/${page}`);
      expect(led.path).toMatch(/\/propose-account$|\/papers$/);
    }

    const uploaded = await upload(without, 'payee-proof', jpeg);
    const done = await reader.post(uploaded, papers.path);
    expect([done.path, done.text.includes('新账户已经提交')]).toEqual([`${status.path}?done=account-proposed`, true]);
    const { case: it } = ports.cases.get(caseId)!;
    expect(it).toMatchObject({ proposedPayee: { kind: 'heir', holderName: '林小海', relation: '女儿' } });
    const [file] = it.papers.filter(({ paperId }) => paperId === 'payee-proof');
    expect(it.proposal!.proofFileIds).toEqual([file!.fileId]);
    expect(file!.objectKey).toBe(`cases/${caseId}/payee-proof/${file!.fileId}`);
    expect(ports.objects.has(file!.objectKey)).toBe(true);

    const own = await reader.post(form, form.path, { ...account, payeeKind: 'self' });
    expect(own.text).toContain('新账户已经提交');
    expect(ports.cases.get(caseId)!.case).toMatchObject({ proposedPayee: { kind: 'self', holderName: '林海生' } });
  });

  it('corrects a returned application in the same form, filled in, with the ID number fixed', async () => {
    const page = await submitted();
    const status = await track(numberIn(page), codeIn(page));
    const [file] = ports.cases.values();
    ports.cases.set(file!.case.caseId, { ...file!, case: { ...file!.case, status: 'returned' } });
    const form = await reader.post(await reader.get(status.path), `${status.path}/correct`);
    expect(form.html).toContain('value="林海生"');
    expect(form.html).not.toContain('name="applicantIdNumber"');
    const papers = await reader.post(form, form.path, { ...fire, address: '新地址', applicantIdNumber: 'x' });
    const check = await reader.post(papers, `/apply/${draftOf(papers)}/papers`);
    const sent = await reader.post(check, `/apply/${draftOf(check)}/submit`);
    expect(sent.text).toContain('补正已经提交');
    const after = ports.cases.get(file!.case.caseId);
    expect(after?.case.applicant).toMatchObject({ address: '新地址', idNumber: '11010519491231002X' });
    expect(after?.case.papers).toEqual(file!.case.papers);
  });

  it('says on each page of a correction what has to be corrected, and on no page of another draft', async () => {
    const page = await submitted();
    const status = await track(numberIn(page), codeIn(page));
    const [file] = ports.cases.values();
    const note = '照片看不清，请重拍';
    const missing = [{ item: 'paper:photographs', label: { zh: '现场照片', en: 'Photographs' }, note }];
    ports.cases.set(file!.case.caseId, { ...file!, case: { ...file!.case, status: 'returned', missing } });
    const form = await reader.post(await reader.get(status.path), `${status.path}/correct`);
    const papers = await reader.post(form, form.path, { ...fire });
    const wrong = await reader.post(form, form.path, { ...fire, phone: 'x' });
    for (const each of [form, papers, wrong]) expect(each.text).toContain(`现场照片：${note}`);
    ports.cases.set(file!.case.caseId, { ...file!, case: { ...file!.case, missing } });
    const edit = await reader.post(await reader.get(status.path), `${status.path}/edit`);
    expect(edit.path).toMatch(/form$/);
    expect(edit.text).not.toContain(note);
  });

  it('takes no step that the case does not allow', async () => {
    const page = await submitted();
    const status = await track(numberIn(page), codeIn(page));
    for (const action of ['correct', 'reopen', 'propose-account']) {
      const answer = await reader.post(status, `${status.path}/${action}`);
      expect(answer.status).toBe(409);
      expect(answer.text).toContain('没有保存任何改动');
    }
  });
});

describe('the notice board', () => {
  it('prints a masked name and nothing that a notice must not print', async () => {
    await submitted();
    const [file] = ports.cases.values();
    const notice = { noticeFrom: asLocalDate('2016-10-08'), noticeUntil: addHours(ports.clock.now, 120) };
    ports.cases.set(file!.case.caseId, { ...file!, case: { ...file!.case, status: 'on-notice', ...notice } });
    const board = await reader.get('/notices');
    expect(board.text).toContain('林*生');
    for (const secret of ['林海生', '11010519491231002X', '6222', '13800138000', '生活区'])
      expect(board.text).not.toContain(secret);
    const object = await reader.get(`/notices/${file!.case.caseNumber}/object`);
    const empty = await reader.post(object, object.path, {});
    expect(empty.status).toBe(422);
  });

  it('knows no page for a case that is not on notice', async () => {
    const page = await submitted();
    expect((await reader.get(`/notices/${numberIn(page)}/object`)).status).toBe(404);
  });
});
