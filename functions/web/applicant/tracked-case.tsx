import type { CaseFile } from '../../../shared/cases/case-file.ts';
import { type CaseId, caseIdSchema } from '../../../shared/kernel/ids.ts';
import { addHours } from '../../../shared/kernel/time.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import { ButtonLink } from '../../../shared/web/controls/index.ts';
import { openSigned, readHostCookie, setHostCookie, signValue } from '../../../shared/web/cookies.ts';
import { Page } from '../../../shared/web/layout.tsx';
import type { ApplicantDeps } from './deps.ts';
import type { Reading } from './page-context.tsx';

/** A cookie a case: two cases open in two tabs never mix. */
export const trackingCookie = (caseId: CaseId): string => `track-${caseId}`;

const purpose = 'track';
const trackingHours = 2;

/**
 * Lets this browser see the case for two hours. The value is signed and names the code's hash: a new tracking code ends
 * every view that the old one opened.
 */
export function openTracking(c: Reading, deps: ApplicantDeps, { case: it }: CaseFile): void {
  const until = addHours(deps.now(), trackingHours);
  const value = [it.caseId, until, it.trackingCodeHash].join('|');
  setHostCookie(c, trackingCookie(it.caseId), signValue(deps.secrets.session, purpose, value), trackingHours * 3600);
}

export type TrackedCase = { readonly file: CaseFile; readonly programme: ProgrammeVersion };

/** The case, if this browser has shown its number and present code lately. */
export async function trackedFile(c: Reading, deps: ApplicantDeps, asked: CaseId): Promise<CaseFile | undefined> {
  const signed = readHostCookie(c, trackingCookie(asked));
  const [caseId, until, codeHash] = openSigned(deps.secrets.session, purpose, signed)?.split('|') ?? [];
  if (caseId !== asked || until === undefined || until <= deps.now()) return undefined;
  const file = await deps.store.loadCaseFile(asked);
  return file?.case.trackingCodeHash === codeHash ? file : undefined;
}

/** The case in the address, if this browser has shown its number and code lately; otherwise the way to show them. */
export async function openTrackedCase(
  c: Reading,
  deps: ApplicantDeps,
): Promise<(TrackedCase & { kind: 'open' }) | { kind: 'answered'; response: Response }> {
  const away = { kind: 'answered', response: c.redirect('/track?ended=1', 303) } as const;
  const asked = caseIdSchema.safeParse(c.req.param('id'));
  const file = asked.success ? await trackedFile(c, deps, asked.data) : undefined;
  if (file === undefined) return away;
  const programme = await deps.store.programme(file.case.programmeId, file.case.programmeVersion);
  return programme === undefined ? away : { kind: 'open', file, programme };
}

/** What was asked for is not possible where the case stands now: says so, in words, and nothing was changed. Status 409. */
export function refusalPage(c: Reading, code: string, backHref: string): Response | Promise<Response> {
  const { refusal, status } = c.var.words.applicant;
  const isKnown = (name: string): name is keyof typeof refusal => Object.hasOwn(refusal, name) && name !== 'title';
  return c.html(
    <Page lang={c.var.lang} title={refusal.title}>
      <p class="govuk-body-l">{isKnown(code) ? refusal[code] : refusal.fallback}</p>
      <ButtonLink href={backHref}>{status.title}</ButtonLink>
    </Page>,
    409,
  );
}
