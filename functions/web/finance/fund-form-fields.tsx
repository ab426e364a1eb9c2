import type { Fund } from '../../../shared/funds/fund.ts';
import { fundSources } from '../../../shared/funds/fund-terms.ts';
import { fundWordsOf } from '../../../shared/i18n/fund-words.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import type { Patch } from '../../../shared/register/household.ts';
import { Checkboxes, DateInput, MoneyInput, Select, Textarea, TextInput } from '../../../shared/web/controls/index.ts';
import { choices, field, type FormState } from '../../../shared/web/form-state.ts';
import type { Reading } from './fund-context.ts';
import { budgetField } from './read-fund-form.ts';

type Props = { readonly c: Reading; readonly form: FormState };

function VoucherFields({ c, form }: Props) {
  const say = fundWordsOf(c.var.lang);
  return (
    <>
      <TextInput
        {...field(form, 'voucherNumber')}
        label={say.voucherNumber}
        hint={say.voucherNumberHint}
        width={20}
        autocomplete="off"
        spellcheck={false}
      />
      <DateInput {...field(form, 'voucherDate')} label={say.voucherDate} />
    </>
  );
}

export function ReceiptFields({ c, form }: Props) {
  const say = fundWordsOf(c.var.lang);
  return (
    <>
      <MoneyInput {...field(form, 'amount')} label={say.amount} />
      <TextInput {...field(form, 'payer')} label={say.payer} hint={say.payerHint} width={30} autocomplete="off" />
      <VoucherFields c={c} form={form} />
    </>
  );
}

export function HandBackFields({ c, form }: Props) {
  const say = fundWordsOf(c.var.lang);
  return (
    <>
      <MoneyInput {...field(form, 'amount')} label={say.amount} />
      <VoucherFields c={c} form={form} />
      <Textarea {...field(form, 'reason')} label={say.reason} rows={2} />
    </>
  );
}

/** The other funds of the same source: what is left of one giver goes to no other's. */
export function CarryOverFields({
  c,
  form,
  from,
  funds,
}: Props & { readonly from: Fund | undefined; readonly funds: readonly Fund[] }) {
  const { lang } = c.var;
  const say = fundWordsOf(lang);
  const possible = funds.filter((fund) => fund.source === from?.source && fund.fundId !== from.fundId);
  return (
    <>
      <MoneyInput {...field(form, 'amount')} label={say.amount} />
      <Select
        {...field(form, 'into')}
        label={say.into}
        choices={possible.map(({ fundId, names }) => ({ value: fundId, label: names[lang] }))}
      />
      <Textarea {...field(form, 'reason')} label={say.reason} rows={2} />
    </>
  );
}

type TermsProps = Props & {
  readonly isNew: boolean;
  readonly programmes: readonly ProgrammeVersion[];
  readonly patches: readonly Patch[];
  readonly years: readonly number[];
};

export function TermsFields({ c, form, isNew, programmes, patches, years }: TermsProps) {
  const { lang } = c.var;
  const say = fundWordsOf(lang);
  const named = new Map(programmes.map(({ id, names }) => [id, names[lang]]));
  return (
    <>
      <TextInput {...field(form, 'nameZh')} label={say.nameZh} width={30} autocomplete="off" />
      <TextInput {...field(form, 'nameEn')} label={say.nameEn} width={30} autocomplete="off" />
      {isNew ? (
        <Select
          {...field(form, 'source')}
          label={say.sourceLabel}
          choices={fundSources.map((value) => ({ value, label: say.source[value] }))}
        />
      ) : null}
      <Checkboxes
        {...choices(form, 'programmes')}
        label={say.programmes}
        choices={[...named].map(([value, label]) => ({ value, label }))}
      />
      <Checkboxes
        {...choices(form, 'patches')}
        label={say.patches}
        hint={say.patchesHint}
        isOptional
        choices={patches.map(({ patchId, name }) => ({ value: patchId, label: name[lang] }))}
      />
      <DateInput {...field(form, 'from')} label={say.from} />
      <DateInput {...field(form, 'until')} label={say.until} hint={say.untilHint} isOptional />
      <p class="govuk-hint">{say.budgetHint}</p>
      {years.map((year) => (
        <MoneyInput {...field(form, budgetField(year))} label={say.budgetYear({ year })} isOptional />
      ))}
      <Textarea {...field(form, 'donorsWish')} label={say.donorsWish} rows={2} isOptional />
      <PayerAccountFields c={c} form={form} />
    </>
  );
}

function PayerAccountFields({ c, form }: Props) {
  const { account } = fundWordsOf(c.var.lang);
  const plain = { autocomplete: 'off', spellcheck: false, isOptional: true } as const;
  return (
    <>
      <TextInput {...field(form, 'holderName')} label={account.holderName} width={30} {...plain} />
      <TextInput {...field(form, 'bankName')} label={account.bankName} width={30} {...plain} />
      <TextInput {...field(form, 'accountNumber')} label={account.accountNumber} width={30} {...plain} />
      <TextInput
        {...field(form, 'clearingCode')}
        label={account.clearingCode}
        hint={account.clearingHint}
        width={20}
        inputmode="numeric"
        {...plain}
      />
    </>
  );
}
