import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hidden, mask, maskKey, maskSubject, maskText, sealed } from './mask.ts';
import { plainItem } from './table-item.ts';

const token = 'AAAAAAABAAAAAQAAAApAY4pQi16ZQUv12FaPA0Ro6QDM4nyMz0oiIibdqGvQiA';
const hash = '594472a9cbeefdadcf44922d29826a66ab4fad881d5f172608e80c920f5d475d';
const box = `Zu29Ukkb.${token}`;
const canaries = [
  '郗望潮',
  'Xi Wangchao',
  'xi-wangchao',
  '190000195001011013',
  '19000019500101101X',
  '0000-2100001',
  '9000000001000000019',
  'applicant-01@workers.example',
  '盐场生活区 2 号楼 102',
  'wages stopped; he is ill',
  token,
  hash,
  box,
];
/** Names that a person's values are or may be stored under; the last is one that nobody has thought of. */
const names = [
  'name',
  'idNumber',
  'phone',
  'email',
  'address',
  'accountNumber',
  'note',
  'comment',
  'title',
  'holderName',
]
  .concat([
    'bankName',
    'unit',
    'cause',
    'errorMessage',
    'taskToken',
    'linkHash',
    'hash',
    'wrapped',
    'identity',
    'ledger',
  ])
  .concat(['input', 'output', 'parameters', 'text', 'whatSomebodyAddsTomorrow']);

const shown = (value: unknown): string => JSON.stringify(value);

describe('promise 10 and 13: what is personal, or opens a door, is not shown', () => {
  test.each(names)('whatever stands under %s, however deep', (name) => {
    for (const canary of canaries) {
      const shapes = [
        { [name]: canary },
        { body: { [name]: canary } },
        { list: [{ [name]: [canary] }] },
        { input: JSON.stringify({ Payload: { [name]: canary } }) },
        { output: JSON.stringify(JSON.stringify({ [name]: canary })) },
      ];
      for (const shape of shapes) expect(shown(mask('', shape))).not.toContain(canary);
    }
  });

  test('a canary as the name of an attribute', () => {
    for (const canary of canaries.filter((each) => each !== 'xi-wangchao')) {
      expect(shown(mask('', { answers: { [canary]: 1 } }))).not.toContain(canary);
    }
  });

  test('long opaque texts, long numbers and Chinese under names whose words are shown', () => {
    for (const name of ['kind', 'status', 'by', 'from', 'aggregate', 'personId', 'caseId', 'id', 'state']) {
      for (const canary of [token, hash, box, '郗望潮', 'a@b.example', '盐场生活区 2 号楼 102']) {
        expect(maskText(name, canary)).not.toContain(canary);
      }
    }
    for (const name of ['kind', 'by', 'limit', 'window']) {
      expect(maskText(name, '190000195001011013')).not.toContain('1900001950');
    }
  });

  test('a number long enough to be a phone or an account, unless its name says time or money', () => {
    expect(mask('phone', 19_000_195_001)).toBe(hidden);
    expect(mask('whatever', 19_000_195_001)).toBe(hidden);
    expect(mask('expiresAtEpoch', 1_459_904_414)).toBe(1_459_904_414);
    expect(mask('availableFen', 500_000_000_000)).toBe(500_000_000_000);
  });

  test('any text at all under a name that nobody has allowed', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), (typed) => {
        const text = shown(mask('', { note: `~${typed}~` }));
        expect(text).not.toContain(JSON.stringify(`~${typed}~`).slice(1, -1));
      }),
    );
  });

  test('bytes of any kind', () => {
    const item = {
      secret: { B: 'c2VjcmV0' },
      more: { BS: ['c2VjcmV0'] },
      inner: { M: { a: { L: [{ B: 'c2VjcmV0' }] } } },
    };
    expect(shown(mask('', plainItem(item)))).not.toContain('c2VjcmV0');
  });

  test('hashes and addresses within a key of a table', () => {
    expect(maskKey(`$reliefline#linkHash_${hash}`)).toBe(`$reliefline#linkHash_${hidden}`);
    expect(maskKey(`$staff-address_1#addressHash_${hash}`)).toBe(`$staff-address_1#addressHash_${hidden}`);
    expect(maskKey('$x#name_郗望潮#and more')).toBe(`$x#name_〔text 3〕#${hidden}`);
  });

  test('an address, a long number or a token in a mail’s subject', () => {
    const subject = `请您办理：DB-2016-00002 a@b.example 190000195001011013 ${token}`;
    expect(maskSubject(subject)).toBe(`请您办理：DB-2016-00002 ${hidden} ${hidden} ${hidden}`);
  });
});

describe('what is no secret stays readable', () => {
  test('ids, moments, closed words, amounts, keys and what is sealed', () => {
    const request = {
      caseId: 'Ca2cf4f7f3f0fa33063ba118',
      status: 'open',
      openedAt: '2016-03-07T01:00:13.428Z',
      seats: [{ role: 'patch-member', personId: 'pan-xichen', generation: 1 }],
      amountFen: 300_000,
      isSurveyed: false,
    };
    expect(mask('', request)).toEqual(request);
    expect(mask('', { payee: { box, retention: 'payment' } })).toEqual({ payee: sealed });
    expect(mask('box', box)).toBe(sealed);
    for (const key of [
      '$reliefline#caseId_Ca2cf4f7f3f0fa33063ba118',
      '$caseFile#request_1#requestId_031Y1GQS39NG4WME',
      '$case_1#submittedAt_2016-03-07T01:00:12.463Z#caseId_Ca2cf4f7f3f0fa33063ba118',
      '$reliefline#aggregate_case#C31df13e2ce3b51d70ee2223',
      '$reliefline#caseNumber_DB201600002',
    ]) {
      expect(maskKey(key)).toBe(key);
    }
  });

  test('the names of errors and tasks in an engine’s event', () => {
    expect(mask('error', 'States.Timeout')).toBe('States.Timeout');
    expect(mask('resource', 'invoke.waitForTaskToken')).toBe('invoke.waitForTaskToken');
  });
});
