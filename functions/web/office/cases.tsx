import { can } from '../../../shared/cases/can.ts';
import type { Around, CaseFile, Decided } from '../../../shared/cases/case-file.ts';
import { decideAccount } from '../../../shared/cases/change-account.ts';
import { reassignRequest, reissueLink, reissueTrackingCode } from '../../../shared/cases/office-actions.ts';
import { newTrackingCode, plainTrackingCode, spacedTrackingCode } from '../../../shared/cases/tracking-code.ts';
import { formatMoney } from '../../../shared/i18n/format.ts';
import { personIdSchema, requestIdSchema } from '../../../shared/kernel/ids.ts';
import { fen } from '../../../shared/kernel/money.ts';
import { ButtonLink, Panel, WarningText } from '../../../shared/web/controls/index.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import { emptyForm, type FormErrors } from '../../../shared/web/form-state.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import { type Reading, readPost, refusalWords, type StaffApp } from '../staff/staff-context.ts';
import { StaffPage } from '../staff/staff-page.tsx';
import { casePage } from './case-page.tsx';
import { openCase } from './open-case.ts';

type OfficeAction = 'decide-account' | 'reassign' | 'reissue-link' | 'reissue-code';
type Read = { readonly errors: FormErrors } | { readonly decide: (file: CaseFile, around: Around) => Decided };

/** One case, whole, and what the office does to it. */
export function caseRoutes(app: StaffApp, deps: StaffDeps): void {
  app.get('/office/cases/:caseId', async (c) => {
    const opened = await openCase(c, deps);
    return opened.kind === 'answered' ? opened.response : c.html(await casePage(c, deps, opened, emptyForm));
  });

  app.get('/office/cases/:caseId/papers/:fileId', async (c) => {
    const opened = await openCase(c, deps);
    if (opened.kind === 'answered') return opened.response;
    const paper = opened.file.case.papers.find(({ fileId }) => fileId === c.req.param('fileId'));
    return paper === undefined ? errorPage(c, 404) : c.redirect(await deps.paperUrl(paper), 303);
  });

  app.post('/office/cases/:caseId/reassign', (c) =>
    act(c, deps, 'reassign', 'toPersonId', (form) => {
      const requestId = requestIdSchema.safeParse(form.text('requestId'));
      const to = personIdSchema.safeParse(form.text('toPersonId'));
      if (!requestId.success || !to.success) return { errors: { toPersonId: c.var.words.office.case.reassignChoose } };
      const asked = { personId: c.var.member.personId, requestId: requestId.data, toPersonId: to.data };
      return { decide: (file, around) => reassignRequest(file, around, asked) };
    }),
  );

  app.post('/office/cases/:caseId/reissue-link', (c) =>
    act(c, deps, 'reissue-link', 'toPersonId', (form) => {
      const requestId = requestIdSchema.safeParse(form.text('requestId'));
      const personId = personIdSchema.safeParse(form.text('personId'));
      if (!requestId.success || !personId.success)
        return { errors: { toPersonId: c.var.words.office.case.reassignChoose } };
      const seat = { requestId: requestId.data, personId: personId.data, by: c.var.member.personId };
      return { decide: (file, around) => reissueLink(file, around, seat) };
    }),
  );

  app.post('/office/cases/:caseId/account', (c) =>
    act(c, deps, 'decide-account', 'note', (form) => {
      const approves = form.text('approves') === 'yes';
      const note = form.text('note');
      if (!approves && note === '') return { errors: { note: c.var.words.approver.fault.note } };
      const { personId } = c.var.member;
      return {
        decide: (file, around) =>
          // What is approved is what was seen: the applicant may have proposed another account meanwhile.
          form.text('proposedAt') === file.case.proposedPayeeAt
            ? decideAccount(file, around, { personId, approves, note })
            : { kind: 'refused', code: 'content-changed' },
      };
    }),
  );

  app.post('/office/cases/:caseId/reissue-code', async (c) => {
    const code = newTrackingCode();
    const codeHash = await deps.store.hashTrackingCode(plainTrackingCode(code));
    const answered = await act(c, deps, 'reissue-code', 'isIdentityChecked', (form) => {
      if (form.text('isIdentityChecked') !== 'yes')
        return { errors: { isIdentityChecked: c.var.words.office.case.identityMissing } };
      const { personId } = c.var.member;
      return { decide: (file, around) => reissueTrackingCode(file, around, { personId, codeHash }) };
    });
    return answered.status === 303 ? codePage(c, deps, code) : answered;
  });
}

async function act(
  c: Reading,
  deps: StaffDeps,
  action: OfficeAction,
  name: string,
  read: (form: FormBody) => Read,
): Promise<Response> {
  const posted = await readPost(c, deps.secrets.csrf);
  if (posted.kind === 'answered') return posted.response;
  const opened = await openCase(c, deps);
  if (opened.kind === 'answered') return opened.response;
  const actor = { kind: 'staff', member: c.var.member } as const;
  const { file, around } = opened;
  const first = can(actor, { action, file, around });
  if (!first.allowed && first.code === 'not-allowed') return errorPage(c, 403);
  const { values } = posted.form;
  const typed = read(posted.form);
  if ('errors' in typed) return c.html(await casePage(c, deps, opened, { values, errors: typed.errors }), 422);
  const decide = (fileNow: CaseFile, aroundNow: Around): Decided => {
    const allowed = can(actor, { action, file: fileNow, around: aroundNow });
    return allowed.allowed ? typed.decide(fileNow, aroundNow) : { kind: 'refused', code: allowed.code };
  };
  // First on the reading that was just made; anew only where somebody was faster.
  const reading = { file, around };
  const outcome = await deps.actOnCase(file.case.caseId, decide, { awards: false, reading });
  if (outcome.kind === 'done') {
    // Whoever was only asked for their approval sees the case no longer.
    const seesOn = can(actor, { action: 'view-case', file: outcome.file, around }).allowed;
    return c.redirect(seesOn ? `/office/cases/${file.case.caseId}?done=1` : '/office', 303);
  }
  if (outcome.kind === 'unknown-case') return errorPage(c, 404);
  const said = refusalWords(c.var.words, outcome, (amount) => formatMoney(fen(amount), c.var.lang));
  return c.html(await casePage(c, deps, opened, { values, errors: { [name]: said } }), 409);
}

/** The new code, shown this once: only its hash is stored. */
function codePage(c: Reading, deps: StaffDeps, code: string) {
  const say = c.var.words.office.case;
  return c.html(
    <StaffPage c={c} deps={deps} title={say.codeTitle}>
      <Panel title={say.codeTitle}>{spacedTrackingCode(code)}</Panel>
      <WarningText>{say.codeOnce}</WarningText>
      <ButtonLink href={`/office/cases/${c.req.param('caseId') ?? ''}`}>{say.back}</ButtonLink>
    </StaffPage>,
  );
}
