import { programmeIdSchema } from '../../../shared/kernel/ids.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import { Button, Form } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import { Page } from '../../../shared/web/layout.tsx';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { ApplicantDeps } from './deps.ts';
import { beginDraft } from './keep-draft.ts';
import { type ApplicantApp, type Reading, readPost, sourceAddress } from './page-context.tsx';
import { AboutProgramme } from './about-programme.tsx';

/** Drafts that one address may begin in an hour: many households share an office's or a mobile network's address. */
const mostDraftsPerHour = 120;

/** The first page, the page about a programme, and the beginning of an application. */
export function homeRoutes(app: ApplicantApp, deps: ApplicantDeps): void {
  const current = () => deps.store.currentProgrammes(localDateOf(deps.now()));
  const programmeNamed = async (id: string): Promise<ProgrammeVersion | undefined> => {
    const parsed = programmeIdSchema.safeParse(id);
    return parsed.success ? (await current()).find((each) => each.id === parsed.data) : undefined;
  };

  app.get('/', async (c) => c.html(homePage(c, await current())));
  app.get('/apply', (c) => c.redirect('/', 303));

  app.get('/programmes/:id', async (c) => {
    const programme = await programmeNamed(c.req.param('id'));
    if (programme === undefined) return errorPage(c, 404);
    const { lang, words } = c.var;
    return c.html(
      <Page lang={lang} title={programme.names[lang]} caption={words.applicant.title} path={c.req.path} backHref="/">
        <AboutProgramme programme={programme} lang={lang} />
        <Form action="/apply" csrf={issueCsrf(c, deps.secrets.csrf)} hidden={{ programme: programme.id }}>
          <p class="govuk-body">{words.applicant.programme.minutes}</p>
          <Button>{words.applicant.programme.start}</Button>
        </Form>
      </Page>,
    );
  });

  app.post('/apply', async (c) => {
    const posted = await readPost(c, deps.secrets.csrf);
    if (posted.kind === 'answered') return posted.response;
    const [programme, isWithinLimit] = await Promise.all([
      programmeNamed(posted.form.text('programme')),
      deps.store.isWithinLimit(`apply#${sourceAddress(c)}`, 3600, mostDraftsPerHour, deps.now()),
    ]);
    if (programme === undefined) return errorPage(c, 404);
    if (!isWithinLimit) return errorPage(c, 429);
    const draft = await beginDraft(c, deps, { purpose: { kind: 'new' }, typed: {}, files: [], programme });
    return c.redirect(`/apply/${draft.draftId}/form`, 303);
  });
}

function homePage(c: Reading, programmes: readonly ProgrammeVersion[]) {
  const { lang, words } = c.var;
  const { home } = words.applicant;
  return (
    <Page lang={lang} title={home.title} path={c.req.path}>
      <p class="govuk-body-l">{home.lead}</p>
      <h2 class="govuk-heading-m">{home.programmes}</h2>
      <ul class="app-cards">
        {programmes.map((programme) => (
          <li class="app-card">
            <h3 class="govuk-heading-s">
              <a class="govuk-link" href={`/programmes/${programme.id}`}>
                {programme.names[lang]}
              </a>
            </h3>
            <p class="govuk-body">{programme.summary[lang]}</p>
          </li>
        ))}
      </ul>
      <p class="govuk-body">{home.needHelp}</p>
      <h2 class="govuk-heading-m">
        <a class="govuk-link" href="/track">
          {home.tracking}
        </a>
      </h2>
      <p class="govuk-body">{home.trackingHint}</p>
      <h2 class="govuk-heading-m">
        <a class="govuk-link" href="/notices">
          {home.notices}
        </a>
      </h2>
      <p class="govuk-body">{home.noticesHint}</p>
      <p class="govuk-body">
        <a class="govuk-link" href="/sign-in">
          {home.staff}
        </a>
      </p>
    </Page>
  );
}
