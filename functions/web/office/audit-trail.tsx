import type { Around } from '../../../shared/cases/case-file.ts';
import { type RequestPurpose, requestPurposes } from '../../../shared/cases/decision-request.ts';
import { formatDate, formatDateTime, formatDeadline, formatMoney } from '../../../shared/i18n/format.ts';
import type { Lang } from '../../../shared/i18n/lang.ts';
import type { StaffWords } from '../../../shared/i18n/staff-words.ts';
import type { AuditEvent } from '../../../shared/kernel/audit.ts';
import { fen } from '../../../shared/kernel/money.ts';
import { instantSchema, localDateSchema } from '../../../shared/kernel/time.ts';
import { Details, Table } from '../../../shared/web/controls/index.ts';
import type { Reading } from '../staff/staff-context.ts';
import { purposeWords } from './waiting-words.ts';

type Props = { readonly c: Reading; readonly around: Around; readonly events: readonly AuditEvent[] };
type Value = AuditEvent['details'][string];

/** A case's audit trail in the reader's words. Ids stay as they are: they are what the auditor compares with the ledger. */
export function AuditTrail({ c, around, events }: Props) {
  const { lang, words } = c.var;
  const { audit, auditCount, auditColumn: column, applicantBy, publicBy, systemBy } = words.office.case;
  const byOf = (by: string) => {
    if (by === 'applicant') return applicantBy;
    if (by === 'public') return publicBy;
    return by.startsWith('system:') ? systemBy : nameOf(by, around);
  };
  // Folded: it is long, and on a phone every event is a card of its own.
  return (
    <Details summary={auditCount({ count: events.length })}>
      <Table
        caption={audit}
        isCaptionHidden
        columns={[
          { label: column.sequence },
          { label: column.at },
          { label: column.event },
          { label: column.by },
          { label: column.details },
        ]}
        rows={events.map((event) => [
          String(event.sequence),
          formatDateTime(event.at, lang),
          has(words.audit.events, event.event) ? words.audit.events[event.event] : event.event,
          // Beside long details a name would be cut into a column of single characters.
          <span class="app-whole">{byOf(event.by)}</span>,
          inOrder(event.details, words)
            .flatMap(([name, value]) => detailWords(name, value, { around, lang, words }))
            .join(lang === 'zh' ? '；' : '; '),
        ])}
      />
    </Details>
  );
}

type Reader = { readonly around: Around; readonly lang: Lang; readonly words: StaffWords };

/** Details come back from the table in any order: told in that of their names, so that two events of a kind read alike. */
function inOrder(details: AuditEvent['details'], { audit }: StaffWords): [string, Value][] {
  const order = Object.keys(audit.detail);
  return Object.entries(details).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}

/** One detail as `name: value`; nothing for one that is not there. */
function detailWords(name: string, value: Value, reader: Reader): string[] {
  if (value === null || value === '') return [];
  const { detail } = reader.words.audit;
  const label = has(detail, name) ? detail[name] : name;
  return [`${label}${reader.lang === 'zh' ? '：' : ': '}${valueWords(name, value, reader)}`];
}

function valueWords(name: string, value: NonNullable<Value>, { around, lang, words }: Reader): string {
  const { audit, approver, office } = words;
  if (typeof value === 'boolean') return value ? audit.yes : audit.no;
  if (typeof value === 'number') return name.endsWith('Fen') ? formatMoney(fen(value), lang) : String(value);
  switch (name) {
    case 'from':
    case 'to':
      return has(office.status, value) ? office.status[value] : value;
    case 'verdict':
    case 'outcome': {
      const outcomes = { ...approver.verdict, ...audit.outcome };
      return has(outcomes, value) ? outcomes[value] : value;
    }
    case 'programmeId':
      return around.programme.id === value ? around.programme.names[lang] : value;
    case 'kind': {
      const kinds = { ...office.due.what, ...audit.dueKind, ...audit.award };
      return has(kinds, value) ? kinds[value] : value;
    }
    case 'cause':
      return has(words.recovery.cause, value) ? words.recovery.cause[value] : value;
    case 'until':
    case 'dueAt':
    case 'visitedOn':
      return dateWords(value, lang);
    case 'purpose':
      return isPurpose(value) ? purposeWords(value, words) : value;
    case 'rung':
      return has(audit.rung, value) ? audit.rung[value] : value;
    case 'role':
      return has(office.staff.roles, value) ? office.staff.roles[value] : value;
    case 'personId':
    case 'toPersonId':
      return nameOf(value, around);
    case 'fundId':
      return around.funds.find(({ fundId }) => fundId === value)?.names[lang] ?? value;
    case 'paperId':
      return around.programme.papers.find(({ id }) => id === value)?.label[lang] ?? value;
    default:
      return value;
  }
}

function dateWords(value: string, lang: Lang): string {
  const day = localDateSchema.safeParse(value);
  if (day.success) return formatDate(day.data, lang);
  const moment = instantSchema.safeParse(value);
  return moment.success ? formatDeadline(moment.data, lang) : value;
}

const has = <Words extends object>(words: Words, key: PropertyKey): key is keyof Words => Object.hasOwn(words, key);
const isPurpose = (text: string): text is RequestPurpose => requestPurposes.some((each) => each === text);
const nameOf = (id: string, { staff }: Around): string => staff.find(({ personId }) => personId === id)?.name ?? id;
