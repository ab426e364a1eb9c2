import { answerFile } from '../replay/bank-answers.ts';
import { readBankFile } from '../replay/bank-file.ts';
import { type Answer, expectPage, type User } from './http-user.ts';

/** Finance's form as it stands on the list of what is ordered: the values of its boxes. */
export const orderedOn = (html: string): string[] =>
  [...html.matchAll(/name="payout"[^>]*value="([^"]+)"/g)].map(([, value = '']) => value);

/** A batch of these payments of the list that the maker has before them, every warning answered; where its page is. */
export async function makeBatch(maker: User, list: Answer, payout: readonly string[]): Promise<string> {
  const chosen = { payout, profile: 'generic-csv' };
  const check = expectPage(await maker.post(list, '/finance/batches/check', chosen), /^\/finance\/batches\/check$/);
  const answers = [...check.html.matchAll(/<select[^>]*name="(answer\.[^"]+)"/g)].map(([, name = '']) => name);
  const filled = { payout, ...Object.fromEntries(answers.map((name) => [name, 'seen-the-card'])) };
  const made = expectPage(await maker.post(check, '/finance/batches', filled), /^\/finance\/batches\/[^/]+$/);
  return new URL(made.url).pathname;
}

/** Another person releases the batch whose page this is, if it waits for that. */
export async function releaseBatch(checker: User, path: string, fresh: () => Promise<string>): Promise<void> {
  const page = expectPage(await checker.get(path), /^\/finance\/batches\//);
  if (page.html.includes('/release"'))
    expectPage(await checker.post(page, '/release', { code: await fresh() }), /^\/finance\/batches\//);
}

/** The bank has paid all that the released batch asks for, and its file that says so is recorded. */
export async function recordAnswers(
  checker: User,
  path: string,
  { paidOn, fresh }: { readonly paidOn: string; readonly fresh: () => Promise<string> },
): Promise<void> {
  const orders = readBankFile(Buffer.from((await checker.get(`${path}/file`)).html));
  const paid = orders.map((order) => ({
    order,
    answer: { kind: 'paid', reference: `BENCH-${order.reference}` } as const,
    on: paidOn,
  }));
  const { fileName, contentType, bytes } = answerFile(paid, 0);
  const list = expectPage(await checker.get('/finance/results'), /^\/finance\/results$/);
  const file = { name: fileName, type: contentType, bytes: Buffer.from(bytes) };
  const preview = expectPage(await checker.upload(list, '/finance/results', file), /^\/finance\/results\/[^/]+$/);
  expectPage(await checker.post(preview, '/apply', { code: await fresh() }), /^\/finance\/results\/[^/]+$/);
}
