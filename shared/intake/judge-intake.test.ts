import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { householdIdSchema, incidentIdSchema } from '../kernel/ids.ts';
import { asLocalDate } from '../kernel/time.ts';
import type { Facts } from '../programmes/evaluate.ts';
import type { Answers } from '../programmes/form-field.ts';
import { type ProgrammeVersion, programmeVersionSchema } from '../programmes/programme-version.ts';
import { fireDamage } from '../programmes/seeds/fire-damage.ts';
import { seedProgrammes } from '../programmes/seeds/index.ts';
import { incidentIdOf } from './incident-key.ts';
import {
  capKey,
  capPeriodStart,
  missingPapers,
  onceClaims,
  onceKeys,
  papersAsked,
  refusalReasons,
} from './judge-intake.ts';

const [illness, fire, startUp] = [seedProgrammes[0]!, seedProgrammes[1]!, seedProgrammes[2]!];
const today = asLocalDate('2016-10-08');
const householdId = householdIdSchema.parse('H-07');
const incidentId = incidentIdSchema.parse('2016-10-07-abc');

const facts = (answers: Answers, over: Partial<Facts> = {}): Facts => ({
  answers,
  standing: 'none',
  isOnRegister: false,
  householdHeads: 3,
  today,
  ...over,
});
const reasons = (version: ProgrammeVersion, answers: Answers, over: Partial<Facts> = {}) =>
  refusalReasons(version, facts(answers, over)).map(({ id }) => id);

describe('papers', () => {
  test('that are due with the application are missed one by one, with how many are still needed', () => {
    expect(missingPapers(illness, facts({}), { diagnosis: 1, invoice: 2, 'id-card': 0 }, 'submission')).toEqual([
      { paperId: 'insurance-settlement', label: { zh: '医保结算单', en: 'Insurance settlement' }, has: 0, needs: 1 },
      { paperId: 'id-card', label: { zh: '身份证正反面', en: 'ID card, both sides' }, has: 0, needs: 1 },
      {
        paperId: 'bank-card',
        label: { zh: '收款银行卡或存折', en: 'Bank card or passbook of the account' },
        has: 0,
        needs: 1,
      },
    ]);
  });

  test('are complete when every one has its files', () => {
    const files = Object.fromEntries(startUp.papers.map(({ id, atLeast }) => [id, atLeast]));
    expect(missingPapers(startUp, facts({}), files, 'submission')).toEqual([]);
  });

  test('after a fire are two photographs at first, and the rest by its own deadline', () => {
    const ids = (at: 'submission' | 'deadline', photographs: number) =>
      missingPapers(fire, facts({}), { photographs }, at).map(({ paperId }) => paperId);
    expect(ids('submission', 1)).toEqual(['photographs']);
    expect(ids('submission', 2)).toEqual([]);
    expect(ids('deadline', 2)).toEqual(['call-out-receipt', 'id-card', 'bank-card', 'fire-certificate']);
  });

  test('are asked for only where their condition holds', () => {
    const version = programmeVersionSchema.parse({
      ...fireDamage,
      papers: fireDamage.papers.map((paper) =>
        paper.id === 'photographs' ? { ...paper, askedIf: { kind: 'field-is', field: 'burnt', value: 'home' } } : paper,
      ),
    });
    expect(missingPapers(version, facts({ burnt: 'means-of-work' }), {}, 'submission')).toEqual([]);
    expect(papersAsked(version, facts({ burnt: 'home' }))).toHaveLength(5);
  });
});

describe('refusals', () => {
  const bill = (ownShareFen: number): Answers => ({
    totalCostFen: ownShareFen + 500_000,
    paidByBasicFen: 500_000,
    cause: 'illness',
    isThirdPartyLiable: false,
  });

  test('of illness relief begin below an own share of 2,000 yuan', () => {
    expect(reasons(illness, bill(199_999))).toEqual(['own-share-too-small']);
    expect(reasons(illness, bill(200_000))).toEqual([]);
  });

  test('are all given at once', () => {
    expect(reasons(illness, { ...bill(0), cause: 'fight', isThirdPartyLiable: true })).toEqual([
      'own-share-too-small',
      'third-party-pays',
      'fight',
    ]);
    expect(reasons(illness, { ...bill(200_000), cause: 'drink' })).toEqual(['drink']);
    expect(reasons(illness, { ...bill(200_000), cause: 'accident' })).toEqual([]);
  });

  test('of a fire name what is neither a home nor a means of work', () => {
    expect(reasons(fire, { burnt: 'neither' })).toEqual(['neither-home-nor-work']);
    expect(reasons(fire, { burnt: 'both' })).toEqual([]);
  });

  test('of start-up funding name strangers to the register, old businesses and dead licences', () => {
    const shop = { startedOn: '2015-10-08', isLicenceInForce: true, isLaidOff: false };
    expect(reasons(startUp, shop, { isOnRegister: true })).toEqual([]);
    expect(reasons(startUp, shop, { standing: 'laid-off' })).toEqual([]);
    expect(reasons(startUp, { ...shop, isLaidOff: true })).toEqual([]);
    expect(reasons(startUp, { ...shop, startedOn: '2015-10-07', isLicenceInForce: false })).toEqual([
      'neither-registered-nor-laid-off',
      'business-too-old',
      'licence-not-in-force',
    ]);
  });
});

describe('what is helped once', () => {
  const keysOf = (version: ProgrammeVersion, answers: Answers) =>
    onceKeys(version, { householdId, incidentId: incidentIdOf(version, answers), answers });

  test('is the same bill however its number is typed', () => {
    const keys = ['ab-12 34', 'AB1234', ' ａｂ１２３４', 'A B—1 2–3 4'].map((invoiceNumber) =>
      keysOf(illness, { invoiceNumber }),
    );
    expect(new Set(keys.flat())).toEqual(new Set(['major-illness-relief/same-bill/AB1234']));
    expect(keysOf(illness, { invoiceNumber: 'AB1235' })).not.toEqual(keys[0]);
  });

  test('is nothing where the number is missing', () => {
    expect(keysOf(illness, {})).toEqual([]);
    expect(keysOf(illness, { invoiceNumber: ' - ' })).toEqual([]);
    expect(keysOf(fire, { incidentDate: '2016-10-07' })).toEqual([]);
  });

  test('is a household’s share in one fire, whoever of it applies', () => {
    const answers = { incidentDate: '2016-10-07', incidentNumber: '消 12' };
    const keys = keysOf(fire, answers);
    expect(keys).toHaveLength(1);
    expect(keysOf(fire, { ...answers, incidentNumber: '消12' })).toEqual(keys);
    const other = onceKeys(fire, {
      householdId: householdIdSchema.parse('H-08'),
      incidentId: incidentIdOf(fire, answers),
      answers,
    });
    expect(other).not.toEqual(keys);
  });

  test('comes with the sentence for whoever is refused', () => {
    const [claim] = onceClaims(startUp, { householdId, incidentId: undefined, answers: { licenceNumber: '91370000' } });
    expect(claim).toMatchObject({ ruleId: 'same-business', key: 'start-up-funding/same-business/91370000' });
    expect(claim?.reason.zh).toContain('只扶持一次');
  });

  test('keeps apart what only looks alike when strung together', () => {
    const version = programmeVersionSchema.parse({
      ...fireDamage,
      once: [{ ...fireDamage.once[0], key: [{ field: 'incidentPlace' }, { field: 'incidentNumber' }] }],
    });
    const one = keysOf(version, { incidentPlace: 'a/b', incidentNumber: 'c' });
    expect(one).not.toEqual(keysOf(version, { incidentPlace: 'a', incidentNumber: 'b/c' }));
  });
});

describe('an incident', () => {
  const idOf = (incidentDate: string, incidentNumber: string) => incidentIdOf(fire, { incidentDate, incidentNumber });

  test('is one for all who name the same day and number', () => {
    const id = idOf('2016-10-07', '消出字〔2016〕第 12 号');
    expect(id).toMatch(/^2016-10-07-[0-9a-f]{20}$/);
    expect(idOf('2016-10-07', ' 消出字〔２０１６〕第12号')).toBe(id);
  });

  test('is another on another day or with another number', () => {
    const ids = [idOf('2016-10-07', '12'), idOf('2016-10-06', '12'), idOf('2016-10-07', '13')];
    expect(new Set(ids).size).toBe(3);
  });

  test('is unknown without both, and where the programme knows none', () => {
    expect(idOf('', '12')).toBeUndefined();
    expect(idOf('2016-10-07', ' — ')).toBeUndefined();
    expect(incidentIdOf(illness, { incidentDate: '2016-10-07', incidentNumber: '12' })).toBeUndefined();
  });

  test('always has a proper id, whatever was typed as its number', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (number) => {
        const id = idOf('2016-10-07', number);
        expect(id === undefined || incidentIdSchema.parse(id) === id).toBe(true);
      }),
    );
  });
});

describe('the cap', () => {
  test('adds up by calendar year, by incident or over months', () => {
    expect(capKey(illness, { householdId, incidentId: undefined, today })).toBe('major-illness-relief/H-07/2016');
    expect(capKey(fire, { householdId, incidentId, today })).toBe('fire-damage/H-07/2016-10-07-abc');
    expect(capKey(startUp, { householdId, incidentId: undefined, today })).toBe('start-up-funding/H-07/rolling');
  });

  test('is not doubled by leaving the incident out', () => {
    expect(capKey(fire, { householdId, incidentId: undefined, today })).toBe('fire-damage/H-07/unnamed');
  });

  test('counts from New Year, from months ago, or (an incident) from ever', () => {
    expect(capPeriodStart(illness, today)).toBe('2016-01-01');
    expect(capPeriodStart(startUp, today)).toBe('2013-10-08');
    expect(capPeriodStart(fire, today)).toBeUndefined();
  });
});
