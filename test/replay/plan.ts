import { type IllnessPlan, illnessYear } from './stories/illness.ts';

/** Who applies when, in what order. The figures of the year are those of 2016 whatever the plan. */
export type YearPlan = {
  /** When the cases of a batch are applied for, and the morning on which finance pays them. All in China's time. */
  readonly batches: readonly { readonly apply: string; readonly pay: string }[];
  /** The illnesses of each batch, in the order of applying. */
  readonly illnesses: readonly (readonly IllnessPlan[])[];
  /** The number of the first person; the others follow. */
  readonly firstPerson: number;
};

/** The year as it is replayed without a seed. */
export const usualYear: YearPlan = {
  batches: [
    { apply: '2016-01-04T09:30', pay: '2016-01-13T09:00' },
    { apply: '2016-03-07T09:00', pay: '2016-03-16T09:00' },
    { apply: '2016-05-09T09:00', pay: '2016-05-18T09:00' },
    { apply: '2016-07-04T09:00', pay: '2016-07-13T09:00' },
    { apply: '2016-09-05T09:00', pay: '2016-09-27T09:00' },
    { apply: '2016-11-07T09:00', pay: '2016-11-16T09:00' },
  ],
  illnesses: illnessYear,
  firstPerson: 1,
};

/** The batch in which one case climbs its rungs, between two holidays, has no room to move. */
const fixedBatch = 4;

/**
 * The same year with other people, other days and another order of illnesses; the same seed makes the same year. Days move by weeks
 * and from Monday up to Wednesday, where no holiday lies between applying and paying. The first case of a batch stays: it has a
 * story of its own.
 */
export function yearFrom(seed: number): YearPlan {
  const draw = chanceFrom(seed);
  const batches = usualYear.batches.map(({ apply, pay }, index) => {
    const days = index === fixedBatch ? 0 : 7 * draw(3) + draw(3);
    const time = (hour: number): string => `${String(hour).padStart(2, '0')}:${String(draw(60)).padStart(2, '0')}`;
    return { apply: `${later(apply, days)}T${time(8 + draw(3))}`, pay: `${later(pay, days)}T${time(9 + draw(7))}` };
  });
  const others = shuffled(
    illnessYear.flatMap((batch) => batch.slice(1)),
    draw,
  );
  const illnesses = illnessYear.map((batch) => [...batch.slice(0, 1), ...others.splice(0, batch.length - 1)]);
  return { batches, illnesses, firstPerson: 1 + draw(800) };
}

const later = (moment: string, days: number): string =>
  new Date(Date.parse(`${moment.slice(0, 10)}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

type Draw = (below: number) => number;

/** Fisher and Yates. */
function shuffled<Item>(items: readonly Item[], draw: Draw): Item[] {
  const left = [...items];
  return items.flatMap(() => left.splice(draw(left.length), 1));
}

/** Whole numbers below a bound, the same for the same seed: xorshift of 32 bits, its first rounds thrown away. */
function chanceFrom(seed: number): Draw {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  for (let round = 0; round < 8; round += 1) next();
  return (below) => next() % below;
}
