import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asLocalDate } from '../kernel/time.ts';
import type { TypedForm } from './field-error.ts';
import { applicantFields, readAccount, readApplicant, typedOfApplicant } from './read-applicant.ts';

const today = asLocalDate('2016-10-08');
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An invented ID number with a fitting check digit. */
const idNumber = (birth: string, serial = '001', area = '370000') => {
  const body = `${area}${birth}${serial}`;
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * weights[index]!, 0);
  return body + '10X98765432'[sum % 11];
};

const own: TypedForm = {
  applicantName: '王小明',
  applicantIdNumber: idNumber('19800229'),
  phone: '138 0013 8000',
  unit: '一分场',
  address: '三号生活区 5 栋 201',
  enteredFor: 'self',
  householdSize: '3',
  payeeKind: 'self',
  payeeBankName: '农业银行',
  payeeAccountNumber: '4242 4242 4242 4242',
  consent: 'yes',
};
const forSomeoneElse: TypedForm = {
  ...own,
  enteredFor: 'someone-else',
  enteredByName: '李大海',
  enteredByPhone: '0546-8234567',
  enteredByRelation: '片区委员',
  payeeKind: 'guardian',
  payeeHolderName: '王大明',
  payeeRelation: '父亲',
};
const codes = (typed: TypedForm) => readApplicant(typed, today).errors.map(({ field, code }) => `${field} ${code}`);

describe('the common part', () => {
  test('of a worker who applies for himself is read', () => {
    expect(readApplicant(own, today)).toEqual({
      errors: [],
      known: { householdSize: 3, payeeKind: 'self' },
      applicant: {
        applicantName: '王小明',
        applicantIdNumber: own['applicantIdNumber'],
        phone: '13800138000',
        unit: '一分场',
        address: '三号生活区 5 栋 201',
        enteredFor: 'self',
        householdSize: 3,
        payee: {
          kind: 'self',
          holderName: '王小明',
          bankName: '农业银行',
          accountNumber: '4242424242424242',
          accountLooksOdd: false,
        },
        consent: true,
      },
    });
  });

  test('entered for someone else says who entered it, and whose account it is', () => {
    expect(readApplicant(forSomeoneElse, today).applicant).toMatchObject({
      enteredByName: '李大海',
      enteredByPhone: '05468234567',
      enteredByRelation: '片区委员',
      payee: { kind: 'guardian', holderName: '王大明', relation: '父亲' },
    });
  });

  test('left empty names every field that is needed, in the order of the page', () => {
    expect(readApplicant({})).not.toHaveProperty('applicant');
    const asked = applicantFields.filter((field) => !/^enteredBy|payeeRelation/.test(field));
    expect(codes({})).toEqual(asked.map((field) => `${field} ${field === 'consent' ? 'consent-needed' : 'required'}`));
  });

  test('asks for the one who enters it, and for the relation of another’s account', () => {
    const untold = { enteredByName: '', enteredByPhone: '', enteredByRelation: '', payeeRelation: '' };
    expect(codes({ ...forSomeoneElse, ...untold })).toEqual([
      'enteredByName required',
      'enteredByPhone required',
      'enteredByRelation required',
      'payeeRelation required',
    ]);
  });

  test.each([
    [{ applicantName: '字'.repeat(51) }, 'applicantName too-long'],
    [{ applicantName: '😀', payeeHolderName: '' }, 'applicantName no-letters'],
    [{ applicantName: '１２３' }, 'applicantName no-letters'],
    [{ address: '5-201' }, 'address no-letters'],
    [{ payeeBankName: '……' }, 'payeeBankName no-letters'],
    [{ applicantIdNumber: '123' }, 'applicantIdNumber not-an-id-number'],
    [{ phone: '123' }, 'phone not-a-phone-number'],
    [{ enteredFor: 'nobody' }, 'enteredFor not-an-option'],
    [{ householdSize: 'three' }, 'householdSize not-a-count'],
    [{ householdSize: '0' }, 'householdSize too-little'],
    [{ householdSize: '21' }, 'householdSize too-much'],
    [{ payeeHolderName: '李大海' }, 'payeeHolderName not-the-applicant'],
    [{ payeeAccountNumber: '1234' }, 'payeeAccountNumber not-an-account-number'],
    [{ consent: 'no' }, 'consent consent-needed'],
  ])('with %j is told %s and nothing else', (change, told) => {
    expect(codes({ ...own, ...change })).toEqual([told]);
  });

  test('knows an account of another’s by the holder’s name: it is not the applicant’s', () => {
    expect(codes({ ...forSomeoneElse, payeeHolderName: '王 小明' })).toEqual(['payeeHolderName is-the-applicant']);
    expect(codes({ ...forSomeoneElse, payeeKind: 'heir' })).toEqual([]);
    expect(codes({ ...forSomeoneElse, payeeRelation: '1' })).toEqual(['payeeRelation no-letters']);
  });

  test('beside errors still tells the household’s size and whose account was chosen', () => {
    const { known, errors } = readApplicant({ ...forSomeoneElse, phone: '', payeeHolderName: '' }, today);
    expect([errors.length, known]).toEqual([2, { householdSize: 3, payeeKind: 'guardian' }]);
    expect(readApplicant({ ...own, householdSize: 'x', payeeKind: 'x' }, today).known).toEqual({});
  });

  test('of a case whose other answers are not asked again is read for its account alone', () => {
    const typed = { payeeKind: 'heir', payeeHolderName: '王大明', payeeRelation: '儿子', payeeBankName: '农业银行' };
    expect(readAccount({ ...typed, payeeAccountNumber: '4242424242424242' }, '😀').payee).toMatchObject({
      kind: 'heir',
      holderName: '王大明',
      relation: '儿子',
    });
    expect(readAccount(typed, '王小明').errors).toEqual([{ field: 'payeeAccountNumber', code: 'required' }]);
    expect(readAccount({ ...typed, payeeHolderName: '王小明' }, '王小明')).not.toHaveProperty('payee');
  });

  test('takes an account number with a wrong check digit, but keeps that it looks odd', () => {
    const { applicant, errors } = readApplicant({ ...own, payeeAccountNumber: '4242424242424243' }, today);
    expect(errors).toEqual([]);
    expect(applicant?.payee.accountLooksOdd).toBe(true);
  });

  test('takes an own account that is written with blanks in the name', () => {
    expect(codes({ ...own, payeeHolderName: '王 小明' })).toEqual([]);
  });

  test('takes a name with an emoji and a name that looks like a tag as text', () => {
    const { applicant } = readApplicant({ ...own, applicantName: '<b>王😀</b>' }, today);
    expect(applicant?.applicantName).toBe('<b>王😀</b>');
  });

  test.each([own, forSomeoneElse])('comes back into its controls', (typed) => {
    const { applicant } = readApplicant(typed, today);
    expect(readApplicant(typedOfApplicant(applicant!), today)).toMatchObject({ applicant, errors: [] });
  });

  test('never breaks, and gives an applicant or errors but never both', () => {
    const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...Object.values(own).map(String)));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...applicantFields), anyText), (typed) => {
        const { applicant, errors } = readApplicant({ ...own, ...typed }, today);
        expect(applicant === undefined).toBe(errors.length > 0);
      }),
    );
  });
});
