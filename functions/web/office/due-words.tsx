import { isWaiting, type ScheduledItem } from '../../../shared/cases/scheduled-item.ts';
import type { StaffWords } from '../../../shared/i18n/staff-words.ts';
import { formatDate } from '../../../shared/i18n/format.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import { type Instant, lastDayBefore, localDateOf } from '../../../shared/kernel/time.ts';
import type { ProgrammeVersion } from '../../../shared/programmes/programme-version.ts';
import { holdsRole, type StaffMember } from '../../../shared/register/staff.ts';
import { Tag } from '../../../shared/web/controls/index.ts';
import type { CaseSummary } from '../staff/deps.ts';
import { waitingWords } from './waiting-words.ts';

/** What is due, in words: a paper by its label. */
export function dueWords(
  item: ScheduledItem,
  programme: ProgrammeVersion | undefined,
  lang: Lang,
  { office: { due } }: StaffWords,
): string {
  if (item.kind === 'visit') return due.what.visit({ number: item.visit });
  if (item.kind === 'payment-check' && item.findingAt !== undefined) return due.finding;
  if (item.kind !== 'paper') return due.what[item.kind];
  const label = programme?.papers.find(({ id }) => id === item.paperId)?.label[lang];
  return due.what.paper({ paper: label ?? item.paperId });
}

/** Whose turn it is with something that is due. */
export function dueByWords(
  { kind }: ScheduledItem,
  about: Pick<CaseSummary, 'waiting' | 'status' | 'patchId'>,
  staff: readonly StaffMember[],
  now: Instant,
  words: StaffWords,
  lang: Lang,
): string {
  const { who } = words.applicant.status;
  if (kind === 'paper' || kind === 'payment-check') return words.office.cases.applicant;
  if (kind === 'advance-payment' || kind === 'claw-back' || kind === 'bank-answer') return who.finance;
  if (kind === 'chain') return waitingWords(about, staff, words, lang);
  const isVisitor = (member: StaffMember) => holdsRole(member, 'patch-member', localDateOf(now), about.patchId);
  const names = staff.filter(isVisitor).map(({ name }) => name);
  return [who['patch-member'], ...names].join(' ');
}

/** Where it stands: overdue, waiting, or how and when it ended. */
export function DueState({
  item,
  now,
  lang,
  words,
}: {
  item: ScheduledItem;
  now: Instant;
  lang: Lang;
  words: StaffWords;
}) {
  const { due } = words.office;
  if (isWaiting(item)) return item.dueAt <= now ? <Tag colour="red">{due.overdue}</Tag> : <Tag>{due.waiting}</Tag>;
  const date = formatDate(item.doneAt ?? item.dueAt, lang);
  return (
    <Tag colour={item.status === 'done' ? 'green' : 'grey'}>
      {item.status === 'done' ? due.done({ date }) : due.cancelled({ date })}
    </Tag>
  );
}

/** The last day on which it is in time; how often it was put off. */
export function dueOnWords(item: ScheduledItem, lang: Lang, { office: { due } }: StaffWords): string {
  const date = formatDate(lastDayBefore(item.dueAt), lang);
  const times = item.kind === 'paper' ? item.extendedTimes : 0;
  return times === 0 ? date : `${date} · ${due.extended({ times })}`;
}
