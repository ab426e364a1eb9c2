import { expect, test } from 'vitest';
import { actionsFrom, isEnd } from '../kernel/lifecycle.ts';
import { mailAddressOf, objectionLifecycle, objectionStatuses } from './objection.ts';

test.each([
  ['she@home.example', 'she@home.example'],
  [' ｓｈｅ＠home.example ', 'she@home.example'],
  ['0000-2100999', undefined],
  ['郗拾贝 she@home.example', undefined],
  ['she@home', undefined],
  ['a@b.example, c@d.example', undefined],
])('a contact %j is answered by mail to %s', (objectorContact, address) => {
  expect(mailAddressOf({ objectorContact })).toBe(address);
});

test('every objection comes to an answer, if only that it was overtaken', () => {
  for (const status of objectionStatuses) {
    expect(isEnd(objectionLifecycle, status) || actionsFrom(objectionLifecycle, status).includes('overtake')).toBe(
      true,
    );
  }
});
