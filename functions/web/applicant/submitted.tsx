import { firstTrackingCode, plainTrackingCode, spacedTrackingCode } from '../../../shared/cases/tracking-code.ts';
import type { CaseId } from '../../../shared/kernel/ids.ts';
import { addHours } from '../../../shared/kernel/time.ts';
import { ButtonLink, InsetText, Panel, WarningText } from '../../../shared/web/controls/index.ts';
import { Page } from '../../../shared/web/layout.tsx';
import { statusAfter } from './change-case.tsx';
import type { ApplicantDeps } from './deps.ts';
import { codeShownHours } from './draft.ts';
import { openDraft } from './keep-draft.ts';
import { type ApplicantApp, draftGonePage } from './page-context.tsx';

/**
 * The confirmation. The case number is shown as long as the draft lives; the tracking code for an hour, so that an answer
 * lost on the way can be loaded again, and only while it is still the case's code.
 */
export function submittedRoutes(app: ApplicantApp, deps: ApplicantDeps): void {
  app.get('/apply/:draft/submitted', async (c) => {
    const open = await openDraft(c, deps);
    if (open === undefined) return draftGonePage(c);
    const { draft, programme } = open;
    const { submitted } = draft;
    if (submitted === undefined) return c.redirect(`/apply/${draft.draftId}/check`, 303);
    if (draft.purpose.kind !== 'new') return c.redirect(statusAfter(draft.purpose), 303);
    const { lang, words } = c.var;
    const { submitted: say } = words.applicant;
    const code = deps.now() < addHours(submitted.at, codeShownHours) ? await codeOf(deps, submitted.caseId) : undefined;
    return c.html(
      <Page lang={lang} title={say.title} heading={false} path={c.req.path}>
        <Panel title={say.title}>
          {say.caseNumber}
          <br />
          <strong>{submitted.caseNumber}</strong>
          {code === undefined ? null : (
            <>
              <br />
              {say.code}
              <br />
              <strong>{spacedTrackingCode(code)}</strong>
            </>
          )}
        </Panel>
        {code === undefined ? <InsetText>{say.codeHidden}</InsetText> : <WarningText>{say.codeOnce}</WarningText>}
        {code === undefined ? null : (
          <button class="govuk-button govuk-button--secondary" type="button" data-print hidden>
            {words.common.print}
          </button>
        )}
        <h2 class="govuk-heading-m">{say.next}</h2>
        <p class="govuk-body">{`${programme.names[lang]}${lang === 'zh' ? '：' : ': '}${say.nextText}`}</p>
        <p class="govuk-body">{say.email}</p>
        <ButtonLink href="/track">{say.track}</ButtonLink>
      </Page>,
    );
  });
}

async function codeOf(deps: ApplicantDeps, caseId: CaseId) {
  const code = firstTrackingCode(deps.secrets.session, caseId);
  const hash = await deps.store.hashTrackingCode(plainTrackingCode(code));
  return (await deps.store.trackingCodeHashOf(caseId)) === hash ? code : undefined;
}
