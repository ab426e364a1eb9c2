import type { FundShare } from '../../../shared/funds/fund-rule.ts';
import type { Around, CaseFile } from '../../../shared/cases/case-file.ts';
import {
  type DecisionRequest,
  type Verdict,
  verdicts,
  verdictsFor,
  type VotedPurpose,
  votedPurposes,
} from '../../../shared/cases/decision-request.ts';
import { daysOfHomeVisit } from '../../../shared/cases/home-visit.ts';
import type { MissingItem } from '../../../shared/cases/relief-case.ts';
import { formatDate } from '../../../shared/i18n/format.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import type { StaffWords } from '../../../shared/i18n/staff-words.ts';
import type { Words } from '../../../shared/kernel/fen-schema.ts';
import { type Fen, parseYuan } from '../../../shared/kernel/money.ts';
import { type LocalDate, localDateSchema } from '../../../shared/kernel/time.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import { parseDateText } from '../../../shared/web/date-text.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import type { FormErrors } from '../../../shared/web/form-state.ts';

export type BallotForm = {
  readonly verdict: Verdict;
  readonly amountFen?: Fen;
  readonly shares?: FundShare[];
  readonly note: string;
  readonly missing: MissingItem[];
  readonly visitedOn?: LocalDate;
};

export const isVoted = (purpose: DecisionRequest['purpose']): purpose is VotedPurpose =>
  votedPurposes.some((each) => each === purpose);

/** Answers that say how much. */
export const namesAmount = (verdict: Verdict): boolean => verdict === 'recommend' || verdict === 'approve';
export const needsNote: readonly Verdict[] = ['return', 'decline', 'recuse', 'reject', 'uphold', 'dismiss'];
/** Requests whose approval spends money, so that the approver may choose the funds. */
export const choosesFunds = (purpose: VotedPurpose): boolean => purpose === 'approval' || purpose === 'advance';
/** Requests whose page says what is left in the funds. */
export const isAboutMoney = (purpose: VotedPurpose): boolean => purpose === 'review' || choosesFunds(purpose);

/** The field of the share that a fund is to pay. */
export const shareField = (fundId: string): string => `share-${fundId}`;

const longestNote = 2_000;

export type Mendable = { readonly item: string; readonly kind: 'field' | 'paper'; readonly label: Words };

/** Everything in an application that can be sent back to be mended: its questions and its papers. */
export const mendables = (programme: ProgrammeVersion): Mendable[] => [
  ...programme.form.map(({ name, label }): Mendable => ({ item: `field:${name}`, kind: 'field', label })),
  ...programme.papers.map(({ id, label }): Mendable => ({ item: `paper:${id}`, kind: 'paper', label })),
];

/** The answer as typed, or all that is wrong with it. What the chosen answer does not need is not looked at. */
export function readBallot(
  form: FormBody,
  asked: {
    readonly file: CaseFile;
    /** The funds, all of them, are looked at only where they may be chosen: which of them may pay, the rule says. */
    readonly around: Pick<Around, 'programme' | 'funds' | 'now'>;
    readonly purpose: VotedPurpose;
    readonly lang: Lang;
    readonly words: StaffWords;
  },
): { readonly ballot: BallotForm } | { readonly errors: FormErrors } {
  const { fault, refusal } = asked.words.approver;
  const errors: Record<string, string> = {};
  const verdict = verdicts.find((each) => each === form.text('verdict'));
  if (verdict === undefined || !verdictsFor[asked.purpose].includes(verdict)) errors['verdict'] = fault.verdict;
  const amount = verdict !== undefined && namesAmount(verdict) ? parseYuan(form.text('amount')) : undefined;
  if (amount?.ok === false) errors['amount'] = fault.amount;
  if (amount?.ok === true && amount.value === 0) errors['amount'] = refusal['amount-zero'];
  const shares = amount === undefined || !choosesFunds(asked.purpose) ? [] : readShares(form, asked, errors);
  const chosen = verdict === 'return' ? form.texts('missing') : [];
  if (verdict === 'return' && chosen.length === 0) errors['missing'] = fault.missing;
  const note = form.text('note').replace(/\r\n?/g, '\n');
  if (verdict !== undefined && needsNote.includes(verdict) && note === '') errors['note'] = fault.note;
  if (note.length > longestNote) errors['note'] = fault.noteTooLong;
  const visitedOn = readVisit(form, asked, errors);
  if (verdict === undefined || Object.keys(errors).length > 0) return { errors };
  const missing = mendables(asked.around.programme)
    .filter(({ item }) => chosen.includes(item))
    .map(({ item, label }): MissingItem => ({ item, label, note }));
  return {
    ballot: {
      verdict,
      note,
      missing,
      ...(amount?.ok === true ? { amountFen: amount.value } : {}),
      ...(shares.length > 0 ? { shares } : {}),
      ...(visitedOn === undefined ? {} : { visitedOn }),
    },
  };
}

function readShares(
  form: FormBody,
  { around, lang, words }: Parameters<typeof readBallot>[1],
  errors: Record<string, string>,
): FundShare[] {
  return around.funds.flatMap(({ fundId, names }): FundShare[] => {
    const name = shareField(fundId);
    const typed = form.text(name);
    if (typed === '') return [];
    const parsed = parseYuan(typed);
    if (!parsed.ok) errors[name] = words.approver.fault.share({ fund: names[lang] });
    return parsed.ok && parsed.value > 0 ? [{ fundId, amountFen: parsed.value }] : [];
  });
}

function readVisit(
  form: FormBody,
  { file, around, lang, words }: Parameters<typeof readBallot>[1],
  errors: Record<string, string>,
): LocalDate | undefined {
  const typed = form.text('visitedOn');
  if (typed === '') return undefined;
  const { fault } = words.approver;
  const { first, last } = daysOfHomeVisit(file.case, around.programme, around.now);
  const date = localDateSchema.safeParse(parseDateText(typed));
  if (!date.success) errors['visitedOn'] = fault.visitedOn;
  else if (date.data < first) errors['visitedOn'] = fault.visitedEarly({ date: formatDate(first, lang) });
  else if (date.data > last) errors['visitedOn'] = fault.visitedInFuture;
  else return date.data;
  return undefined;
}
