import type { Around, CaseFile } from '../../../shared/cases/case-file.ts';
import { type DecisionRequest, verdictsFor, type VotedPurpose } from '../../../shared/cases/decision-request.ts';
import { daysOfHomeVisit, hasVisited, homeVisitDueAt } from '../../../shared/cases/home-visit.ts';
import { stageOf } from '../../../shared/cases/rungs.ts';
import { mostForVote } from '../../../shared/cases/vote-limits.ts';
import type { StaffWords } from '../../../shared/i18n/staff-words.ts';
import { formatDate, formatMoney } from '../../../shared/i18n/format.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import { fen, formatYuan } from '../../../shared/kernel/money.ts';
import { lastDayBefore } from '../../../shared/kernel/time.ts';
import {
  Button,
  Checkboxes,
  DateInput,
  Details,
  Form,
  InsetText,
  MoneyInput,
  Radios,
  Textarea,
} from '../../../shared/web/controls/index.ts';
import { choices, field, type FormState, formValues } from '../../../shared/web/form-state.ts';
import { firstAmount, fundsToChoose } from './preview-award.ts';
import { choosesFunds, mendables, namesAmount, shareField } from './read-ballot.ts';

type Props = {
  readonly file: CaseFile;
  readonly around: Around;
  readonly request: DecisionRequest;
  readonly purpose: VotedPurpose;
  readonly form: FormState;
  readonly csrf: string;
  readonly lang: Lang;
  readonly words: StaffWords;
};

/** What the form shows at first: no answer, and the amount that the rules suggest or the review recommends. */
export const firstForm = (file: CaseFile, around: Around, purpose: VotedPurpose): FormState => ({
  values: formValues({ amount: formatYuan(firstAmount(file, around, purpose)) }),
  errors: {},
});

/** The answer's form. The button posts it; nothing else does. */
export function DecisionForm(props: Props) {
  const { request, purpose, form, csrf, lang, words, around, file } = props;
  const say = words.approver;
  const possible = verdictsFor[purpose];
  const mostFen = mostForVote(file, around.programme, purpose);
  const hidden = { requestId: request.requestId, contentVersion: String(request.contentVersion) };
  return (
    <Form action={`/decide/${request.requestId}`} csrf={csrf} hidden={hidden}>
      <Radios
        name="verdict"
        label={say.verdictLabel}
        value={form.values['verdict']?.[0]}
        error={form.errors['verdict']}
        choices={possible.map((value) => ({ value, label: say.verdict[value], hint: say.verdictHint[value] }))}
      />
      {possible.some(namesAmount) ? (
        <MoneyInput
          {...field(form, 'amount')}
          label={say.amountLabel}
          hint={say.amountHint({ amount: formatMoney(mostFen, lang) })}
        />
      ) : null}
      {choosesFunds(purpose) ? <OwnShares {...props} /> : null}
      {purpose === 'review' ? <HomeVisit {...props} /> : null}
      {possible.includes('return') ? (
        <Details
          summary={say.missingOpen}
          isOpen={form.values['missing'] !== undefined || form.errors['missing'] !== undefined}
        >
          <Checkboxes
            {...choices(form, 'missing')}
            label={say.missingLabel}
            hint={say.missingHint}
            isOptional
            choices={mendables(around.programme).map(({ item, kind, label }) => ({
              value: item,
              label:
                kind === 'field' ? say.missingField({ label: label[lang] }) : say.missingPaper({ label: label[lang] }),
            }))}
          />
        </Details>
      ) : null}
      <Textarea
        {...field(form, 'note')}
        label={say.noteLabel}
        hint={purpose === 'objection-admission' ? say.noteHintOnObjection : say.noteHint}
      />
      <Button>{say.submit}</Button>
    </Form>
  );
}

function OwnShares({ file, around, form, lang, words }: Props) {
  const say = words.approver;
  // A fund that may pay no more keeps its field while something stands in it: what was typed is not lost, and is answered for.
  const shown = around.funds.filter(
    (fund) => fundsToChoose(file, around).includes(fund) || form.values[shareField(fund.fundId)]?.[0],
  );
  const names = shown.map(({ fundId, names: fund }) => ({ name: shareField(fundId), fund: fund[lang] }));
  const isOpen = names.some(({ name }) => form.values[name]?.[0] || form.errors[name]);
  return (
    <Details summary={say.shares} isOpen={isOpen}>
      <p class="govuk-hint">{say.sharesHint}</p>
      {names.map(({ name, fund }) => (
        <MoneyInput {...field(form, name)} label={say.shareLabel({ fund })} isOptional />
      ))}
    </Details>
  );
}

function HomeVisit({ file, around, form, lang, words }: Props) {
  const say = words.approver;
  const { aboveFen } = stageOf(around.programme, 'review').homeVisit;
  const dueAt = homeVisitDueAt(file.case, around.programme);
  const { first, last } = daysOfHomeVisit(file.case, around.programme, around.now);
  const isNeverNeeded = file.case.mostFen <= aboveFen;
  return (
    <>
      <InsetText>
        {isNeverNeeded ? say.visitNotNeeded : say.visitNeeded({ amount: formatMoney(fen(aboveFen), lang) })}{' '}
        {hasVisited(file) ? say.visitDone : null}
        {dueAt === undefined || hasVisited(file) ? null : (
          <strong>{say.visitDue({ date: formatDate(lastDayBefore(dueAt), lang) })}</strong>
        )}
      </InsetText>
      <DateInput
        {...field(form, 'visitedOn')}
        label={say.visitedOnLabel}
        hint={say.visitedOnHint}
        isOptional
        min={first}
        max={last}
      />
    </>
  );
}
