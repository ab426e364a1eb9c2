import type { Fund } from '../../../shared/funds/fund.ts';
import type { Wanted } from '../../../shared/funds/proposal.ts';
import { yearOf } from '../../../shared/funds/fund-purpose.ts';
import { propose } from '../../../shared/funds/propose.ts';
import { fundWordsOf } from '../../../shared/i18n/fund-words.ts';
import { scanWordsOf } from '../../../shared/i18n/scan-words.ts';
import { fundIdSchema, proposalIdSchema } from '../../../shared/kernel/ids.ts';
import { formatYuan } from '../../../shared/kernel/money.ts';
import type { Scan } from '../../../shared/kernel/scan.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import { Button, Form } from '../../../shared/web/controls/index.ts';
import { issueCsrf } from '../../../shared/web/csrf.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import { emptyForm, type FormState, formValues, hasErrors } from '../../../shared/web/form-state.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import { readPost } from '../staff/staff-context.ts';
import type { FundApp, Reading } from './fund-context.ts';
import { refuseUnless, StaffPage } from '../staff/staff-page.tsx';
import type { FundDeps } from './fund-deps.ts';
import { CarryOverFields, HandBackFields, ReceiptFields, TermsFields } from './fund-form-fields.tsx';
import { proposalHref } from './fund-list.tsx';
import { refusalOfFunds } from './fund-refusal.ts';
import { budgetField, readCarryOver, readHandBack, readReceipt, readTerms, type ReadWanted } from './read-fund-form.ts';
import {
  bindScan,
  type ChosenScan,
  ScanChosen,
  chosenScan,
  isFillingIn,
  scanErrors,
  scanField,
  ScanUpload,
} from './scan-upload.tsx';

/** What can be proposed on a page of its own. A receipt's undoing stands on the receipt's page. */
const acts = ['receipt', 'hand-back', 'carry-over', 'change'] as const;
export type FundAct = (typeof acts)[number] | 'open';

/** Forms by which something is proposed for a fund; another person settles it (`fund-proposal.tsx`). */
export function fundFormRoutes(app: FundApp, deps: FundDeps): void {
  app.get('/finance/funds/new', async (c) => {
    const refused = refuseUnless(c, deps, 'propose-for-fund');
    return refused ?? c.html(await formPage(c, deps, 'open', undefined, emptyForm));
  });
  app.post('/finance/funds/new', (c) => post(c, deps, 'open'));
  for (const act of acts) {
    app.get(`/finance/funds/:fundId/${act}`, async (c) => {
      const refused = refuseUnless(c, deps, 'propose-for-fund');
      if (refused !== undefined) return refused;
      const fund = await fundOn(c, deps);
      if (fund === undefined) return errorPage(c, 404);
      const chosen = await chosenScan(c, deps, hasVoucher(act) ? c.req.query(scanField) : undefined);
      const form = { ...firstForm(act, fund), errors: scanErrors(c, chosen) };
      return c.html(await formPage(c, deps, act, fund, form, chosen));
    });
    app.post(`/finance/funds/:fundId/${act}`, (c) => post(c, deps, act));
  }
}

const hasVoucher = (act: FundAct): boolean => act === 'receipt' || act === 'hand-back';

const fundOn = async (c: Reading, deps: FundDeps): Promise<Fund | undefined> =>
  (await deps.store.funds()).find(({ fundId }) => fundId === c.req.param('fundId'));

/** Asks who may, reads, proposes, and leads to the proposal; or shows the form again with what is wrong. */
async function post(c: Reading, deps: FundDeps, act: FundAct): Promise<Response> {
  const refused = refuseUnless(c, deps, 'propose-for-fund');
  if (refused !== undefined) return refused;
  const posted = await readPost(c, deps.secrets.csrf);
  if (posted.kind === 'answered') return posted.response;
  const { form } = posted;
  const fund = act === 'open' ? undefined : await fundOn(c, deps);
  if (act !== 'open' && fund === undefined) return errorPage(c, 404);
  const again = async (errors: FormState['errors'], status: 403 | 409 | 422) =>
    c.html(await formPage(c, deps, act, fund, { values: form.values, errors }, chosen), status);
  const chosen = await chosenScan(c, deps, hasVoucher(act) ? form.text(scanField) : undefined);
  const isUnproved = act === 'receipt' && chosen.kind === 'none';
  const wrongScan = isUnproved ? { [scanField]: scanWordsOf(c.var.lang).missing } : scanErrors(c, chosen);
  const read = readWanted(c, deps, act, form, fund);
  const wrong = { ...wrongScan, ...('errors' in read ? read.errors : {}) };
  if ('errors' in read || hasErrors(wrong)) return again(wrong, 422);
  const bound = await bindScan(c, deps, chosen);
  if ('errors' in bound) return again(bound.errors, 422);
  // The page issued the id: the second press of the button brings the same, and proposes nothing new.
  const proposalId = proposalIdSchema.safeParse(form.text('proposalId')).data ?? proposalIdSchema.parse(deps.newId());
  const fundId = fund?.fundId ?? fundIdSchema.parse(proposalId);
  const asked = { proposalId, fundId, wanted: withScan(read.wanted, bound.scan) };
  const by = { member: c.var.member, now: deps.now() };
  const outcome = await deps.changeTreasury((treasury) => propose(treasury, asked, by));
  if (outcome.kind === 'saved' || outcome.kind === 'unchanged') {
    return c.redirect(`${proposalHref(outcome.proposal)}?done=1`, 303);
  }
  const { errors, status } = refusalOfFunds(c, outcome, firstFieldOf[act]);
  return again(errors, status);
}

const withScan = (wanted: Wanted, scan: Scan | undefined): Wanted =>
  'voucher' in wanted && scan !== undefined ? { ...wanted, voucher: { ...wanted.voucher, scan } } : wanted;

/** Where a refusal of the whole is shown. */
const firstFieldOf: { readonly [Act in FundAct]: string } = {
  open: 'nameZh',
  change: 'nameZh',
  receipt: 'amount',
  'hand-back': 'amount',
  'carry-over': 'amount',
};

function readWanted(c: Reading, deps: FundDeps, act: FundAct, form: FormBody, fund: Fund | undefined): ReadWanted {
  const words = { fund: fundWordsOf(c.var.lang), errors: c.var.words.errors };
  switch (act) {
    case 'receipt':
      return readReceipt(form, words);
    case 'hand-back':
      return readHandBack(form, words);
    case 'carry-over':
      return readCarryOver(form, words);
    case 'open':
    case 'change': {
      const read = readTerms(form, words, { source: fund?.source, years: yearsFor(deps, fund) });
      return 'errors' in read ? read : { wanted: { kind: act, terms: read.terms } };
    }
    default:
      return act satisfies never;
  }
}

/** Budgets are asked for this year and the next, and for every year that has one. */
function yearsFor(deps: FundDeps, fund: Fund | undefined): readonly number[] {
  const year = yearOf(localDateOf(deps.now()));
  const known = fund?.budgets.map((each) => each.year) ?? [];
  return [...new Set([...known, year, year + 1])].toSorted((a, b) => a - b);
}

/** What the form shows at first: a change begins with the terms as they are, what leaves a fund with all that is left. */
function firstForm(act: FundAct, fund: Fund): FormState {
  if (act === 'hand-back' || act === 'carry-over')
    return { values: formValues({ amount: formatYuan(fund.availableFen) }), errors: {} };
  if (act !== 'change') return emptyForm;
  const { names, purpose, validity, budgets, donorsWish, payerAccount } = fund;
  const known = {
    nameZh: names.zh,
    nameEn: names.en,
    programmes: purpose.programmes,
    patches: purpose.patches,
    ...validity,
    donorsWish,
    ...payerAccount,
    ...Object.fromEntries(budgets.map(({ year, amountFen }) => [budgetField(year), formatYuan(amountFen)])),
  };
  return { values: formValues(known), errors: {} };
}

async function formPage(
  c: Reading,
  deps: FundDeps,
  act: FundAct,
  fund: Fund | undefined,
  form: FormState,
  chosen: ChosenScan = { kind: 'none' },
) {
  const { lang } = c.var;
  const say = fundWordsOf(lang);
  const at = fund === undefined ? '/finance/funds' : `/finance/funds/${fund.fundId}`;
  const proposalId = form.values['proposalId']?.[0] ?? deps.newId();
  const [funds, programmes, patches] = await Promise.all([
    deps.store.funds(),
    deps.store.programmes(),
    deps.store.patches(),
  ]);
  const props = { c, form };
  const isRequired = act === 'receipt';
  const scans = scanWordsOf(lang);
  const aboutScan = { c, deps, path: `${at}/${act}`, what: scans.voucher, error: form.errors[scanField] };
  // First the voucher, then what it says.
  const hasForm = !hasVoucher(act) || isFillingIn(c, chosen, isRequired);
  const scan = chosen.kind === 'there' ? { [scanField]: chosen.key } : {};
  return (
    <StaffPage c={c} deps={deps} title={say.act[act]} caption={fund?.names[lang]} errors={form.errors} backHref={at}>
      <p class="govuk-body">{say.lead[act]}</p>
      {hasForm ? null : <ScanUpload {...aboutScan} without={isRequired ? undefined : scans.without} />}
      {hasForm && hasVoucher(act) ? <ScanChosen {...aboutScan} chosen={chosen} /> : null}
      {hasForm ? (
        <Form
          action={fund === undefined ? '/finance/funds/new' : `${at}/${act}`}
          csrf={issueCsrf(c, deps.secrets.csrf)}
          hidden={{ proposalId, ...scan }}
        >
          {act === 'receipt' ? <ReceiptFields {...props} /> : null}
          {act === 'hand-back' ? <HandBackFields {...props} /> : null}
          {act === 'carry-over' ? <CarryOverFields {...props} from={fund} funds={funds} /> : null}
          {act === 'open' || act === 'change' ? (
            <TermsFields
              {...props}
              isNew={act === 'open'}
              programmes={programmes}
              patches={patches}
              years={yearsFor(deps, fund)}
            />
          ) : null}
          <Button>{say.submit}</Button>
        </Form>
      ) : null}
    </StaffPage>
  );
}
