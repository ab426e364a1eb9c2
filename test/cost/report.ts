import { type Measured, type SentMail } from './measure.ts';
import { applicantsMails, neededBy } from './needed-mails.ts';
import { bars, type Counts, dollars, dollarsWithoutMail, nothing, plus } from './price.ts';

export type Verdict = {
  readonly counts: Counts;
  readonly dollarsWithoutMail: number;
  readonly dollars: number;
  /** What is wrong, in sentences; none if all bars hold. */
  readonly faults: readonly string[];
};

/** What one application comes to: all stages but finance's signing in. */
export function judge({ stages, mails, refusedWrites }: Measured): Verdict {
  const counts = stages
    .filter(({ stage }) => stage !== 'session')
    .reduce((sum, stage) => plus(sum, stage.counts), nothing);
  const price = dollarsWithoutMail(counts);
  const faults = [
    ...(counts.transitions > bars.transitions
      ? [`${counts.transitions} transitions are more than ${bars.transitions}`]
      : []),
    ...(price > bars.dollarsWithoutMail
      ? [`${price.toFixed(6)} USD without mail are more than ${bars.dollarsWithoutMail}`]
      : []),
    ...(refusedWrites > 0 ? [`${refusedWrites} writes were refused, which cost too and are not in the sum`] : []),
    ...faultsOfMails(mails),
  ];
  return { counts, dollarsWithoutMail: price, dollars: dollars(counts), faults };
}

/** A mail that nobody needs is one too many; one that the applicant needs is never saved. */
export function faultsOfMails(mails: readonly Pick<SentMail, 'subject'>[]): string[] {
  const needless = mails.filter(({ subject }) => neededBy(subject) === undefined);
  const unheard = applicantsMails.filter((expected) => !mails.some(({ subject }) => expected.test(subject)));
  return [
    ...needless.map(({ subject }) => `nobody can say who needs this mail: ${subject}`),
    ...unheard.map((expected) => `the applicant does not hear ${String(expected)}`),
  ];
}

const columns: readonly { readonly title: string; readonly of: (counts: Counts) => string }[] = [
  { title: 'transitions', of: (c) => String(c.transitions) },
  { title: 'invoked', of: (c) => String(c.invocations) },
  { title: 'GB·s', of: (c) => c.gigabyteSeconds.toFixed(2) },
  { title: 'writes', of: (c) => c.writeUnits.toFixed(0) },
  { title: 'reads', of: (c) => c.readUnits.toFixed(1) },
  { title: 'calls', of: (c) => String(c.calls) },
  { title: 'uploads', of: (c) => String(c.uploads) },
  { title: 'mails', of: (c) => String(c.mails) },
  { title: 'mUSD', of: (c) => (1_000 * dollarsWithoutMail(c)).toFixed(3) },
  { title: 'and mail', of: (c) => (1_000 * dollars(c)).toFixed(3) },
];

/** A table by stage, every mail with who needs it, and what holds or does not. */
export function showCost(measured: Measured, { counts, faults }: Verdict): string {
  const { stages, mails, clockwork, s3Reads, written } = measured;
  const line = (name: string, of: (column: (typeof columns)[number]) => string): string =>
    `${name.padEnd(14)}${columns.map((column) => of(column).padStart(12)).join('')}`;
  const row = (name: string, of: Counts): string => line(name, (column) => column.of(of));
  const isOwn = ({ stage }: { stage: string }): boolean => stage !== 'session';
  return [
    line('until', ({ title }) => title),
    ...stages.filter(isOwn).map((each) => row(each.stage, each.counts)),
    row('together', counts),
    '',
    'Not an application’s own:',
    ...stages.filter((each) => !isOwn(each)).map((each) => row('signing in', each.counts)),
    `  the schedules’ runs in these days: ${clockwork.invocations}, ${clockwork.writeUnits} write and ${clockwork.readUnits} read units, however many applications there are`,
    `  ${s3Reads} reads of S3, at a tenth of the price of a write`,
    '',
    'Items put, of which kind, how many, how large:',
    ...[...written]
      .toSorted(([, a], [, b]) => b.kilobytes - a.kilobytes)
      .map(
        ([kind, { items, bytes, kilobytes }]) =>
          `  ${kind.padEnd(18)}${String(items).padStart(4)}${String(Math.round(bytes / items)).padStart(8)} bytes each, ${kilobytes} kB begun`,
      ),
    '',
    'Mails:',
    ...mails.map(({ stage, to, subject }) => {
      const need = neededBy(subject);
      const who = need === undefined ? 'nobody known' : `${need.who}: ${need.why}`;
      return `  ${stage.padEnd(14)}${to.padEnd(36)}${subject.split(' · ')[1] ?? subject}\n${' '.repeat(16)}${who}`;
    }),
    '',
    ...faults.map((fault) => `✗ ${fault}`),
    ...(faults.length === 0 ? ['All bars hold.'] : []),
  ].join('\n');
}
