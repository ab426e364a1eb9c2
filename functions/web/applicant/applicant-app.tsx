import { applicantWordsOf } from '../../../shared/i18n/applicant-words.ts';
import { webApp } from '../../../shared/web/web-app.tsx';
import { applicationFormRoutes } from './application-form.tsx';
import { caseActionRoutes } from './case-actions.tsx';
import { checkAnswersRoutes } from './check-answers.tsx';
import type { ApplicantDeps } from './deps.ts';
import { homeRoutes } from './home.tsx';
import { noticeBoardRoutes } from './notice-board.tsx';
import { objectionAnswerRoutes } from './objection-answer.tsx';
import { objectionRoutes } from './objection.tsx';
import type { ApplicantApp } from './page-context.tsx';
import { papersRoutes } from './papers.tsx';
import { statusRoutes } from './status.tsx';
import { submittedRoutes } from './submitted.tsx';
import { trackRoutes } from './track.tsx';

/** A draft is one item of the store (400 kB with its seal): what is typed has to stay well below. */
const maxBodyBytes = 128 * 1024;

/** The pages for applicants, from the first page to the money, and the notice board for everybody. */
export function applicantApp(deps: ApplicantDeps): ApplicantApp {
  const app = webApp({ wordsOf: applicantWordsOf, maxBodyBytes });
  homeRoutes(app, deps);
  applicationFormRoutes(app, deps);
  papersRoutes(app, deps);
  checkAnswersRoutes(app, deps);
  submittedRoutes(app, deps);
  trackRoutes(app, deps);
  statusRoutes(app, deps);
  caseActionRoutes(app, deps);
  noticeBoardRoutes(app, deps);
  objectionRoutes(app, deps);
  objectionAnswerRoutes(app, deps);
  return app;
}

/** Which request takes which action of a person on a case, for a test that walks lifecycles against pages. */
export const actionRoutes = {
  resubmit: ['POST', '/track/case/:id/correct'],
  edit: ['POST', '/track/case/:id/edit'],
  withdraw: ['POST', '/track/case/:id/withdraw'],
  reopen: ['POST', '/track/case/:id/reopen'],
  object: ['POST', '/notices/:number/object'],
  'add-papers': ['POST', '/track/case/:id/add-papers'],
  'propose-account': ['POST', '/track/case/:id/propose-account'],
} as const;
