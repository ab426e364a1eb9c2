import { PutItemCommand, DeleteItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { proveBooks } from '../../functions/upkeep/prove-books.ts';
import { localDateOf } from '../../shared/kernel/time.ts';
import { noAudit } from '../../shared/kernel/audit.ts';
import { saveStaffMember } from '../../shared/store/staff-store.ts';
import { isSealedEntity, sealedEntities, sealName, type SealedEntity } from '../../shared/store/seals.ts';
import { begin, type Story } from '../support/case-story.ts';
import { emptyWorld } from '../support/case-world.ts';
import { runsAndSeed } from '../support/runs.ts';
import { contentFor, monday, seedOf, smallStaff } from '../support/small-union.ts';
import { rawItems, startStore, type TestStore } from '../support/store.ts';
import { storeWorld } from '../support/stored-world.ts';

let own: TestStore;
beforeAll(async () => {
  own = await startStore();
  await storeWorld(own.store, believableWorld());
  for (const member of smallStaff())
    await saveStaffMember(own.store, { ...member, version: 0, audit: noAudit }, [
      { event: 'staff.added', by: 'system:test', at: monday, details: {} },
    ]);
});
afterAll(() => own.stop());

/** Everything that leaves a trace in the books: paid, paid in advance, refused by the bank, sent back, undone, declined, withdrawn. */
function believableWorld() {
  const world = emptyWorld();
  const illness = contentFor(seedOf('major-illness-relief')).answers;
  /** Those who are asked say yes until the case has come past this status. */
  const say = (story: Story, at: string, verdict: 'recommend' | 'approve', yuan: number) => {
    for (let asked = 0; story.status() === at; asked += 1) {
      if (asked > 5) throw new Error(`nobody settles a case that is ${at}`);
      const { requestId } = story.open();
      const hasVoted = (who: string) =>
        story.file().votes.some((vote) => vote.requestId === requestId && vote.personId === who);
      expect(
        story.vote(story.asked().find((who) => !hasVoted(who))!, verdict, {
          yuan,
          visited: localDateOf(story.around().now),
        }),
      ).toBe('done');
    }
  };
  const approved = (story: Story) => {
    say(story, 'in-review', 'recommend', 2_000);
    say(story, 'in-approval', 'approve', 2_000);
    story.until(story.file().case.noticeUntil!);
  };
  const paid = begin(world, 'major-illness-relief');
  approved(paid);
  expect([paid.release('finance-1'), paid.confirm('finance-2'), paid.status()]).toEqual(['done', 'done', 'paid']);
  expect([paid.return('finance-2'), paid.status()]).toEqual(['done', 'in-payment']);
  paid.propose({ ...contentFor(seedOf('major-illness-relief')).payee, accountNumber: '6222000000000009' });
  paid.decideAccount('office-1', true);
  paid.release('finance-1', 1);
  expect([paid.confirm('finance-2', 1), paid.status()]).toEqual(['done', 'paid']);
  expect([paid.undo('finance-1', 1), paid.confirm('finance-2', 1, { reference: 'again' })]).toEqual(['done', 'done']);

  const failed = begin(world, 'major-illness-relief', {
    household: 'household-2',
    answers: { ...illness, invoiceNumber: 'B-1' },
  });
  approved(failed);
  failed.release('finance-1');
  expect(failed.fail('finance-2')).toBe('done');

  const declined = begin(world, 'major-illness-relief', {
    household: 'household-3',
    answers: { ...illness, invoiceNumber: 'C-1' },
  });
  for (const who of declined.asked()) expect(declined.vote(who, 'decline')).toBe('done');
  const withdrawn = begin(world, 'major-illness-relief', {
    household: 'household-4',
    answers: { ...illness, invoiceNumber: 'D-1' },
  });
  approved(withdrawn);
  expect(withdrawn.withdraw()).toBe('done');

  const objected = begin(world, 'start-up-funding', { household: 'household-6' });
  say(objected, 'in-review', 'recommend', 2_000);
  say(objected, 'in-approval', 'approve', 2_000);
  expect(objected.object()).toBe('done');

  const fire = begin(world, 'fire-damage', { household: 'household-5' });
  say(fire, 'in-advance', 'approve', 1_000);
  fire.release('finance-1', 0);
  expect(fire.confirm('finance-2', 0)).toBe('done');

  const owing = begin(world, 'fire-damage', { household: 'household-7' });
  say(owing, 'in-advance', 'approve', 1_000);
  const shares = owing.file().payouts.map((_, index) => index);
  for (const index of shares) {
    owing.release('finance-1', index);
    expect(owing.confirm('finance-2', index)).toBe('done');
  }
  expect(owing.vote(owing.asked()[0]!, 'decline')).toBe('done');
  expect([owing.repay('finance-1', 400), owing.confirmRepayment('finance-2', 1)]).toEqual(['done', 'done']);
  expect(owing.proposeWaiver('finance-1')).toBe('done');
  return world;
}

/** Between two passes nobody need wait here. */
const unhurried = () => ({ ...own.store, pause: async () => {} });

const plain = (item: Record<string, AttributeValue>): Record<string, unknown> => unmarshall(item);
const entityOf = (item: Record<string, unknown>): string => String(item['__edb_e__']);

async function itemsOf(entity: SealedEntity) {
  const table = entity === 'ledger-entry' ? own.tables.journal : own.tables.cases;
  const all = (await rawItems(own.client, table)).map(plain);
  return { table, items: all.filter((item) => entityOf(item) === entity) };
}

const put = (table: string, item: Record<string, unknown>) =>
  own.client.send(new PutItemCommand({ TableName: table, Item: marshall(item, { removeUndefinedValues: true }) }));
const remove = (table: string, { pk, sk }: Record<string, unknown>) =>
  own.client.send(new DeleteItemCommand({ TableName: table, Key: marshall({ pk, sk }) }));

const provedWrong = async () => {
  const { ok, wrong } = await proveBooks(unhurried());
  expect(ok).toBe(wrong.length === 0);
  return wrong.map(({ item }) => item);
};

test('promise 27: books that only the system has written agree, whatever happened to the money', async () => {
  const { ok, wrong, checked } = await proveBooks(unhurried());
  expect(wrong).toEqual([]);
  expect(ok).toBe(true);
  expect(checked).toMatchObject({ funds: 4, cases: 7 });
  expect(Math.min(...Object.values(checked))).toBeGreaterThan(0);
});

/** All books are read up to three times for each defect; on a busy machine that takes its time. */
const provedOften = { timeout: 180_000 };

const kinds = Object.keys(sealedEntities).filter(isSealedEntity);
/** What is left out of a seal: what changes without an event of its own, and the count that its write's condition is on. */
const unsealed: Partial<Record<SealedEntity, RegExp>> = {
  case: /^(version|state\.version)$/,
  request: /^body\.(status|taskToken|onward|earlierTokens(\.\d+)?)$/,
  proposal: /^(version|body\.version)$/,
  staff: /^(version|body\.version)$/,
};

/** The paths of everything in an item that is no list and no object. */
const leaves = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, each]) => leaves(each, path === '' ? name : `${path}.${name}`))
    : [path];

function altered(value: unknown, [first, ...rest]: readonly string[]): unknown {
  if (first === undefined)
    return typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${String(value)}x`;
  const entries = Object.entries(Object(value)).map(([name, each]) => [
    name,
    name === first ? altered(each, rest) : each,
  ]);
  return Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries);
}

describe.each(kinds)('promise 27: a planted defect: %s', provedOften, (entity) => {
  test('altered in any of its values is found and named', async () => {
    const { table, items } = await itemsOf(entity);
    expect(items.length).toBeGreaterThan(0);
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (pick, pickLeaf) => {
        const item = items[pick % items.length]!;
        const paths = leaves(item).filter((path) => !path.startsWith('__edb') && unsealed[entity]?.test(path) !== true);
        const path = paths[pickLeaf % paths.length]!;
        const changed = altered(item, path.split('.'));
        if (path === 'pk' || path === 'sk') await remove(table, item);
        await put(table, Object(changed));
        const wrong = await provedWrong();
        if (path === 'pk' || path === 'sk') await remove(table, Object(changed));
        await put(table, item);
        const name = sealName({ entity, attributes: item });
        expect(wrong, path).toContain(
          path.startsWith('body.audit') && entity !== 'staff' ? `${entity}#${String(item[`${entity}Id`])}` : name,
        );
      }),
      runsAndSeed(4),
    );
    expect(await provedWrong()).toEqual([]);
  });

  test('removed is found and named', async () => {
    const { table, items } = await itemsOf(entity);
    const item = items.at(-1)!;
    await remove(table, item);
    const wrong = await provedWrong();
    await put(table, item);
    expect(wrong).toContain(sealName({ entity, attributes: item }));
  });
});

/** Whoever may write the table of cases and not the journal. */
describe('promise 27: a dishonest administrator', provedOften, () => {
  const partition = async (is: (item: Record<string, unknown>) => boolean) => {
    const items = (await rawItems(own.client, own.tables.cases)).map(plain);
    const pks = new Set(items.filter(is).map(({ pk }) => pk));
    return items.filter(({ pk }) => pks.has(pk));
  };
  const without = async (items: readonly Record<string, unknown>[]): Promise<string[]> => {
    expect(items.length).toBeGreaterThan(0);
    for (const item of items) await remove(own.tables.cases, item);
    const wrong = await provedWrong();
    for (const item of items) await put(own.tables.cases, item);
    return wrong;
  };
  const isCaseThat = (status: string) => (item: Record<string, unknown>) =>
    entityOf(item) === 'case' && JSON.stringify(item['state']).includes(`"status":"${status}"`);

  test('who removes a whole case that no money names is found', async () => {
    const items = await partition(isCaseThat('declined'));
    const wrong = await without(items);
    for (const item of items.filter((each) => isSealedEntity(entityOf(each)))) {
      const entity = entityOf(item);
      if (isSealedEntity(entity)) expect(wrong).toContain(sealName({ entity, attributes: item }));
    }
  });

  test.each(['batch', 'fund', 'proposal', 'bank-result'] as const)(
    'who removes any %s is found, whether anything names it or not',
    async (entity) => {
      const { items } = await itemsOf(entity);
      for (const item of items.slice(-1))
        expect(await without([item])).toContain(sealName({ entity, attributes: item }));
    },
  );

  test.each(['case', 'batch', 'bank-result'] as const)('who hides a %s from its list is found', async (entity) => {
    const { table, items } = await itemsOf(entity);
    const item = items[0]!;
    const { gsi1pk: _list, ...hidden } = item;
    await put(table, hidden);
    const wrong = await provedWrong();
    await put(table, item);
    expect(wrong).toContain(sealName({ entity, attributes: item }));
  });

  test('who moves an award or a payment to another case is found at both', async () => {
    for (const entity of ['award', 'payout'] as const) {
      const { table, items } = await itemsOf(entity);
      const item = items[0]!;
      const other = items.find(({ pk }) => pk !== item['pk'])!;
      const moved = { ...item, pk: other['pk'], caseId: other['caseId'] };
      await remove(table, item);
      await put(table, moved);
      const { wrong } = await proveBooks(unhurried());
      await remove(table, moved);
      await put(table, item);
      const name = sealName({ entity, attributes: item });
      expect(wrong.filter((each) => each.item === name).map(({ code }) => code)).toEqual(
        expect.arrayContaining(['missing', 'not-sealed']),
      );
    }
    expect(await provedWrong()).toEqual([]);
  });

  test('who frees a bank reference, of a payment or of a repayment, is found', async () => {
    const marks = (await rawItems(own.client, own.tables.cases))
      .map(plain)
      .filter((item) => 'referenceHash' in item && 'payoutId' in item);
    const ofRepayment = marks.filter(({ payoutId }) => String(payoutId).includes('.advance.'));
    for (const mark of [...ofRepayment, marks.find((each) => !ofRepayment.includes(each))!]) {
      const wrong = await without([mark]);
      const payoutId = String(mark['payoutId']);
      const isOfRepayment = payoutId.includes('.advance.');
      expect(wrong).toContain(isOfRepayment ? `recovery#${payoutId.replace(/\.\d+$/, '')}` : `payout#${payoutId}`);
    }
  });
});
