import { missingPapers, onceClaims, refusalReasons } from '../intake/judge-intake.ts';
import { suggestAmount } from '../intake/suggest-amount.ts';
import type { Words } from '../kernel/fen-schema.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import type { Around, CaseFile, Decided } from './case-file.ts';
import { changed, consumeDecidedIn, mailApplicant, moveCase, refused, type Work, workOn } from './case-work.ts';
import { enterNextStage } from './enter-stage.ts';
import { factsOf, filesByPaper } from './facts-of-case.ts';
import { keepSchedule } from './keep-schedule.ts';
import { takeBack } from './take-back.ts';
import { closeCase, waitFor } from './waiting.ts';

/** What only the store can tell: which of this case's claim keys are held by other live or paid cases. */
export type FoundElsewhere = { readonly otherClaims: readonly string[] };

/** The claim keys of a case's present content. */
export const claimsOf = (file: CaseFile, programme: ProgrammeVersion) =>
  onceClaims(programme, {
    householdId: file.case.householdId,
    incidentId: file.case.incidentId,
    answers: file.case.answers,
  });

/** Intake 受理: complete, eligible, not helped before? Accepts, returns with named items, or refuses with every reason. */
export function checkIntake(file: CaseFile, around: Around, found: FoundElsewhere): Decided {
  if (file.case.status !== 'submitted') return refused('not-possible-now');
  const { programme, now } = around;
  const work = workOn(file, around, 'system:intake');
  consumeDecidedIn(work);
  const facts = factsOf(file.case, now);
  const { suggestedFen, mostFen, lines } = suggestAmount(programme, facts, around.awardedFen);
  work.case = { ...work.case, suggestedFen, mostFen, explanation: [...lines], missing: [], reasons: [] };

  const claims = claimsOf(file, programme);
  const taken = claims.filter(({ key }) => found.otherClaims.includes(key));
  const reasons = [...refusalReasons(programme, facts), ...taken].map(({ reason }) => reason);
  if (reasons.length === 0 && mostFen === 0) reasons.push(nothingLeft);
  if (reasons.length > 0) return refuse(work, around, reasons);

  const missing = missingPapers(programme, facts, filesByPaper(file.case), 'submission');
  if (missing.length > 0) {
    work.case = { ...work.case, missing: missing.map(({ paperId, label }) => ({ item: `paper:${paperId}`, label })) };
    returnCase(work, programme);
    return changed(work);
  }
  takeClaims(
    work,
    claims.map(({ key }) => key),
  );
  work.case = { ...work.case, stageIndex: 0, levelIndex: 0 };
  enterNextStage(work, programme);
  keepSchedule(work, programme);
  return changed(work);
}

const nothingLeft: Words = {
  zh: '按本项目规定，已没有可以救助的金额：自付部分为零，或本户在规定期限内已达到最高救助额。',
  en: 'By the rules of this programme nothing is left to give: there is no own share, or the household has had the most it may have in this period.',
};

/** An application that was returned after its advance had been ordered may be refused too: then the advance is taken back. */
function refuse(work: Work, around: Around, reasons: Words[]): Decided {
  takeBack(work, around);
  work.case = { ...work.case, reasons };
  releaseClaims(work);
  moveCase(work, 'refuse');
  closeCase(work, around.programme);
  mailApplicant(work, 'refused');
  return changed(work);
}

/** Sends the application back; `work.case.missing` says what to mend. Answers given so far count no more. */
export function returnCase(work: Work, programme: ProgrammeVersion): void {
  moveCase(work, 'return');
  const { firstDecidedAt: _restarted, recommendedFen: _void, approvedFen: _voidToo, ...rest } = work.case;
  work.case = rest;
  waitFor(work, 'correction', programme, []);
  mailApplicant(work, 'returned');
}

function takeClaims(work: Work, keys: readonly string[]): void {
  work.takesClaims.push(...keys.filter((key) => !work.case.claims.includes(key)));
  work.releasesClaims.push(...work.case.claims.filter((key) => !keys.includes(key)));
  work.case = { ...work.case, claims: [...keys] };
}

/** Another case may now claim the same bill, incident or business. */
export function releaseClaims(work: Work): void {
  work.releasesClaims.push(...work.case.claims);
  work.case = { ...work.case, claims: [] };
}
