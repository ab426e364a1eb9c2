import { SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { proveBooks } from '../../functions/upkeep/prove-books.ts';
import { seedStage } from '../../functions/upkeep/seed-stage.ts';
import { runScheduled } from '../../functions/waits/run-scheduled.ts';
import { faultInChain } from '../../shared/kernel/audit.ts';
import { type FundId, fundIdSchema } from '../../shared/kernel/ids.ts';
import { asInstant, asLocalDate } from '../../shared/kernel/time.ts';
import { getFund, listFunds, openFund } from '../../shared/store/fund-store.ts';
import { auditTrail } from '../../shared/store/journal-store.ts';
import { outboxOlderThan } from '../../shared/store/outbox-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { agreed, receiptOf, termsFor } from '../support/funded.ts';
import { outboxPorts } from '../support/outbox-ports.ts';
import { changesTo, reserveEntry, sampleCase } from '../support/sample-case.ts';
import { startStore, type TestStore } from '../support/store.ts';

const start = asInstant('2016-11-29T02:00:00.000Z');
const day = 86_400_000;
const fundId = fundIdSchema.parse('sea-fund');

let own: TestStore;
let ports: ReturnType<typeof outboxPorts>;
beforeAll(async () => {
  own = await startStore();
  await seedStage(own.store, { profile: 'demo', administratorEmail: '', at: start });
  ports = outboxPorts(own.store, start);
  ports.sfn.on(SendTaskSuccessCommand).resolves({});
});
afterAll(() => own.stop());

async function endingFund(id: FundId): Promise<void> {
  const terms = { ...termsFor({ zh: '海洋基金', en: 'Ocean fund' }, []), fundId: id };
  const validity = { from: asLocalDate('2016-01-01'), until: asLocalDate('2016-12-31') };
  const [programme] = (await listFunds(own.store)).flatMap(({ purpose }) => purpose.programmes);
  const purpose = { programmes: programme === undefined ? [] : [programme] };
  await openFund(own.store, { ...terms, purpose, validity }, { by: 'system:seed', at: start });
  await agreed(own.store, id, `receipt-${id}`, receiptOf(100_000, `V-${id}`, start), start);
  const of = sampleCase(id);
  const entries = [reserveEntry(of.caseId, id, 40_000)];
  await saveChanges(own.store, undefined, changesTo(of, { entries }), { funds: await listFunds(own.store) });
}
const told = (words: string) => ports.mails.filter(({ subject }) => subject.startsWith(words));

test('finance and the office are told once that a fund ends, and once that it has ended with money reserved', async () => {
  await endingFund(fundId);
  expect(await runScheduled(ports.act)).toMatchObject({ count: 0, nextAt: '2016-11-30T16:00:00.000Z' });
  expect(ports.mails).toEqual([]);

  ports.pass(2 * day);
  await Promise.all([runScheduled(ports.act), runScheduled(ports.act)]);
  await runScheduled(ports.act);
  const ending = told('资金即将到期：海洋基金');
  expect(ending.map(({ to }) => to).toSorted()).toEqual([
    'bian.sujun-demo@union.example',
    'ji.qiushi-demo@union.example',
    'wen.zhuxi-demo@union.example',
    'zhuang.caiwei-demo@union.example',
  ]);
  for (const said of ['2016年12月31日', '余额 600.00 元', '已预留 400.00 元', '结转', '交回来源', 'Ocean fund'])
    expect(ending[0]!.text).toContain(said);
  expect(ending[0]!.text).toContain('https://relief.example/finance/funds/sea-fund');

  ports.pass(31 * day);
  await runScheduled(ports.act);
  await runScheduled(ports.act);
  expect(told('资金已到期，仍有预留：海洋基金')).toHaveLength(4);
  expect(ports.mails).toHaveLength(8);
  expect((await runScheduled(ports.act)).nextAt).toBeNull();

  const fund = await getFund(own.store, fundId);
  expect(fund).toMatchObject({
    told: [
      { what: 'ending', until: '2016-12-31' },
      { what: 'over', until: '2016-12-31' },
    ],
    availableFen: 60_000,
    reservedFen: 40_000,
  });
  const events = await auditTrail(own.store, `fund#${fundId}`);
  expect(faultInChain(events, fund!.audit)).toBeUndefined();
  expect(events.map(({ event }) => event)).toEqual([
    'fund.opened',
    'fund.receipt',
    'fund.reserve',
    'fund.ending-told',
    'fund.over-told',
  ]);
});

test('what was told keeps its place when other terms are set, and the books hold', async () => {
  const before = (await getFund(own.store, fundId))!;
  const { names, source, purpose, validity, budgets } = before;
  const terms = { names: { ...names, zh: '海洋公益金' }, source, purpose, validity, budgets };
  await agreed(own.store, fundId, 'renamed', { kind: 'change', terms }, start);
  expect((await getFund(own.store, fundId))?.told).toEqual(before.told);
  await runScheduled(ports.act);
  expect(ports.mails).toHaveLength(8);
  const { wrong } = await proveBooks({ ...own.store, pause: async () => {} });
  expect(wrong.filter(({ item }) => item.includes(`fund#${fundId}`))).toEqual([]);
});

test('a mail that could not be sent is sent later, of a fund that still ends', async () => {
  const id = fundIdSchema.parse('lake-fund');
  ports = outboxPorts(own.store, asInstant('2016-12-20T02:00:00.000Z'));
  await endingFund(id);
  ports.failMails(new Error('out of order'));
  await runScheduled(ports.act);
  expect(ports.mails).toEqual([]);
  const left = await outboxOlderThan(own.store, asInstant('2030-01-01T00:00:00.000Z'));
  expect(left).toHaveLength(4);
  ports.failMails(undefined);
  await ports.act.send(left);
  expect(told('资金即将到期')).toHaveLength(4);
});
