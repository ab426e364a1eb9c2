import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { sampleScan } from '../../test/support/scans.ts';
import { smallFunds, smallStaff, staffWith } from '../../test/support/small-union.ts';
import { fundIdSchema, patchIdSchema, programmeIdSchema, proposalIdSchema } from '../kernel/ids.ts';
import { fen, yuan } from '../kernel/money.ts';
import { asInstant, asLocalDate, localDateOf } from '../kernel/time.ts';
import type { StaffMember } from '../register/staff.ts';
import { applyEntry, type Fund, type LedgerEntry, pairedKinds, reversingKinds, routeOfEntry } from './fund.ts';
import { termsDigest, termsOf } from './fund-terms.ts';
import type { Proposal, Wanted } from './proposal.ts';
import { propose } from './propose.ts';
import { settleProposal } from './settle-proposal.ts';
import type { TreasuryChange, TreasuryDecided } from './treasury.ts';
import { secondTreasurers } from './treasurer.ts';

const now = asInstant('2016-10-10T02:00:00.000Z');
const today = localDateOf(now);
const id = (text: string) => proposalIdSchema.parse(text);
const fundId = (text: string) => fundIdSchema.parse(text);
const [a, b] = [fundId('municipal-federation'), fundId('group-union')];
const who = (personId: string, role: string): StaffMember => staffWith(personId, role);
const [maker, checker] = [who('finance-1', 'finance'), who('finance-2', 'finance')];
const [office, office2] = [who('office-1', 'office'), who('office-2', 'office')];

/** The funds in memory: what the store does with a change, without its races. */
class Books {
  funds: Fund[] = smallFunds({ [a]: 1_000, [b]: 1_000 }).slice(0, 2);
  proposals: Proposal[] = [];
  entries: LedgerEntry[] = [];

  write({ proposals, entries, terms }: TreasuryChange): void {
    const known = new Map([...this.proposals, ...proposals].map((each) => [each.proposalId, each]));
    this.proposals = [...known.values()];
    for (const entry of entries) this.enter(entry);
    if (terms !== undefined) {
      const { fundId: set } = terms;
      this.funds = this.funds.map((fund) => (fund.fundId === set ? { ...fund, ...terms.terms } : fund));
    }
  }

  enter(entry: LedgerEntry): void {
    expect({ from: entry.from, to: entry.to }).toEqual(routeOfEntry(entry.kind));
    const fund = this.fund(entry.fundId);
    const applied = applyEntry(fund, entry);
    if (applied.kind === 'not-covered') throw new Error(`nothing covers ${entry.kind}`);
    this.funds = this.funds.map((each) => (each === fund ? applied.fund : each));
    this.entries.push(entry);
  }

  fund = (wanted: string): Fund => this.funds.find((each) => each.fundId === wanted)!;
  proposal = (proposalId: string): Proposal => this.proposals.find((each) => each.proposalId === proposalId)!;

  private told(decided: TreasuryDecided): string {
    if (decided.kind === 'changed') this.write(decided.change);
    return decided.kind === 'refused' ? decided.code : decided.kind;
  }
  propose = (proposalId: string, wanted: Wanted, by = maker, of = a): string =>
    this.told(propose(this, { proposalId: id(proposalId), fundId: of, wanted }, { member: by, now }));
  confirm = (proposalId: string, by = checker): string =>
    this.told(settleProposal(this, { proposalId: id(proposalId), confirms: true }, { member: by, now }));
  reject = (proposalId: string, reason = '凭证不符', by = checker): string =>
    this.told(settleProposal(this, { proposalId: id(proposalId), confirms: false, reason }, { member: by, now }));
}

/** Who is asked by what was decided; undefined if nobody is to be. */
const askedBy = (decided: TreasuryDecided): string[] | undefined => {
  if (decided.kind !== 'changed') throw new Error(decided.kind);
  const { asks } = decided.change;
  const staff = [maker, checker, office, office2, who('officer-1', 'officer')];
  return asks && secondTreasurers(staff, asks, today).map(({ personId }) => personId);
};

let books: Books;
beforeEach(() => {
  books = new Books();
});

const receipt = (sum: number, number = 'V-1', date = today): Wanted => ({
  kind: 'receipt',
  amountFen: yuan(sum),
  payer: '市总工会',
  voucher: { number, date, scan: sampleScan(number) },
});
const handBack = (sum: number, number = 'V-9'): Wanted => ({
  kind: 'hand-back',
  amountFen: yuan(sum),
  voucher: { number, date: today },
  reason: '年末交回',
});
const carryOver = (sum: number, into = b): Wanted => ({
  kind: 'carry-over',
  amountFen: yuan(sum),
  into,
  reason: '年末结转',
});
const undo = (receiptId: string, sum: number): Wanted => ({
  kind: 'undo-receipt',
  receiptId: id(receiptId),
  amountFen: yuan(sum),
  reason: '登记错误',
});
const terms = (over: Partial<Fund> = {}): Wanted => ({
  kind: 'change',
  terms: { ...termsOf(books.fund(a)), ...over },
});
const left = (of = a) => books.fund(of).availableFen;

describe('a receipt', () => {
  test('moves nothing before a second person has confirmed it, then all of it by one entry that names it', () => {
    expect(books.propose('r', receipt(300))).toBe('changed');
    expect([left(), books.entries]).toEqual([yuan(1_000), []]);
    expect(books.proposal('r')).toMatchObject({ status: 'proposed', proposedBy: 'finance-1', proposedAs: 'finance' });
    expect(books.confirm('r')).toBe('changed');
    expect(left()).toBe(yuan(1_300));
    expect(books.entries).toMatchObject([
      { kind: 'receipt', fundId: a, amountFen: yuan(300), proposalId: 'r', by: 'finance-2', at: now },
    ]);
    expect(books.proposal('r')).toMatchObject({
      status: 'confirmed',
      settledBy: 'finance-2',
      entryIds: [books.entries[0]!.entryId],
    });
  });

  test('is rejected with a reason, and moves nothing then or later', () => {
    books.propose('r', receipt(300));
    expect(books.reject('r', ' ')).toBe('reason-missing');
    expect(books.reject('r')).toBe('changed');
    expect(books.proposal('r')).toMatchObject({ status: 'rejected', rejectedBecause: '凭证不符' });
    expect(books.confirm('r', office)).toBe('settled-before');
    expect(left()).toBe(yuan(1_000));
  });

  test('is proposed and confirmed once, however often the button is pressed', () => {
    expect([books.propose('r', receipt(300)), books.propose('r', receipt(300))]).toEqual(['changed', 'unchanged']);
    expect([books.confirm('r'), books.confirm('r')]).toEqual(['changed', 'unchanged']);
    expect([books.reject('r'), books.confirm('r', office)]).toEqual(['settled-before', 'settled-before']);
    expect(books.entries).toHaveLength(1);
    expect(books.propose('r', receipt(300), office)).toBe('proposed-before');
    expect(books.propose('r', receipt(300), maker, b)).toBe('proposed-before');
  });

  test('sent again with something else in it is not taken for a second press of the same', () => {
    books.propose('r', receipt(300));
    expect(books.propose('r', receipt(301))).toBe('form-used');
    books.confirm('r');
    expect(books.propose('r', receipt(301))).toBe('form-used');
    expect(books.propose('r', receipt(300))).toBe('unchanged');
    expect(books.entries).toMatchObject([{ amountFen: yuan(300) }]);
  });

  test('stands on a voucher of its own, however the number was typed, until it is rejected or undone', () => {
    books.propose('r', receipt(300, 'ab 12'));
    expect(books.propose('s', receipt(200, 'ＡＢ12'), maker, b)).toBe('voucher-used');
    expect(books.propose('s', handBack(200, 'AB12'))).toBe('voucher-used');
    expect(books.propose('t', receipt(200, 'AB12', asLocalDate('2016-10-09')))).toBe('changed');
    books.reject('r');
    expect(books.propose('s', receipt(200, 'AB12'))).toBe('changed');
    expect(books.confirm('s')).toBe('changed');
    expect(books.propose('u', receipt(200, 'AB12'))).toBe('voucher-used');
    books.propose('undo', undo('s', 200));
    books.confirm('undo');
    expect(books.propose('u', receipt(200, 'AB12'))).toBe('changed');
  });

  test('is refused without the scan of its voucher, which whoever confirms it must see; only a seed’s money has no paper', () => {
    const bare: Wanted = {
      kind: 'receipt',
      amountFen: yuan(300),
      payer: '市总工会',
      voucher: { number: 'V-1', date: today },
    };
    expect(books.propose('r', bare)).toBe('scan-missing');
    expect(books.proposals).toEqual([]);
    const asked = { proposalId: id('r'), fundId: a, wanted: bare, isSeed: true };
    expect(propose(books, asked, { member: maker, now })).toMatchObject({ kind: 'changed' });
    expect(books.propose('s', handBack(300))).toBe('changed');
  });

  test('of two that were recorded at one moment on one voucher, the first to be confirmed counts', () => {
    books.propose('r', receipt(300));
    const asked = { proposalId: id('s'), fundId: b, wanted: receipt(300) };
    const other = propose({ ...books, proposals: [] }, asked, { member: maker, now });
    if (other.kind === 'changed') books.write(other.change);
    expect([books.confirm('s'), books.confirm('r')]).toEqual(['changed', 'voucher-used']);
    expect(books.reject('r')).toBe('changed');
  });

  test.each([
    ['of nothing', receipt(0), 'amount-zero'],
    ['on a voucher of tomorrow', receipt(1, 'V', asLocalDate('2016-10-11')), 'voucher-to-come'],
  ])('%s is refused', (_, wanted, code) => {
    expect(books.propose('r', wanted)).toBe(code);
  });

  test('into a fund that is not there is refused, and so is settling what was never proposed', () => {
    expect(books.propose('r', receipt(1), maker, fundId('nowhere'))).toBe('unknown-fund');
    expect(books.confirm('r')).toBe('unknown-proposal');
  });
});

describe('two persons', () => {
  test.each([
    ['finance and finance', maker, checker, 'changed'],
    ['finance and the office', maker, office, 'changed'],
    ['the office and finance', office, checker, 'changed'],
    ['the office alone', office, office2, 'same-person'],
    ['one of finance alone', maker, maker, 'same-person'],
    ['finance and an officer', maker, who('officer-1', 'officer'), 'not-allowed'],
    ['finance and an auditor', maker, who('auditor-1', 'auditor'), 'not-allowed'],
  ])('%s', (_, first, second, told) => {
    books.propose('r', receipt(300), first);
    expect(books.confirm('r', second)).toBe(told);
    expect(left()).toBe(yuan(told === 'changed' ? 1_300 : 1_000));
  });

  test('nobody of another office proposes', () => {
    for (const role of ['auditor', 'officer', 'chair', 'administrator'])
      expect(books.propose('r', receipt(300), who('x', role))).toBe('not-allowed');
  });

  test('nobody rejects their own either', () => {
    books.propose('r', receipt(300));
    expect(books.reject('r', '写错了', maker)).toBe('same-person');
  });

  test('who holds both offices counts as of finance', () => {
    const both = { ...office, appointments: [...office.appointments, ...maker.appointments] };
    books.propose('r', receipt(300), office2);
    expect(books.confirm('r', both)).toBe('changed');
  });

  test('whose term has ended is none of them', () => {
    const former = { ...checker, appointments: [{ ...checker.appointments[0]!, until: asLocalDate('2016-10-09') }] };
    books.propose('r', receipt(300));
    expect(books.confirm('r', former)).toBe('not-allowed');
  });

  test('are told by name who could be the second', () => {
    const names = (proposedBy: StaffMember, proposedAs: 'finance' | 'office') =>
      secondTreasurers(smallStaff(), { proposedBy: proposedBy.personId, proposedAs }, today).map((each) => each.name);
    expect(names(maker, 'finance')).toEqual(['finance-2', 'office-1', 'office-2']);
    expect(names(office, 'office')).toEqual(['finance-1', 'finance-2']);
  });
});

describe('the undoing of a receipt', () => {
  beforeEach(() => {
    books.propose('r', receipt(300));
    books.confirm('r');
  });

  test('is a new entry that names the old, by two persons again; the old one stays', () => {
    expect(books.propose('u', undo('r', 300), office)).toBe('changed');
    expect(books.confirm('u', office)).toBe('same-person');
    expect(books.confirm('u', maker)).toBe('changed');
    expect(left()).toBe(yuan(1_000));
    const [old, reversal] = books.entries;
    expect(reversal).toMatchObject({ kind: 'undo-receipt', amountFen: old!.amountFen, reverses: old!.entryId });
    expect(books.proposal('r')).toMatchObject({ status: 'undone', undoneBy: 'u' });
  });

  test('happens once', () => {
    books.propose('u', undo('r', 300));
    expect(books.propose('v', undo('r', 300))).toBe('proposed-before');
    books.confirm('u');
    expect(books.propose('v', undo('r', 300))).toBe('not-a-live-receipt');
  });

  test('is refused for another sum, for what is no confirmed receipt, and for one of another fund', () => {
    expect(books.propose('u', undo('r', 299))).toBe('not-a-live-receipt');
    expect(books.propose('u', undo('none', 300))).toBe('not-a-live-receipt');
    expect(books.propose('u', undo('r', 300), maker, b)).toBe('not-a-live-receipt');
    books.propose('s', receipt(50, 'V-2'));
    expect(books.propose('u', undo('s', 50))).toBe('not-a-live-receipt');
    books.propose('h', handBack(50));
    books.confirm('h');
    expect(books.propose('u', undo('h', 50))).toBe('not-a-live-receipt');
  });

  test('is refused once the money is reserved, and says what is left', () => {
    books.propose('u', undo('r', 300));
    books.enter({
      ...books.entries[0]!,
      entryId: 'x',
      kind: 'reserve',
      from: 'available',
      to: 'reserved',
      amountFen: yuan(1_100),
    });
    expect(settleProposal(books, { proposalId: id('u'), confirms: true }, { member: checker, now })).toEqual({
      kind: 'refused',
      code: 'not-covered',
      leftFen: yuan(200),
    });
  });
});

describe('what is left at the end', () => {
  test('goes back to its source by a voucher, and never more than is neither reserved nor paid', () => {
    expect(books.propose('h', handBack(1_001))).toBe('not-covered');
    expect(books.propose('h', handBack(1_000))).toBe('changed');
    expect(books.confirm('h')).toBe('changed');
    expect(books.fund(a)).toMatchObject({ fundedFen: 0, availableFen: 0 });
    expect(books.entries).toMatchObject([{ kind: 'hand-back', proposalId: 'h' }]);
  });

  test('is carried over by two entries that name each other, and no fen is made or lost', () => {
    expect(books.propose('c', carryOver(400))).toBe('changed');
    expect(books.confirm('c')).toBe('changed');
    expect([left(a), left(b)]).toEqual([yuan(600), yuan(1_400)]);
    const [out, into] = books.entries;
    expect(out).toMatchObject({ kind: 'carry-out', fundId: a, counterpart: { fundId: b, entryId: into!.entryId } });
    expect(into).toMatchObject({ kind: 'carry-in', fundId: b, counterpart: { fundId: a, entryId: out!.entryId } });
    expect(books.proposal('c').entryIds).toEqual([out!.entryId, into!.entryId]);
  });

  const programme = programmeIdSchema.parse('fire-damage');
  const patch = patchIdSchema.parse('patch-1');
  test.each([
    ['itself', {}, a, 'into-itself'],
    ['a fund that is not there', {}, fundId('nowhere'), 'unknown-fund'],
    ['money of another giver', { source: 'company' as const }, b, 'into-other-source'],
    ['a fund that is over', { validity: { from: today, until: asLocalDate('2016-10-09') } }, b, 'into-over'],
  ])('is not carried into %s', (_, over, into, code) => {
    books.funds = books.funds.map((fund) => (fund.fundId === b ? { ...fund, ...over } : fund));
    expect(books.propose('c', carryOver(400, into))).toBe(code);
  });

  test.each([
    ['for more programmes', { programmes: [programme] }, undefined, 'into-wider-purpose'],
    ['for fewer programmes', undefined, { programmes: [programme] }, 'changed'],
    ['for all patches', { patches: [patch] }, undefined, 'into-wider-purpose'],
    ['for fewer patches', undefined, { patches: [patch] }, 'changed'],
    ['for other patches', { patches: [patch] }, { patches: [patchIdSchema.parse('patch-2')] }, 'into-wider-purpose'],
  ])('goes into a fund %s only where that is no wider purpose', (_, from, into, told) => {
    books.funds = books.funds.map((fund) => ({
      ...fund,
      purpose: { ...fund.purpose, ...(fund.fundId === a ? from : into) },
    }));
    expect(books.propose('c', carryOver(400))).toBe(told);
  });

  test('of nothing is not carried over or handed back', () => {
    expect([books.propose('c', carryOver(0)), books.propose('h', handBack(0))]).toEqual(['amount-zero', 'amount-zero']);
    expect(books.propose('c', carryOver(1_001))).toBe('not-covered');
  });

  test('is asked again when it is confirmed: the fund that follows may have changed', () => {
    books.propose('c', carryOver(400));
    books.funds = books.funds.map((fund) => (fund.fundId === b ? { ...fund, source: 'company' as const } : fund));
    expect(books.confirm('c')).toBe('into-other-source');
    expect(books.entries).toEqual([]);
  });
});

describe('the terms of a fund', () => {
  test('count when a second person has confirmed them, and leave its money and its source as they are', () => {
    const validity = { from: today, until: asLocalDate('2016-12-31') };
    expect(books.propose('t', terms({ validity, source: 'company' }))).toBe('changed');
    expect(books.fund(a).validity).not.toEqual(validity);
    expect(books.propose('t2', terms())).toBe('proposed-before');
    expect(books.confirm('t')).toBe('changed');
    expect(books.fund(a)).toMatchObject({ validity, source: 'other-unit', availableFen: yuan(1_000) });
    expect(books.propose('t2', terms())).toBe('changed');
  });

  test('are refused where they contradict themselves', () => {
    const over = { validity: { from: today, until: asLocalDate('2016-10-09') } };
    expect(books.propose('t', terms(over))).toBe('until-before-from');
    const twice = [2016, 2016].map((year) => ({ year, amountFen: yuan(1) }));
    expect(books.propose('t', terms({ budgets: twice }))).toBe('year-named-twice');
    expect(books.propose('t', terms({ validity: { from: today, until: today } }))).toBe('changed');
  });

  test('of a new fund are proposed under its id, once, and open it', () => {
    const of = fundId('new-fund');
    const wanted: Wanted = { kind: 'open', terms: termsOf(books.fund(a)) };
    expect(books.propose('o', wanted, maker, a)).toBe('proposed-before');
    expect(books.propose('o', wanted, maker, of)).toBe('changed');
    expect(books.propose('o2', wanted, office, of)).toBe('proposed-before');
    const decided = settleProposal(books, { proposalId: id('o'), confirms: true }, { member: checker, now });
    expect(decided).toMatchObject({
      kind: 'changed',
      change: { terms: { fundId: of, terms: wanted.terms }, entries: [] },
    });
  });

  test('have a digest that every one of them changes', () => {
    const before = termsOf(books.fund(a));
    const others: Partial<Fund>[] = [
      { names: { zh: '甲', en: 'A' } },
      { source: 'company' },
      { purpose: { programmes: [programmeIdSchema.parse('fire-damage')] } },
      { validity: { from: today } },
      { budgets: [{ year: 2016, amountFen: yuan(1) }] },
      { donorsWish: '用于火灾' },
      { payerAccount: { holderName: '工会', bankName: '银行', accountNumber: '1', clearingCode: '999100000017' } },
    ];
    const digests = others.map((over) => termsDigest({ ...before, ...over }));
    expect(new Set([termsDigest(before), ...digests]).size).toBe(others.length + 1);
    const emptied = { ...books.fund(a), availableFen: fen(0) };
    expect(termsDigest(emptied)).toBe(termsDigest(before));
  });
});

test('promise 2: whatever two persons propose, confirm, reject and undo in whatever order, every fund balances and every entry has its pair', () => {
  const people = [maker, checker, office, office2, who('auditor-1', 'auditor')];
  const steps = fc.array(
    fc.record({
      what: fc.constantFrom(
        'receipt',
        'undo',
        'hand-back',
        'carry-over',
        'confirm',
        'confirm',
        'confirm',
        'reject',
        'award',
      ),
      by: fc.nat(people.length - 1),
      fund: fc.nat(1),
      pick: fc.nat(99),
      sum: fc.integer({ min: 0, max: 900 }),
    }),
    { maxLength: 60, size: 'max' },
  );
  const seen = new Set<string>();
  fc.assert(
    fc.property(steps, (sequence) => {
      const own = new Books();
      books = own;
      const start = own.funds.map(({ fundedFen }) => fundedFen);
      sequence.forEach(({ what, by, fund, pick, sum }, index) => {
        const member = people[by]!;
        const [of, other] = fund === 0 ? [a, b] : [b, a];
        const known = own.proposals.map(({ proposalId }) => proposalId);
        const chosen = known[pick % Math.max(1, known.length)] ?? 'none';
        const moneyOf = own.proposals.find(({ proposalId }) => proposalId === chosen)?.wanted;
        const amount = moneyOf !== undefined && 'amountFen' in moneyOf ? moneyOf.amountFen / 100 : sum;
        const told = {
          receipt: () => own.propose(`p${index}`, receipt(sum, `V-${pick}`), member, of),
          undo: () => own.propose(`p${index}`, undo(chosen, amount), member, of),
          'hand-back': () => own.propose(`p${index}`, handBack(sum, `V-${pick}`), member, of),
          'carry-over': () => own.propose(`p${index}`, carryOver(sum, other), member, of),
          confirm: () => own.confirm(chosen, member),
          reject: () => own.reject(chosen, '不符', member),
          award: () => {
            const amountFen = fen(Math.min(yuan(sum), own.fund(of).availableFen));
            const entry = {
              kind: 'reserve',
              ...routeOfEntry('reserve'),
              amountFen,
              fundId: of,
              at: now,
              by: 'x',
            } as const;
            own.enter({ ...entry, entryId: `e${index}` });
            return 'changed';
          },
        }[what]();
        seen.add(`${what}: ${told}`);
        checkBooks(own, start);
      });
    }),
    { seed: 5, numRuns: 300 },
  );
  const wanted = ['receipt', 'undo', 'hand-back', 'carry-over', 'confirm', 'reject'].map((what) => `${what}: changed`);
  for (const told of [...wanted, 'confirm: same-person', 'confirm: not-covered', 'receipt: voucher-used'])
    expect(seen).toContain(told);
}, 120_000);

/** What holds after every step: balances, entries by pairs, nothing turned round twice, no proposal settled by its maker. */
function checkBooks({ funds, entries, proposals }: Books, start: readonly number[]): void {
  const sum = (amounts: readonly number[]) => amounts.reduce((total, each) => total + each, 0);
  funds.forEach(({ fundId: of, fundedFen, availableFen, reservedFen, paidFen }, index) => {
    expect(availableFen + reservedFen + paidFen).toBe(fundedFen);
    expect(Math.min(availableFen, reservedFen, paidFen)).toBeGreaterThanOrEqual(0);
    const own = entries.filter((entry) => entry.fundId === of);
    const came = own.filter(({ from }) => from === 'outside').map(({ amountFen }) => amountFen);
    const left = own.filter(({ to }) => to === 'outside').map(({ amountFen }) => amountFen);
    expect(fundedFen).toBe(start[index]! + sum(came) - sum(left));
  });
  const turned = entries.flatMap(({ reverses }) => reverses ?? []);
  expect(new Set(turned).size).toBe(turned.length);
  for (const entry of entries) {
    expect(entry.reverses !== undefined).toBe(reversingKinds.includes(entry.kind));
    expect(entry.counterpart !== undefined).toBe(pairedKinds.includes(entry.kind));
    const pair = entries.find(({ entryId }) => entryId === (entry.reverses ?? entry.counterpart?.entryId));
    if (pair !== undefined) expect(pair.amountFen).toBe(entry.amountFen);
    if (entry.counterpart !== undefined) expect(pair?.counterpart?.entryId).toBe(entry.entryId);
  }
  for (const { status, entryIds, proposedBy, settledBy } of proposals) {
    expect(entryIds.length > 0).toBe(status === 'confirmed' || status === 'undone');
    expect(settledBy).not.toBe(proposedBy);
  }
}

describe('whoever may confirm', () => {
  const offer = (wanted: Wanted, member = maker, isSeed = false) =>
    propose(books, { proposalId: id('p'), fundId: a, wanted, isSeed }, { member, now });

  test.each([
    ['a receipt', () => receipt(300)],
    ['other terms', () => terms({ names: { zh: '新名', en: 'New name' } })],
    ['what goes back', () => handBack(300)],
    ['what goes over', () => carryOver(400)],
  ])('is asked for %s, and never who proposed it', (_, wanted) => {
    expect(askedBy(offer(wanted()))).toEqual(['finance-2', 'office-1', 'office-2']);
  });

  test('is asked for a new fund, and for the undoing of a receipt', () => {
    const wanted: Wanted = { kind: 'open', terms: termsOf(books.fund(a)) };
    const opened = { proposalId: id('o'), fundId: fundId('new'), wanted };
    expect(askedBy(propose(books, opened, { member: maker, now }))).toContain('finance-2');
    books.propose('r', receipt(300));
    books.confirm('r');
    expect(askedBy(offer(undo('r', 300), checker))).toEqual(['finance-1', 'office-1', 'office-2']);
  });

  test('is of finance where the office proposed', () => {
    expect(askedBy(offer(receipt(300), office))).toEqual(['finance-1', 'finance-2']);
  });

  test('is not asked for what the seed confirms itself, nor by what settles', () => {
    expect(askedBy(offer(receipt(300), maker, true))).toBeUndefined();
    books.propose('r', receipt(300));
    const settled = (settles: { confirms: true } | { confirms: false; reason: string }) =>
      settleProposal(books, { proposalId: id('r'), ...settles }, { member: checker, now });
    expect(askedBy(settled({ confirms: true }))).toBeUndefined();
    expect(askedBy(settled({ confirms: false, reason: '凭证不符' }))).toBeUndefined();
  });
});
