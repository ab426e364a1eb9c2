import type { Words } from '../kernel/fen-schema.ts';
import type { HouseholdId, IncidentId } from '../kernel/ids.ts';
import { addLocalMonths, asLocalDate, type LocalDate } from '../kernel/time.ts';
import { type Facts, holds } from '../programmes/evaluate.ts';
import type { Answers } from '../programmes/form-field.ts';
import type { OnceRule, Paper, ProgrammeVersion } from '../programmes/programme-version.ts';
import { normalisedKeyPart } from './key-part.ts';

/** A paper of which too few files were given. */
export type MissingItem = {
  readonly paperId: string;
  readonly label: Words;
  readonly has: number;
  readonly needs: number;
};

export type RefusalReason = { readonly id: string; readonly reason: Words };

/** The papers that this application is asked for, now or later, in the programme's order. */
export const papersAsked = (version: ProgrammeVersion, facts: Facts): Paper[] =>
  version.papers.filter(({ askedIf }) => askedIf === undefined || holds(askedIf, facts));

/** The papers that are asked for only because of whose account it is. */
export function papersForPayee(version: ProgrammeVersion, facts: Facts): Paper[] {
  const own = papersAsked(version, { ...facts, payee: 'self' });
  return papersAsked(version, facts).filter((paper) => !own.includes(paper));
}

/** What is missing at a moment: at `submission` what is due with the application, at `deadline` the later papers too. */
export function missingPapers(
  version: ProgrammeVersion,
  facts: Facts,
  filesByPaper: Readonly<Record<string, number>>,
  at: 'submission' | 'deadline',
): MissingItem[] {
  return papersAsked(version, facts)
    .filter(({ due }) => at === 'deadline' || due === 'with-the-application')
    .map(({ id, label, atLeast }) => ({ paperId: id, label, has: filesByPaper[id] ?? 0, needs: atLeast }))
    .filter(({ has, needs }) => has < needs);
}

/** Every reason for which the programme does not admit this application; empty if it does. */
export const refusalReasons = (version: ProgrammeVersion, facts: Facts): RefusalReason[] =>
  version.refusals.filter(({ when }) => holds(when, facts)).map(({ id, reason }) => ({ id, reason }));

export type OnceFacts = {
  readonly householdId: HouseholdId;
  readonly incidentId: IncidentId | undefined;
  readonly answers: Answers;
};

/** A key that only one live or paid case may hold, with the rule that it comes from. */
export type OnceClaim = { readonly ruleId: string; readonly reason: Words; readonly key: string };

/**
 * What this application would use up. The keys outlive a version of the programme; a rule of which any part is empty claims
 * nothing. They hold what was typed (a bill's number), so a store may hash them.
 */
export function onceClaims(version: ProgrammeVersion, facts: OnceFacts): OnceClaim[] {
  return version.once.flatMap(({ id, key, reason }) => {
    const parts = key.map((part) => partOf(part, facts));
    if (parts.includes('')) return [];
    return [{ ruleId: id, reason, key: [version.id, id, ...parts.map(encodeURIComponent)].join('/') }];
  });
}

/** The keys of `onceClaims` alone, in the programme's order. */
export const onceKeys = (version: ProgrammeVersion, facts: OnceFacts): string[] =>
  onceClaims(version, facts).map(({ key }) => key);

function partOf(part: OnceRule['key'][number], { householdId, incidentId, answers }: OnceFacts): string {
  if (part === 'household') return householdId;
  if (part === 'incident') return incidentId ?? '';
  return normalisedKeyPart(answers[part.field]);
}

export type CapFacts = {
  readonly householdId: HouseholdId;
  readonly incidentId: IncidentId | undefined;
  readonly today: LocalDate;
};

/**
 * Under which name the awards of a household are added up against the cap: by calendar year, by incident, or (rolling months)
 * all together, of which only those since `capPeriodStart` count. Without a known incident its awards share one name, so that
 * leaving the number out never wins a second sum.
 */
export function capKey(version: ProgrammeVersion, { householdId, incidentId, today }: CapFacts): string {
  const { per } = version.cap;
  const period =
    per === 'calendar-year' ? today.slice(0, 4) : per === 'incident' ? (incidentId ?? 'unnamed') : 'rolling';
  return `${version.id}/${householdId}/${period}`;
}

/** The first day whose awards still count against the cap; undefined if it is by incident, whatever the day. */
export function capPeriodStart(version: ProgrammeVersion, today: LocalDate): LocalDate | undefined {
  const { per } = version.cap;
  if (per === 'incident') return undefined;
  return per === 'calendar-year' ? asLocalDate(`${today.slice(0, 4)}-01-01`) : addLocalMonths(today, -per.months);
}
