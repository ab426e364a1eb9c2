import type { Vote } from '../../../shared/cases/decision-request.ts';
import type { StaffWords } from '../../../shared/i18n/staff-words.ts';
import { formatDate, formatDateTime, formatMoney } from '../../../shared/i18n/format.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import type { StaffMember } from '../../../shared/register/staff.ts';
import { Table } from '../../../shared/web/controls/index.ts';

/** Answers given in a case, oldest first, each with its name: whoever decides stands by it. */
export function VoteTable({
  votes,
  staff,
  caption,
  lang,
  words,
}: {
  votes: readonly Vote[];
  staff: readonly StaffMember[];
  caption: string;
  lang: Lang;
  words: StaffWords;
}) {
  const { row, verdict, purpose, visited } = words.approver;
  const roles = words.office.staff.roles;
  const nameOf = (personId: string) => staff.find((each) => each.personId === personId)?.name ?? personId;
  return (
    <Table
      caption={caption}
      isCaptionHidden
      columns={[
        { label: row.who },
        { label: row.verdict },
        { label: row.amount, isNumeric: true },
        { label: row.note },
        { label: row.when },
      ]}
      rows={votes.map((vote) => [
        `${nameOf(vote.personId)} · ${roles[vote.role]}`,
        `${purpose[vote.purpose]} · ${verdict[vote.verdict]}`,
        vote.amountFen === undefined ? '' : formatMoney(vote.amountFen, lang),
        [vote.note, vote.visitedOn === undefined ? '' : visited({ date: formatDate(vote.visitedOn, lang) })]
          .filter(Boolean)
          .join(' · '),
        formatDateTime(vote.at, lang),
      ])}
    />
  );
}
