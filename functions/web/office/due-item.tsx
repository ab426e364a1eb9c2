import { can } from '../../../shared/cases/can.ts';
import type { Around, CaseFile, Decided } from '../../../shared/cases/case-file.ts';
import { answerPaymentCheck, closeFinding } from '../../../shared/cases/payment-check.ts';
import type { DueAction } from '../../../shared/cases/rights-on-due.ts';
import {
  daysToExtendTo,
  daysToHaveVisited,
  extendPaper,
  recordVisit,
} from '../../../shared/cases/scheduled-actions.ts';
import type { ScheduledItem } from '../../../shared/cases/scheduled-item.ts';
import { formatDate, formatMoney } from '../../../shared/i18n/format.ts';
import { caseIdSchema } from '../../../shared/kernel/ids.ts';
import { fen, parseYuan } from '../../../shared/kernel/money.ts';
import { lastDayBefore, type LocalDate, localDateSchema } from '../../../shared/kernel/time.ts';
import { parseDateText } from '../../../shared/web/date-text.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import { emptyForm, type FormErrors } from '../../../shared/web/form-state.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import type { StaffDeps } from '../staff/deps.ts';
import { type Answer, type Reading, readPost, refusalWords, type StaffApp } from '../staff/staff-context.ts';
import { dueItemPage } from './due-item-page.tsx';

const path = '/office/due/:caseId/:itemId';
const longestNote = 1_000;

export type OpenDue = { readonly file: CaseFile; readonly around: Around; readonly item: ScheduledItem };
type Decide = (file: CaseFile, around: Around) => Decided;
type Read = { readonly errors: FormErrors } | { readonly decide: Decide };

/** One thing that is due: seen, put off, or recorded as done. */
export function dueItemRoutes(app: StaffApp, deps: StaffDeps): void {
  app.get(path, async (c) => {
    const opened = await openDue(c, deps);
    return opened.kind === 'answered' ? opened.response : c.html(dueItemPage(c, deps, opened, emptyForm));
  });

  app.post(`${path}/extend`, (c) =>
    act(c, deps, { action: 'extend-paper', name: 'until' }, (form, { item, around }) => {
      const say = c.var.words.office.due;
      const days = daysToExtendTo(item, around.now);
      const until = { name: 'until', label: say.extendTo };
      const read = readDay(c, form, until, days, say.extendFault({ ...inWords(c, days) }));
      const reason = readNote(c, form, { name: 'reason', label: say.reason }, say.reasonMissing);
      if (read.day === undefined || reason.text === undefined) return { errors: { ...read.errors, ...reason.errors } };
      const extended = { ...by(c, item), until: read.day, reason: reason.text };
      return { decide: (file, aroundNow) => extendPaper(file, aroundNow, extended) };
    }),
  );

  app.post(`${path}/visit`, (c) =>
    act(c, deps, { action: 'record-visit', name: 'visitedOn' }, (form, { item, file, around }) => {
      const say = c.var.words.office.due;
      const days = daysToHaveVisited(file, around.now);
      const visitedOn = { name: 'visitedOn', label: say.visitedOn };
      const read = readDay(c, form, visitedOn, days, say.visitFault(inWords(c, days)));
      const note = readNote(c, form, { name: 'note', label: say.note }, say.noteMissing);
      if (read.day === undefined || note.text === undefined) return { errors: { ...read.errors, ...note.errors } };
      const visited = { ...by(c, item), visitedOn: read.day, note: note.text };
      return { decide: (fileNow, aroundNow) => recordVisit(fileNow, aroundNow, visited) };
    }),
  );

  app.post(`${path}/arrived`, (c) =>
    act(c, deps, { action: 'answer-payment-check', name: 'arrived' }, (form) => {
      const arrived = parseYuan(form.text('arrived'));
      if (!arrived.ok || form.text('arrived') === '')
        return { errors: { arrived: c.var.words.office.due.arrivedFault } };
      const answer = { by: c.var.member.personId, arrivedFen: arrived.value };
      return { decide: (file, around) => answerPaymentCheck(file, around, answer) };
    }),
  );

  app.post(`${path}/close`, (c) =>
    act(c, deps, { action: 'close-finding', name: 'note' }, (form, { item }) => {
      const say = c.var.words.office.due;
      const note = readNote(c, form, { name: 'note', label: say.note }, say.noteMissing);
      if (note.text === undefined) return { errors: note.errors };
      const closed = { ...by(c, item), note: note.text };
      return { decide: (file, around) => closeFinding(file, around, closed) };
    }),
  );
}

const by = (c: Reading, { itemId }: ScheduledItem) => ({ personId: c.var.member.personId, itemId });

const inWords = (c: Reading, { first, last }: { first: LocalDate; last: LocalDate }) => ({
  first: formatDate(first, c.var.lang),
  last: formatDate(last, c.var.lang),
});

/** A field and what it is called on its page: what is wrong with it says so. */
type NamedField = { readonly name: string; readonly label: string };

function readDay(
  c: Reading,
  form: FormBody,
  { name, label }: NamedField,
  { first, last }: { first: LocalDate; last: LocalDate },
  outside: string,
): { readonly day?: LocalDate; readonly errors: FormErrors } {
  const day = localDateSchema.safeParse(parseDateText(form.text(name)));
  if (!day.success) return { errors: { [name]: c.var.words.errors.notADate({ label }) } };
  if (day.data < first || day.data > last) return { errors: { [name]: outside } };
  return { day: day.data, errors: {} };
}

function readNote(
  c: Reading,
  form: FormBody,
  { name, label }: NamedField,
  missing: string,
): { readonly text?: string; readonly errors: FormErrors } {
  const text = form.text(name);
  if (text === '') return { errors: { [name]: missing } };
  if (text.length > longestNote) return { errors: { [name]: c.var.words.errors.tooLong({ label, max: longestNote }) } };
  return { text, errors: {} };
}

/** What the address names, if whoever is signed in may see it. */
async function openDue(
  c: Reading,
  deps: StaffDeps,
): Promise<(OpenDue & { kind: 'open' }) | { kind: 'answered'; response: Answer }> {
  const caseId = caseIdSchema.safeParse(c.req.param('caseId'));
  const file = caseId.success ? await deps.store.loadCaseFile(caseId.data) : undefined;
  const item = file?.scheduled.find(({ itemId }) => itemId === c.req.param('itemId'));
  if (file === undefined || item === undefined) return { kind: 'answered', response: errorPage(c, 404) };
  const around = await deps.store.loadAround(file);
  const seen = can({ kind: 'staff', member: c.var.member }, { action: 'see-due', file, around, item });
  return seen.allowed ? { kind: 'open', file, around, item } : { kind: 'answered', response: errorPage(c, 403) };
}

const isDone = (item: ScheduledItem, action: DueAction, form: FormBody): boolean =>
  action === 'answer-payment-check' && item.kind === 'payment-check' && item.findingAt !== undefined
    ? true
    : item.kind === 'paper'
      ? item.extendedTimes > 0 && parseDateText(form.text('until')) === lastDayBefore(item.dueAt)
      : item.status === 'done';

async function act(
  c: Reading,
  deps: StaffDeps,
  { action, name }: { readonly action: Exclude<DueAction, 'see-due'>; readonly name: string },
  read: (form: FormBody, opened: OpenDue) => Read,
): Promise<Response> {
  const posted = await readPost(c, deps.secrets.csrf);
  if (posted.kind === 'answered') return posted.response;
  const opened = await openDue(c, deps);
  if (opened.kind === 'answered') return opened.response;
  const actor = { kind: 'staff', member: c.var.member } as const;
  const { file, around, item } = opened;
  const first = can(actor, { action, ...opened });
  if (!first.allowed && first.code === 'not-allowed') return errorPage(c, 403);
  const at = `/office/due/${item.caseId}/${item.itemId}`;
  // A second press of the same button: what it was for is done.
  if (isDone(item, action, posted.form)) return c.redirect(at, 303);
  const { values } = posted.form;
  const typed = read(posted.form, opened);
  if ('errors' in typed) return c.html(dueItemPage(c, deps, opened, { values, errors: typed.errors }), 422);
  const decide = (fileNow: CaseFile, aroundNow: Around): Decided => {
    const itemNow = fileNow.scheduled.find(({ itemId }) => itemId === item.itemId) ?? item;
    const allowed = can(actor, { action, file: fileNow, around: aroundNow, item: itemNow });
    return allowed.allowed ? typed.decide(fileNow, aroundNow) : { kind: 'refused', code: allowed.code };
  };
  // First on the reading that was just made; anew only where somebody was faster.
  const reading = { file, around };
  const outcome = await deps.actOnCase(file.case.caseId, decide, { awards: false, reading });
  if (outcome.kind === 'done') return c.redirect(`${at}?done=1`, 303);
  if (outcome.kind === 'unknown-case') return errorPage(c, 404);
  const said = refusalWords(c.var.words, outcome, (amount) => formatMoney(fen(amount), c.var.lang));
  return c.html(dueItemPage(c, deps, opened, { values, errors: { [name]: said } }), 409);
}
