import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { runsAndSeed } from '../../test/support/runs.ts';
import { batchIdSchema, payoutIdSchema } from '../kernel/ids.ts';
import { fen } from '../kernel/money.ts';
import { asInstant } from '../kernel/time.ts';
import type { BankOrder, BankPayment } from './bank-order.ts';
import { type BankProfile, bankProfileOf, bankProfiles } from './bank-profiles/index.ts';
import { decodeText, encodeText, lettersLacking } from './encode-text.ts';
import { duplicatesIn, faultsOfPayments, lintBankFile } from './lint-bank-file.ts';
import { makeBankFile } from './make-bank-file.ts';
import { payerAccountOf } from './payer-account.ts';
import { readBankFile } from './read-bank-file.ts';
import { renderBankFile } from './render-bank-file.ts';

const payer = {
  holderName: '工会',
  bankName: '工商银行',
  accountNumber: '1107010000000000018',
  clearingCode: '102307000018',
};
const payment = (changed: Partial<BankPayment> = {}): BankPayment => ({
  payoutId: payoutIdSchema.parse('C1.1.1.1'),
  amountFen: fen(200_050),
  holderName: '林海生',
  bankName: '农商银行',
  accountNumber: '6222020000001234567',
  payer,
  ...changed,
});
const orderOf = (...payments: BankPayment[]): BankOrder => ({
  batchId: batchIdSchema.parse('B1'),
  batchNumber: 'PC-2016-0001',
  at: asInstant('2016-10-08T02:00:00.000Z'),
  payments,
});

const bytesOf = (profile: BankProfile, text: string): Uint8Array => {
  const encoded = encodeText(text, profile.encoding);
  if (!encoded.ok) throw new Error('not in this encoding');
  return encoded.bytes;
};
const fileOf = (profile: BankProfile, order: BankOrder): string => {
  const made = makeBankFile(profile, order);
  if (made.kind === 'faults') throw new Error(made.faults.map(({ code }) => code).join());
  return decodeText(made.bytes, profile.encoding)!;
};
const codes = (profile: BankProfile, order: BankOrder): string[] => {
  const made = makeBankFile(profile, order);
  return made.kind === 'faults' ? made.faults.map(({ code }) => code) : [];
};
const icbc = bankProfileOf('icbc-batch');
const cmb = bankProfileOf('cmb-payroll');
const generic = bankProfileOf('generic-csv');
const pain = bankProfileOf('pain.001');

/** Letters that have made trouble in one file or another, and any other that can be seen. */
const letters = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...'林海生陈·買Ａ１，。（）"“”\',;&<>=+-@＝＋|\\ ') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
);
const isSeen = (text: string): boolean => text.trim() !== '' && !/[\p{C}\u2028\u2029]/u.test(text);
const nameIn = (profile: BankProfile) =>
  fc
    .array(letters, { minLength: 1, maxLength: 20 })
    .map((each) => each.join(''))
    .filter((name) => isSeen(name) && lettersLacking(name, profile.encoding).length === 0)
    .filter((name) => !(profile.layout === 'table' && profile.formulas === 'refused' && /^[=+\-@＝＋－＠]/.test(name)));
const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength });

const ordersIn = (profile: BankProfile) =>
  fc
    .array(
      fc.record({
        amountFen: fc.integer({ min: 1, max: 99_999_999_999 }).map(fen),
        holderName: nameIn(profile),
        bankName: nameIn(profile),
        accountNumber: digits(8, 32),
        payer: fc.constantFrom(
          payer,
          ...(profile.payers === 'one' ? [] : [{ ...payer, holderName: '公司', accountNumber: '88880000' }]),
        ),
      }),
      { minLength: 1, maxLength: 12 },
    )
    .map((some) =>
      orderOf(...some.map((each, index) => ({ ...each, payoutId: payoutIdSchema.parse(`C${index}.1.1.1`) }))),
    );

describe.each(bankProfiles.map((profile) => [profile.id, profile] as const))('the file of %s', (_, profile) => {
  const { numRuns, seed } = runsAndSeed(200);
  test('read back gives the batch, whatever the names are', () => {
    fc.assert(
      fc.property(ordersIn(profile), (order) => {
        const made = makeBankFile(profile, order);
        if (made.kind === 'faults') throw new Error(JSON.stringify(made.faults));
        const read = readBankFile(profile, made.bytes);
        if (read.kind !== 'read') throw new Error(read.why);
        const told = read.payments.map(({ reference, amountFen, holderName, bankName, accountNumber }) => ({
          ...{ payoutId: reference, amountFen, holderName, bankName, accountNumber },
        }));
        const meant = order.payments.map(({ payer: _payer, ...each }) => each);
        const byId = (some: readonly { payoutId: string }[]) => new Map(some.map((each) => [each.payoutId, each]));
        expect(byId(told)).toEqual(byId(meant));
      }),
      { numRuns, seed },
    );
  });

  test('is the same to the byte each time', () => {
    const order = orderOf(payment(), payment({ payoutId: payoutIdSchema.parse('C2.1.1.1') }));
    expect(makeBankFile(profile, order)).toEqual(makeBankFile(profile, order));
  });

  test('has amounts with two decimals and no separator, and the account in full', () => {
    const text = fileOf(profile, orderOf(payment({ amountFen: fen(123_456_700) })));
    expect(text).toContain('1234567.00');
    expect(text).toContain('6222020000001234567');
    expect(text).toContain('C1.1.1.1');
  });

  test('is not linted as well once a byte of it is another', () => {
    const order = orderOf(payment());
    const text = renderBankFile(profile, order);
    for (const [from, to] of [
      ['2000.50', '2000.51'],
      ['6222020000001234567', '6222020000001234568'],
      ['林海生', '林海涛'],
      ['2000.50', '2000.505'],
      ['2000.50', '2,000.50'],
      ['C1.1.1.1', 'C1.1.1.2'],
    ] as const) {
      expect(lintBankFile(profile, bytesOf(profile, text.replaceAll(from, to)), order), `${from} ${to}`).not.toEqual(
        [],
      );
    }
    expect(lintBankFile(profile, bytesOf(profile, text), order)).toEqual([]);
    expect(lintBankFile(profile, bytesOf(profile, text).slice(0, -40), order)).not.toEqual([]);
  });

  test('names every payment that it cannot carry', () => {
    const bad = (changed: Partial<BankPayment>) => codes(profile, orderOf(payment(changed)));
    expect(bad({ accountNumber: '6222-0200' })).toEqual(['account-form']);
    expect(bad({ holderName: '林\t海生' })).toEqual(['control-letter']);
    expect(bad({ holderName: '林\u200b海生' })).toContain('control-letter');
    expect(bad({ holderName: ' ' })).toEqual(['name-missing']);
    expect(bad({ holderName: '林'.repeat(200) })).toEqual(['name-too-long']);
    expect(bad({ amountFen: fen(0) })).toEqual(['amount-form']);
    expect(bad({ payoutId: payoutIdSchema.parse('C'.repeat(36)) })).toEqual(['reference-too-long']);
  });
});

describe('a table', () => {
  test('of a bank is in GBK, and what GBK lacks is named', () => {
    const made = makeBankFile(icbc, orderOf(payment()));
    if (made.kind === 'faults') throw new Error('it has no faults');
    expect(Buffer.from(made.bytes).includes(Buffer.from([0xc1, 0xd6]))).toBe(true);
    const lacking = makeBankFile(icbc, orderOf(payment({ holderName: '𬱖' })));
    expect(lacking).toEqual({
      kind: 'faults',
      faults: [{ code: 'letter-lacking', payoutId: 'C1.1.1.1', found: '𬱖' }],
    });
    expect(codes(generic, orderOf(payment({ holderName: '𬱖' })))).toEqual([]);
  });

  test('for a spreadsheet begins with the mark of UTF-8, keeps accounts text, and holds formulas back', () => {
    const made = makeBankFile(generic, orderOf(payment({ holderName: '=1+1' })));
    if (made.kind === 'faults') throw new Error('it has no faults');
    expect([...made.bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = fileOf(generic, orderOf(payment({ holderName: '=1+1' })));
    expect(text).toContain('"\t6222020000001234567"');
    expect(text).toContain(`"'=1+1"`);
    expect(text).not.toContain('"=');
  });

  test.each(['=1+1', '+86', '-1', '@x', '＝1'])('of a bank takes no name %s', (holderName) => {
    expect(codes(icbc, orderOf(payment({ holderName })))).toEqual(['formula']);
    expect(codes(cmb, orderOf(payment({ holderName })))).toEqual(['formula']);
  });

  test('takes no payment of a fund that has no account of its own on file', () => {
    const unknown = payment({ payer: payerAccountOf([{ fundId: 'fund' }], 'fund') });
    for (const profile of bankProfiles) expect(codes(profile, orderOf(unknown))).toEqual(['payer-missing']);
  });

  test('of one payer takes no payments of two', () => {
    const other = payment({
      payoutId: payoutIdSchema.parse('C2.1.1.1'),
      payer: { ...payer, accountNumber: '88880000' },
    });
    const third = payment({ payoutId: payoutIdSchema.parse('C3.1.1.1') });
    const faults = faultsOfPayments(cmb, orderOf(other, payment(), third));
    // Named is what to leave out, so that the most can go: what leaves from the other account.
    expect(faults).toEqual([{ code: 'several-payers', payoutId: 'C2.1.1.1', found: '88880000' }]);
    expect(codes(cmb, orderOf(payment(), other))).toEqual(['several-payers']);
    expect(codes(icbc, orderOf(payment(), other))).toEqual([]);
  });

  test.each([icbc, cmb, generic])('takes no total row ($id)', (profile) => {
    const order = orderOf(payment());
    const text = `${renderBankFile(profile, order)}"合计","","2000.50"\r\n`;
    expect(lintBankFile(profile, bytesOf(profile, text), order).map(({ code }) => code)).toContain('not-the-batch');
  });

  test('takes no payment twice, and none in another encoding', () => {
    const order = orderOf(payment());
    const text = renderBankFile(icbc, order);
    const [, row] = text.split('\r\n');
    const twice = lintBankFile(icbc, bytesOf(icbc, `${text}${row}\r\n`), order).map(({ code }) => code);
    expect(twice).toEqual(['payment-twice', 'control-differs']);
    expect(lintBankFile(icbc, new TextEncoder().encode(text), order)).toMatchObject([{ code: 'unreadable' }]);
    expect(lintBankFile(generic, new TextEncoder().encode(text), order)).toEqual([
      { code: 'unreadable', found: 'encoding' },
    ]);
  });
});

describe('a message', () => {
  const other = { ...payer, accountNumber: '88880000' };
  const order = orderOf(
    payment(),
    payment({ payoutId: payoutIdSchema.parse('C2.1.1.1'), payer: other, holderName: 'A & B <c>' }),
  );

  test('has one group for each account of ours, count and sum, CNAPS codes and accounts as Othr/Id', () => {
    const text = fileOf(pain, order);
    expect(text).toContain('urn:iso:std:iso:20022:tech:xsd:pain.001.001.09');
    expect(text).toContain('<NbOfTxs>2</NbOfTxs><CtrlSum>4001.00</CtrlSum>');
    expect(text.match(/<PmtInf>/g)).toHaveLength(2);
    expect(text).toContain('<ClrSysId><Cd>CNAPS</Cd></ClrSysId><MmbId>102307000018</MmbId>');
    expect(text).toContain('<CdtrAcct><Id><Othr><Id>6222020000001234567</Id></Othr></Id></CdtrAcct>');
    expect(text).toContain('<InstdAmt Ccy="CNY">2000.50</InstdAmt>');
    expect(text).toContain('<Nm>A &amp; B &lt;c&gt;</Nm>');
  });

  test.each([
    ['a wrong sum', '<CtrlSum>4001.00</CtrlSum>', '<CtrlSum>4000.00</CtrlSum>'],
    ['a wrong count', '<NbOfTxs>2</NbOfTxs>', '<NbOfTxs>3</NbOfTxs>'],
    ['another currency', 'Ccy="CNY"', 'Ccy="USD"'],
    ['a document type', '<Document', '<!DOCTYPE x [<!ENTITY e "1">]><Document'],
    ['a tag that is not closed', '</Document>', ''],
  ])('with %s is not the batch', (_, from, to) => {
    const text = renderBankFile(pain, order).replace(from, to);
    expect(lintBankFile(pain, bytesOf(pain, text), order)).not.toEqual([]);
  });
});

describe('duplicates', () => {
  it('are payments to one account, and one name with several accounts', () => {
    const one = { holderName: '林海生', accountNumber: '62220000' };
    const spaced = { holderName: '林 海生', accountNumber: '6222 0000' };
    const elsewhere = { holderName: '林海生', accountNumber: '62221111' };
    expect(duplicatesIn([one, { holderName: '陈', accountNumber: '1' }])).toEqual([]);
    expect(duplicatesIn([one, spaced])).toEqual([{ by: 'account', payments: [one, spaced] }]);
    expect(duplicatesIn([one, elsewhere])).toEqual([{ by: 'holder', payments: [one, elsewhere] }]);
  });
});
