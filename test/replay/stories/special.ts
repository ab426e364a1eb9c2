import { apply, expectPage, type Receipt, track } from '../apply.ts';
import { decide, recommend } from '../decide.ts';
import { payEverything } from '../finance.ts';
import { approveAccount } from '../office.ts';
import { inventAccount, inventPerson } from '../people.ts';
import { told } from '../told.ts';
import type { World } from '../world.ts';
import { billNumber, illnessApplication } from './illness.ts';

const treated = { from: '2016-03-01', until: '2016-04-20' };

/** A reviewer wants the invoice again; the applicant is told what and why, uploads it and sends the application again. */
export async function returnAndCorrect(world: World, receipt: Receipt): Promise<void> {
  await decide(world, receipt, [{ verdict: 'return', note: '发票照片看不清，请重新上传', missing: ['paper:invoice'] }]);
  await told(world, receipt, 'returned');
  const status = await track(receipt);
  if (!status.text.includes('发票照片看不清'))
    throw new Error(`${receipt.caseNumber}: the reviewer's words are not told`);
  const { browser } = receipt;
  const form = expectPage(await browser.send(status, '/correct'), /\/form$/);
  const papers = expectPage(await browser.send(form, '/form', { hospitalGrade: 'second' }), /\/papers$/);
  const check = expectPage(await browser.send(papers, '/papers'), /\/check$/);
  expectPage(await browser.send(check, '/submit'), /^\/track\/case\//);
}

/** Somebody else tries a bill with which relief was already asked for: refused at intake, with the reason. */
export async function refuseDuplicate(world: World, order: number, billOf: number): Promise<Receipt> {
  const application = illnessApplication(inventPerson(order), order, { ownShare: 36_800 }, treated);
  const again = { ...application.answers, invoiceNumber: billNumber(billOf).toLowerCase() };
  const receipt = await apply(world.site, { ...application, answers: again });
  await told(world, receipt, 'refused');
  const status = await track(receipt);
  if (!status.text.includes('同一笔费用只救助一次')) throw new Error(`${receipt.caseNumber}: no reason is told`);
  return receipt;
}

/** The reviewers recommend, the officer does not agree: the applicant reads why, and no money is kept for it. */
export async function declineOne(world: World, order: number): Promise<Receipt> {
  const reason = '经核实，该费用已由原单位全额承担';
  const receipt = await apply(
    world.site,
    illnessApplication(inventPerson(order), order, { ownShare: 15_200 }, treated),
  );
  await decide(world, receipt, [recommend(2_000), recommend(2_000)]);
  await decide(world, receipt, [{ verdict: 'decline', note: reason }]);
  await told(world, receipt, 'declined');
  if (!(await track(receipt)).text.includes(reason)) throw new Error(`${receipt.caseNumber}: no reason is told`);
  return receipt;
}

/** After the bank has returned the payment, the applicant names another account, the office approves it, and it is paid. */
export async function payToNewAccount(world: World, receipt: Receipt, order: number): Promise<void> {
  await told(world, receipt, 'payment-failed');
  const { browser } = receipt;
  const status = await track(receipt);
  const link = status.links.find(({ href }) => href.endsWith('/propose-account'));
  if (link === undefined) throw new Error(`${receipt.caseNumber}: no way to name another account`);
  const account = inventAccount(order, 2);
  const page = await browser.open(link.href);
  const named = { payeeKind: 'self', payeeBankName: '盐场储蓄所（虚构）', payeeAccountNumber: account };
  expectPage(await browser.send(page, '/propose-account', named), /^\/track\/case\//);
  await approveAccount(world, receipt, account);
  await payEverything(world);
  await told(world, receipt, 'paid');
  if (!(await track(receipt)).text.includes('已经全部到账'))
    throw new Error(`${receipt.caseNumber}: not shown as paid`);
}

/**
 * The patch member never answers: reminded after two working days; after four the deputy is asked to stand in, and answers.
 * One of the leading group has answered at once.
 */
export async function climbToDeputy(world: World, receipt: Receipt, yuan: number): Promise<void> {
  const [first] = await decide(world, receipt, [recommend(yuan)], ({ subject }) => subject.startsWith('请您办理'));
  const isOfCase = ({ subject }: { subject: string }): boolean => subject.includes(receipt.caseNumber);
  const asked = await world.post.wait(
    'another reviewer is asked',
    (letter) => isOfCase(letter) && letter.link.includes('/d/') && letter.to !== first?.to,
  );
  const silent = asked[0]?.to ?? '';
  await world.moveClock({ by: '+2d' });
  const isReminder = (letter: { to: string; subject: string }): boolean =>
    isOfCase(letter) && letter.to === silent && letter.subject.startsWith('提醒');
  await world.post.wait(`${silent} is reminded`, isReminder);
  await world.moveClock({ by: '+2d' });
  const [deputy] = await decide(world, receipt, [recommend(yuan)], ({ subject }) => subject.startsWith('请您代为办理'));
  if (deputy === undefined || [silent, first?.to].includes(deputy.to)) {
    throw new Error(`${receipt.caseNumber}: no deputy was asked`);
  }
}
