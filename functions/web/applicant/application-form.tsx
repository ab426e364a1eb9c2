import type { Context } from 'hono';
import type { Lang } from '../../../shared/i18n/lang.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import type { Patch } from '../../../shared/register/household.ts';
import { Button, Form } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import type { FormState, FormValues } from '../../../shared/web/form-state.ts';
import { Page } from '../../../shared/web/layout.tsx';
import { useWords } from './use-words.ts';
import { ApplicantPart, ConsentPart, PayeePart } from './common-part.tsx';
import type { ApplicantDeps } from './deps.ts';
import type { Draft } from './draft.ts';
import { faultWords } from './fault-words.ts';
import { type OpenDraft, openDraft, saveDraft } from './keep-draft.ts';
import { keepWhatIsNewer, shownField, shownOf } from './old-page.ts';
import { OldPageNotice } from './old-page-notice.tsx';
import { type ApplicantApp, draftGonePage, type Reading, readPost } from './page-context.tsx';
import { ProgrammeField, rowsAtFirst } from './programme-field.tsx';
import { isFormName, type ReadApplication, readApplication } from './read-application.ts';
import { ToCorrect } from './to-correct.tsx';

/** The form of a draft read as it stands. `patches` have the units that may be chosen; without them the unit is not looked at. */
export const readDraft = (
  deps: ApplicantDeps,
  { draft, programme }: Pick<OpenDraft, 'draft' | 'programme'>,
  patches?: readonly Patch[],
): ReadApplication =>
  readApplication(programme, draft.typed, {
    today: localDateOf(deps.now()),
    ...(patches !== undefined && { units: unitsOf(patches) }),
  });

const unitsOf = (patches: readonly Patch[]): string[] => patches.flatMap(({ units }) => units);

/** `GET` and `POST /apply/:draft/form`. A POST saves what was typed before it looks whether it is right, and takes nothing away that was saved meanwhile. */
export function applicationFormRoutes(app: ApplicantApp, deps: ApplicantDeps): void {
  app.get('/apply/:draft/form', async (c) => {
    const [open, patches] = await Promise.all([openDraft(c, deps), deps.store.patches()]);
    if (open === undefined) return draftGonePage(c);
    if (open.draft.submitted !== undefined) return c.redirect(`/apply/${open.draft.draftId}/submitted`, 303);
    if (open.draft.purpose.kind === 'propose-account') return c.redirect(accountPageOf(open.draft.purpose.caseId), 303);
    const faults = c.req.query('check') === undefined ? [] : readDraft(deps, open, patches).faults;
    return c.html(formPage(c, deps, open, patches, faults));
  });

  app.post('/apply/:draft/form', async (c) => {
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const [found, patches] = await Promise.all([openDraft(c, deps), deps.store.patches()]);
    if (found === undefined) return draftGonePage(c);
    if (found.draft.submitted !== undefined) return c.redirect(`/apply/${found.draft.draftId}/submitted`, 303);
    if (found.draft.purpose.kind === 'propose-account')
      return c.redirect(accountPageOf(found.draft.purpose.caseId), 303);
    const adding = posted.form.text('_add');
    const sent = withTyped(found, posted.form.values, adding);
    const { draft, kept } = keepWhatIsNewer(found.draft, sent, posted.form.text(shownField));
    await saveDraft(deps, draft);
    const open = { ...found, draft };
    if (kept.length > 0) return c.html(formPage(c, deps, open, patches, [], kept), 409);
    if (adding !== '') return c.redirect(`/apply/${draft.draftId}/form#${adding}`, 303);
    const { faults } = readDraft(deps, open, patches);
    if (faults.length > 0) return c.html(formPage(c, deps, open, patches, faults), 422);
    return c.redirect(`/apply/${draft.draftId}/papers`, 303);
  });
}

/** The form of another account stands on the case's own pages. */
const accountPageOf = (caseId: string): string => `/track/case/${caseId}/propose-account`;

/** The draft with what was typed, right or wrong, and three more rows of the list that was asked for. */
function withTyped({ draft, programme }: OpenDraft, values: FormValues, adding: string): Draft {
  const known = Object.entries(values).filter(([name]) => isFormName(programme, name));
  const typed = Object.fromEntries(known.map(([name, each]) => [name, [...each]]));
  const fixed = draft.purpose.kind === 'new' ? {} : { applicantIdNumber: draft.typed['applicantIdNumber'] ?? [] };
  const list = programme.form.find((field) => field.type === 'list' && field.name === adding);
  const rows = list === undefined ? draft.rows : { ...draft.rows, [adding]: rowsShown(draft, adding) + 3 };
  return { ...draft, typed: { ...typed, ...fixed }, rows };
}

/** As many rows as were asked for, and never fewer than hold something. */
function rowsShown(draft: Draft, list: string): number {
  const filled = Object.entries(draft.typed).flatMap(([name, values]) => {
    const [own, row = ''] = name.split('.');
    return own === list && values.some((value) => value.trim() !== '') ? [Number(row) + 1] : [];
  });
  return Math.max(rowsAtFirst, draft.rows[list] ?? 0, ...filled);
}

function formPage(
  c: Reading,
  deps: ApplicantDeps,
  { draft, programme, toCorrect }: OpenDraft,
  patches: readonly Patch[],
  faults: ReadApplication['faults'],
  kept: readonly string[] = [],
) {
  const { lang, words } = c.var;
  const { form: formWords } = words.applicant;
  const form = { values: draft.typed, errors: faultWords(faults, programme, lang, words) };
  const titles = {
    new: formWords.title({ programme: programme.names[lang] }),
    resubmit: formWords.correctTitle,
    edit: formWords.editTitle,
    'add-papers': formWords.correctTitle,
    'propose-account': words.applicant.account.title,
  };
  return (
    <Page
      lang={lang}
      title={titles[draft.purpose.kind]}
      caption={draft.purpose.kind === 'new' ? undefined : programme.names[lang]}
      errors={form.errors}
      backHref={draft.purpose.kind === 'new' ? `/programmes/${programme.id}` : `/track/case/${draft.purpose.caseId}`}
      notice={kept.length > 0 ? <OldPageNotice kept={kept} programme={programme} lang={lang} /> : null}
      {...pathOnGet(c)}
    >
      {faults.length > 0 ? <p class="govuk-body">{formWords.kept}</p> : null}
      <ToCorrect items={toCorrect} lang={lang} />
      <Form
        action={`/apply/${draft.draftId}/form`}
        csrf={issueCsrf(c, deps.secrets.csrf)}
        hidden={{ [shownField]: shownOf(draft) }}
      >
        {/* The Enter key presses a form's first button: without this one it would add a row to a list. */}
        <button type="submit" class="govuk-visually-hidden" tabindex={-1} aria-hidden="true">
          {formWords.saveAndContinue}
        </button>
        <ApplicantPart
          form={form}
          units={unitsOf(patches)}
          fixedIdNumber={draft.purpose.kind === 'new' ? undefined : draft.typed['applicantIdNumber']?.[0]}
        />
        <OwnPart programme={programme} draft={draft} form={form} lang={lang} />
        <PayeePart form={form} />
        <ConsentPart form={form} />
        <Button>{formWords.saveAndContinue}</Button>
      </Form>
    </Page>
  );
}

/** On an answer to a POST there is no language switch: following it would look like going back. */
const pathOnGet = (c: Context) => (c.req.method === 'GET' ? { path: c.req.path } : {});

function OwnPart({
  programme,
  draft,
  form,
  lang,
}: {
  programme: ProgrammeVersion;
  draft: Draft;
  form: FormState;
  lang: Lang;
}) {
  const words = useWords().applicant.form;
  return (
    <>
      <h2 class="govuk-heading-m">{words.ownPart({ programme: programme.names[lang] })}</h2>
      {programme.form.map((field) => (
        <ProgrammeField
          field={field}
          programme={programme}
          form={form}
          lang={lang}
          rows={rowsShown(draft, field.name)}
        />
      ))}
    </>
  );
}
