import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { draftIdSchema, programmeIdSchema } from '../../../shared/kernel/ids.ts';
import { asInstant } from '../../../shared/kernel/time.ts';
import { applicantPorts } from '../../../test/support/applicant-ports.ts';
import { type Page, pageReader } from '../../../test/support/page-reader.ts';
import { typedFire } from '../../../test/support/typed-fire.ts';
import { applicantApp } from './applicant-app.tsx';
import type { Draft } from './draft.ts';
import { keepWhatIsNewer, shownOf } from './old-page.ts';

let ports: ReturnType<typeof applicantPorts>;
let reader: ReturnType<typeof pageReader>;

beforeEach(() => {
  ports = applicantPorts();
  reader = pageReader(applicantApp(ports.deps));
});

const begin = async () =>
  reader.post(await reader.get('/programmes/fire-damage'), '/apply', { programme: 'fire-damage' });

/** Sends the form as it stands on a page, with what was typed over it: a browser sends what the page hides along with it. */
function send(page: Page, typed: Record<string, string>, token?: string): Promise<Page> {
  const shown = /name="_shown" value="([^"]*)"/.exec(page.html)?.[1] ?? '';
  return reader.post(page, page.path, { _shown: shown, ...typed }, token);
}

/** What is saved under these names. */
const saved = (...names: readonly string[]): unknown[] => {
  const [draft] = ports.drafts.values();
  return names.map((name) => draft?.typed[name]?.[0]);
};

const asks = '保留了后来保存的内容';

describe('a form that is open in two tabs', () => {
  it('is not emptied by the one that was left as it was: the page shows what is saved, names it and asks', async () => {
    const old = await begin();
    await send(await reader.get(old.path), { ...typedFire, email: 'hai@union.example' });
    const { applicantName } = typedFire;
    const asked = await send(old, { applicantName, phone: '139 0013 9000', email: '', 'damage.0.item': '' });
    expect([asked.status, asked.text.includes(asks)]).toEqual([409, true]);
    expect(saved('phone', 'email', 'incidentPlace', 'consent', 'damage.0.item')).toEqual([
      '139 0013 9000',
      'hai@union.example',
      typedFire.incidentPlace,
      'yes',
      '冰箱',
    ]);
    expect(asked.html).toContain('value="hai@union.example"');
    expect(asked.html).toContain('<a class="govuk-link" href="#email">电子邮箱</a>');
    expect(asked.html).toContain('<a class="govuk-link" href="#damage.0.item">');
    expect(asked.html).not.toContain('href="#applicantName"');
    expect(asked.html).not.toContain('href="#phone"');
  });

  it('asks in English too, and every answer that it names is on the page', async () => {
    const old = await begin();
    await send(await reader.get(old.path), typedFire);
    await reader.get('/lang?to=en&back=/');
    const asked = await send(old, {});
    expect(asked.text).toContain('kept what was saved later');
    const named = [...asked.html.matchAll(/<a class="govuk-link" href="#([^"]+)"/g)].map(([, name = '']) => name);
    expect(named.toSorted()).toEqual(Object.keys(typedFire).toSorted());
    for (const name of named) expect(asked.html).toContain(`id="${name}"`);
  });

  it('saves what is sent from the page that asked, with or without what was put back', async () => {
    const old = await begin();
    await send(await reader.get(old.path), { ...typedFire, email: 'hai@union.example' });
    const asked = await send(old, {});
    const sent = await send({ ...asked, path: old.path }, { ...typedFire, email: '' });
    expect(sent.path).toMatch(/\/papers$/);
    expect(saved('email', 'phone')).toEqual(['', typedFire.phone]);
  });

  it('asks again, and loses nothing, where the old page is sent twice or its answer did not arrive', async () => {
    const old = await begin();
    await send(await reader.get(old.path), typedFire);
    const [one, two] = [await send(old, { phone: '1' }), await send(old, { phone: '1' })];
    expect([one.status, two.status]).toEqual([409, 409]);
    expect(saved('phone', 'address')).toEqual(['1', typedFire.address]);
  });

  it('does not set a correction back to what an old page still showed, and names it', async () => {
    const first = await begin();
    await send(first, typedFire);
    const old = await reader.get(first.path);
    await send(await reader.get(first.path), { ...typedFire, payeeAccountNumber: '6222 0212 3456 7890 144' });
    const asked = await send(old, { ...typedFire, phone: '139 0013 9000' });
    expect(asked.status).toBe(409);
    expect(asked.html.match(/<a class="govuk-link" href="#[^>]+>/g)).toEqual([
      '<a class="govuk-link" href="#payeeAccountNumber">',
    ]);
    expect(saved('payeeAccountNumber', 'phone')).toEqual(['6222 0212 3456 7890 144', '139 0013 9000']);
  });

  it('keeps the rows that only the other tab has, and adds those that the old one asks for', async () => {
    const old = await begin();
    const grown = await send(await reader.get(old.path), { ...typedFire, _add: 'damage' });
    await send(grown, { ...typedFire, 'damage.4.item': '床', 'damage.4.estimateFen': '300' });
    const asked = await send(old, { ...typedFire, _add: 'damage' });
    expect(asked.status).toBe(409);
    expect(asked.html).toContain('value="床"');
    expect(asked.html).toContain('name="damage.8.item"');
    expect(asked.html).not.toContain('error-summary');
  });

  it('asks too where the page does not say what it showed', async () => {
    const form = await begin();
    await reader.post(form, form.path, typedFire);
    expect((await reader.post(form, form.path, { phone: '1' })).status).toBe(409);
    expect(saved('address')).toEqual([typedFire.address]);
  });
});

describe('a form that is filled in on one page, as nearly everybody does', () => {
  it('takes a second press of the button, or a repetition after a lost answer, without a word', async () => {
    const form = await begin();
    const presses = await Promise.all([send(form, typedFire), send(form, typedFire)]);
    presses.push(await send(form, typedFire));
    for (const page of presses) expect(page.path).toMatch(/\/papers$/);
  });

  it('takes what is corrected, or added, on the copy that Back shows, without a word', async () => {
    const form = await begin();
    await send(form, typedFire);
    const corrected = { ...typedFire, phone: '139 0013 9000', payeeKind: 'heir', email: 'hai@union.example' };
    await send(form, { ...corrected, payeeHolderName: '林大海', payeeRelation: '父亲' });
    expect(saved('phone', 'payeeKind', 'email')).toEqual(['139 0013 9000', 'heir', 'hai@union.example']);
    expect((await send(form, corrected)).status).toBe(409);
  });

  it('lets an answer be deleted that the page showed, however often others were changed since', async () => {
    const form = await begin();
    await send(form, { ...typedFire, email: 'hai@union.example' });
    const shown = await reader.get(form.path);
    await send(shown, { ...typedFire, email: 'hai@union.example', phone: '139 0013 9000' });
    const sent = await send(shown, { ...typedFire, email: '', phone: '139 0013 9000' });
    expect(sent.path).toMatch(/\/papers$/);
    expect(saved('email')).toEqual(['']);
  });

  it('lets it be deleted on the page that answered a fault', async () => {
    const form = await begin();
    const wrong = await send(form, { ...typedFire, email: 'no address' });
    expect(wrong.status).toBe(422);
    const sent = await send(wrong, { ...typedFire, email: '' });
    expect(sent.path).toMatch(/\/papers$/);
  });
});

describe('what a page takes of a draft', () => {
  const names = ['phone', 'email', 'damage.0.item'];
  const text = fc.constantFrom('', ' ', '甲', '乙', 'a\nb');
  const typed = fc
    .tuple(text, text, text)
    .map((texts) => Object.fromEntries(names.map((name, at) => [name, texts[at]!])));
  const draftOf = (answers: Record<string, string>): Draft => ({
    ...{
      draftId: draftIdSchema.parse('D1'),
      secret: 's'.repeat(43),
      programmeId: programmeIdSchema.parse('fire-damage'),
    },
    ...{ programmeVersion: 1, purpose: { kind: 'new' }, rows: {}, files: [], refused: [] },
    startedAt: asInstant('2016-10-08T02:00:00.000Z'),
    typed: Object.fromEntries(Object.entries(answers).map(([name, each]) => [name, [each]])),
  });
  const answered = (some: Draft) => names.map((name) => (some.typed[name]?.[0] ?? '').trim());

  it('is all that it sends, where it shows what is saved', () => {
    fc.assert(
      fc.property(typed, typed, (saved, sent) => {
        const { draft: after, kept } = keepWhatIsNewer(draftOf(saved), draftOf(sent), shownOf(draftOf(saved)));
        expect([after.typed, kept]).toEqual([draftOf(sent).typed, []]);
      }),
    );
  });

  it('is never an emptiness, nor what it showed itself, in place of an answer that it did not show', () => {
    fc.assert(
      fc.property(typed, typed, typed, (shown, saved, sent) => {
        const { draft: after, kept } = keepWhatIsNewer(draftOf(saved), draftOf(sent), shownOf(draftOf(shown)));
        const [before, there, here] = [shown, saved, sent].map((each) => answered(draftOf(each)));
        const isKept = (at: number): boolean =>
          there![at] !== '' &&
          there![at] !== before![at] &&
          there![at] !== here![at] &&
          (here![at] === '' || here![at] === before![at]);
        expect(kept).toEqual(names.filter((_, at) => isKept(at)));
        expect(answered(after)).toEqual(names.map((_, at) => (isKept(at) ? there![at] : here![at])));
      }),
    );
  });

  it('does not follow from marks that were made for another draft, or for nothing', () => {
    const [saved, sent] = [draftOf({ phone: '甲' }), draftOf({ phone: '' })];
    for (const shown of [shownOf({ ...saved, secret: 'other' }), 'phone=', '=', 'x'.repeat(50), ''])
      expect(keepWhatIsNewer(saved, sent, shown).kept).toEqual(['phone']);
    expect(shownOf(saved)).toMatch(/^phone=[\w-]{8}$/);
  });
});
