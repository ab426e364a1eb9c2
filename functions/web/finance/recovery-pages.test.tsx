import { beforeEach, describe, expect, it } from 'vitest';
import { confirmPayout } from '../../../shared/cases/settle-payout.ts';
import { batchPayout, sendPayout } from '../../../shared/cases/batch-payout.ts';
import { beginBatch } from '../../../shared/disbursement/decide-batch.ts';
import { batchIdSchema, type CaseId, personIdSchema } from '../../../shared/kernel/ids.ts';
import { yuan } from '../../../shared/kernel/money.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import { financePorts } from '../../../test/support/finance-ports.ts';
import { freshCode, withAuthenticator } from '../../../test/support/one-time-codes.ts';

let ports: ReturnType<typeof financePorts>;
let caseId: CaseId;
const [maker, checker] = ['ji-qiushi', 'bian-sujun'] as const;

/** The case of 2,000 yuan, paid: made into a batch by one of finance, released and confirmed by the other. */
beforeEach(() => {
  ports = financePorts();
  caseId = ports.caseInPayment();
  const { payoutId, fundId, amountFen } = ports.file(caseId).payouts[0]!;
  const [madeBy, personId] = [personIdSchema.parse(maker), personIdSchema.parse(checker)];
  const at = ports.clock.now;
  const begun = beginBatch({
    ...{ batchId: batchIdSchema.parse('B1'), batchNumber: 'PC-1', profileId: 'generic-csv', answers: [] },
    ...{ members: [{ caseId, payoutId, fundId, amountFen, payeeDigest: 'digest', isIn: false }] },
    ...{ personId: madeBy, at },
  });
  if (begun.kind === 'refused') throw new Error(begun.code);
  const batch = { ...begun.batch, version: 1 };
  ports.batches.set(batch.batchId, batch);
  const done = (told: { kind: string }) => expect(told).toMatchObject({ kind: 'done' });
  const decided = <T extends { kind: string }>(value: T) => {
    if (value.kind === 'nothing') throw new Error('nothing was done');
    return value as Exclude<T, { kind: 'nothing' }>;
  };
  done(ports.act(caseId, (file, around) => decided(batchPayout(file, around, payoutId, batch))));
  const released = {
    ...ports.batches.get(batch.batchId)!,
    status: 'released',
    releasedBy: personId,
    releasedAt: at,
  } as const;
  ports.batches.set(batch.batchId, released);
  done(ports.act(caseId, (file, around) => decided(sendPayout(file, around, payoutId, released))));
  const paidOn = localDateOf(at);
  done(
    ports.act(caseId, (file, around) =>
      confirmPayout(file, around, { personId, payoutId, bankReference: 'OUT-1', paidOn }),
    ),
  );
});

const claimed = () => ports.file(caseId).recoveries[0]!;
const at = () => `/finance/recoveries/${caseId}/${claimed().recoveryId}`;

const propose = async (amount = '500') => {
  const { reader } = await ports.signedIn(maker);
  const form = await reader.get(`/finance/recoveries/${caseId}/new`);
  return reader.post(form, `/finance/recoveries/${caseId}`, { amount, reason: '发票已由保险赔付' });
};
const agree = async () => {
  const { reader } = await ports.signedIn(checker);
  return reader.post(await reader.get(at()), `${at()}/agree`);
};
const record = async (fields: Record<string, string> = {}) => {
  const { reader } = await ports.signedIn(maker);
  const on = localDateOf(ports.clock.now);
  return reader.post(await reader.get(at()), `${at()}/record`, { amount: '200', on, bankReference: 'IN-1', ...fields });
};

describe('the pages of what has to come back', () => {
  it('claim an overpayment with one, and ask another to agree', async () => {
    const told = await propose();
    expect(told.text).toContain('待第二人同意');
    expect(told.html).not.toContain('/agree"');
    expect(told.text).not.toContain('还应退');
    const agreed = await agree();
    for (const text of ['待退回', '还应退 500.00 元']) expect(agreed.text).toContain(text);
    expect(ports.file(caseId).case.owedFen).toBe(yuan(500));
    const { reader } = await ports.signedIn(checker);
    const list = await reader.get('/finance/recoveries');
    for (const text of ['DB-2016-00001', '多付', '500.00 元']) expect(list.text).toContain(text);
  });

  it('say what is wrong with an amount, and claim nothing', async () => {
    expect(await propose('2000.01')).toMatchObject({ status: 409, text: expect.stringContaining('2,000.00 元') });
    expect(await propose('lots')).toMatchObject({ status: 422 });
    const nothing = await propose('0');
    expect([nothing.status, nothing.text.includes('请填写金额'), nothing.text.includes('救助金额')]).toEqual([
      422,
      true,
      false,
    ]);
    expect(ports.file(caseId).recoveries).toEqual([]);
  });

  it('pressed twice, claim once, and another sum once more', async () => {
    const [first, second] = [await propose(), await propose()];
    expect(second.path).toBe(first.path);
    expect(ports.file(caseId).recoveries).toHaveLength(1);
    expect((await propose('300')).path).not.toBe(first.path);
    expect(ports.file(caseId).recoveries).toHaveLength(2);
  });

  it('promise 7: record a repayment with one and confirm it with another, by a fresh one-time code', async () => {
    await propose();
    await agree();
    const recorded = await record();
    expect(recorded.text).toContain('待另一人确认');
    expect(recorded.html).not.toContain('/confirm"');
    const repayment = claimed().repayments[0]!.repaymentId;
    withAuthenticator(ports, checker);

    const own = await ports.signedIn(maker);
    const page = await own.reader.get(at());
    const denied = await own.reader.post(page, `${at()}/confirm`, { repayment, code: freshCode(ports, maker) });
    expect(denied.status).toBe(409);
    const { reader } = await ports.signedIn(checker);
    const open = await reader.get(at());
    expect((await reader.post(open, `${at()}/confirm`, { repayment, code: '000000' })).status).toBe(422);
    expect(claimed().recoveredFen).toBe(0);
    const done = await reader.post(open, `${at()}/confirm`, { repayment, code: freshCode(ports, checker) });
    expect(done.text).toContain('300.00 元');
    expect(claimed()).toMatchObject({ recoveredFen: yuan(200), status: 'open' });
    expect(ports.file(caseId).case.owedFen).toBe(yuan(300));
  });

  it('take no repayment of nothing', async () => {
    await propose();
    await agree();
    expect(await record({ amount: '0' })).toMatchObject({ status: 422, text: expect.stringContaining('请填写金额') });
    expect(claimed().repayments).toEqual([]);
  });

  it('name the field that is wrong', async () => {
    await propose();
    await agree();
    expect((await record({ amount: '500.01' })).text).toContain('最多还能登记 500.00 元');
    expect((await record({ bankReference: '' })).errors).toEqual(['请填写银行流水号']);
    expect((await record({ bankReference: '1'.repeat(65) })).errors).toEqual(['银行流水号不能超过 64 个字']);
    expect((await record({ on: 'soon' })).errors).toEqual(['到账日期要写成年-月-日，例如 2016-10-08']);
    expect(claimed().repayments).toEqual([]);
  });

  it('waive what is left once two have said so', async () => {
    await propose();
    await agree();
    const first = await ports.signedIn(maker);
    const page = await first.reader.get(at());
    expect((await first.reader.post(page, `${at()}/propose-waiver`, { reason: '' })).status).toBe(422);
    const long = await first.reader.post(page, `${at()}/propose-waiver`, { reason: '长'.repeat(501) });
    expect([long.status, long.errors]).toEqual([422, ['原因不能超过 500 个字']]);
    const told = await first.reader.post(page, `${at()}/propose-waiver`, { reason: '家中再遭变故' });
    expect(told.html).not.toContain('/waive"');
    const second = await ports.signedIn(checker);
    const waived = await second.reader.post(await second.reader.get(at()), `${at()}/waive`);
    expect(waived.text).toContain('免予追回');
    expect(claimed().status).toBe('waived');
  });

  it('are read by the auditor, who can press nothing, and are closed to others', async () => {
    await propose();
    const auditor = await ports.signedIn('qiu-zhengheng');
    const seen = await auditor.reader.get(at());
    expect(seen.status).toBe(200);
    expect(seen.html).not.toContain(`${at()}/`);
    const outsider = await ports.signedIn('you-zhidu');
    expect((await outsider.reader.get('/finance/recoveries')).status).toBe(403);
  });
});
