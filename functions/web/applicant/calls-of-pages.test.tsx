import { beforeEach, describe, expect, it } from 'vitest';
import { noAudit } from '../../../shared/kernel/audit.ts';
import { personIdSchema } from '../../../shared/kernel/ids.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import { applicantPorts } from '../../../test/support/applicant-ports.ts';
import { notedCalls } from '../../../test/support/noted-calls.ts';
import { type Page, pageReader } from '../../../test/support/page-reader.ts';
import { typedFire } from '../../../test/support/typed-fire.ts';
import { applicantApp } from './applicant-app.tsx';

const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]);

let ports: ReturnType<typeof applicantPorts>;
let calls: ReturnType<typeof notedCalls>;
let reader: ReturnType<typeof pageReader>;
let units: string[];
let staff: StaffMember[];

beforeEach(() => {
  ports = applicantPorts();
  calls = notedCalls();
  units = ['制盐一厂'];
  staff = [];
  const patches = async () => (await ports.deps.store.patches()).map((patch) => ({ ...patch, units }));
  const store = calls.note({ ...ports.deps.store, patches, staff: async () => staff });
  reader = pageReader(applicantApp({ ...ports.deps, store, evidence: calls.note(ports.deps.evidence) }));
});

const begin = async () =>
  reader.post(await reader.get('/programmes/fire-damage'), '/apply', { programme: 'fire-damage' });
const at = (page: Page): string => page.path.replace(/\/[a-z]+(\?.*)?$/, '');

/** The key under which the page's form would upload this paper. */
const keyOn = (page: Page, paperId: string): string =>
  new RegExp(`value="(drafts/[^"]+/${paperId}/[^"]+)"`).exec(page.html)?.[1] ?? '';

function upload(page: Page, paperId: string): Promise<Page> {
  const key = keyOn(page, paperId);
  ports.objects.set(key, jpeg);
  return reader.get(`${at(page)}/papers?key=${encodeURIComponent(key)}`);
}

/** The page where the answers are checked, with the two photographs that a fire asks for at once. */
async function toCheck(typed: Record<string, string> = typedFire): Promise<Page> {
  const form = await begin();
  let page = await reader.post(form, form.path, typed);
  for (const paperId of ['photographs', 'photographs']) page = await upload(page, paperId);
  return reader.post(page, `${at(page)}/papers`);
}

describe('what the pages of an application ask for', () => {
  it('reads the draft and the units at once where the form is judged, and no units for the papers', async () => {
    const about = await reader.get('/programmes/fire-damage');
    calls.taken();
    const form = await reader.post(about, '/apply', { programme: 'fire-damage' });
    expect(calls.taken()).toEqual(['currentProgrammes + isWithinLimit', 'saveDraft', 'loadDraft + patches']);
    const papers = await reader.post(form, form.path, typedFire);
    expect(calls.taken()).toEqual(['loadDraft + patches', 'saveDraft', 'loadDraft', 'list']);
    const page = await upload(papers, 'id-card');
    expect(calls.taken()).toEqual(['loadDraft', 'look', 'saveDraft']);
    await reader.post(page, `${at(page)}/papers`);
    expect(calls.taken()).toEqual(['loadDraft', 'list']);
    // An older page, which would have emptied the form: what is kept of it is known from the one reading.
    expect((await reader.post(form, form.path, {})).status).toBe(409);
    expect(calls.taken()).toEqual(['loadDraft + patches', 'saveDraft']);
    const check = await toCheck();
    expect(check.path).toMatch(/\/check$/);
    calls.taken();
    await reader.get(check.path);
    expect(calls.taken()).toEqual(['loadDraft + patches']);
  });

  it('looks for an earlier sending, then does at once what does not depend on each other, and reads the code alone', async () => {
    const check = await toCheck();
    calls.taken();
    const done = await reader.post(check, `${at(check)}/submit`);
    expect(done.path).toMatch(/\/submitted$/);
    expect(calls.taken()).toEqual([
      'loadDraft + patches',
      'list',
      'loadCaseFile',
      'householdFor + recordIncident + copy + copy + nextCaseNumber',
      'createCase',
      'saveDraft',
      'loadDraft',
      'trackingCodeHashOf',
    ]);
    const [file] = ports.cases.values();
    expect(file?.case).toMatchObject({ patchId: 'north', beneficiaryId: 'P1' });
    expect(file?.case.caseNumber).toMatch(/^[A-Z]{2}-2016-/);
  });

  it('finds what was sent before, if only the draft does not know of it, and draws no second number', async () => {
    const check = await toCheck();
    const drafts = [...ports.drafts];
    const first = await reader.post(check, `${at(check)}/submit`);
    for (const [secret, draft] of drafts) ports.drafts.set(secret, draft);
    calls.taken();
    const second = await reader.post(check, `${at(check)}/submit`);
    expect(calls.taken().slice(0, 4)).toEqual(['loadDraft + patches', 'list', 'loadCaseFile', 'saveDraft']);
    expect(second.text).toBe(first.text);
    expect(ports.cases.size).toBe(1);
  });

  it('reads the staff where somebody else has filled it in, and whoever of them it was may not decide', async () => {
    staff = [
      {
        ...{ personId: personIdSchema.parse('officer'), name: '王 会计', email: 'officer@union.example' },
        ...{ appointments: [], version: 1, audit: noAudit },
      },
    ];
    const by = {
      enteredFor: 'someone-else',
      enteredByName: '王会计',
      enteredByPhone: '13800138001',
      enteredByRelation: '同事',
    };
    const check = await toCheck({ ...typedFire, ...by });
    calls.taken();
    await reader.post(check, `${at(check)}/submit`);
    expect(calls.taken().join(' + ').split(' + ')).toContain('staff');
    expect([...ports.cases.values()].map((file) => file.case.enteredById)).toEqual(['officer']);
  });

  it('asks for a unit that is no more as soon as the answers are checked, and takes none when they are sent', async () => {
    const check = await toCheck();
    units = ['养殖公司'];
    const papers = await reader.get(`${at(check)}/papers`);
    expect(papers.status).toBe(200);
    for (const page of [await reader.get(check.path), await reader.post(check, `${at(check)}/submit`)]) {
      expect(page.path).toMatch(/\/form\?check=1$/);
      expect(page.html).toContain('<li><a href="#unit">');
    }
    expect(ports.cases.size).toBe(0);
  });
});
