/** One figure of the bench: a ratio within this run, and what it should be. */
export type Ratio = {
  readonly name: string;
  readonly value: number;
  readonly goal: string;
  readonly ok: boolean;
};

export const atMost = (name: string, value: number, goal: number): Ratio => ({
  name,
  value,
  goal: `≤ ${goal}`,
  ok: value <= goal,
});
export const atLeast = (name: string, value: number, goal: number): Ratio => ({
  name,
  value,
  goal: `≥ ${goal}`,
  ok: value >= goal,
});

/** The value below which a share of all lies: 0.5 is the median. @throws RangeError for none */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new RangeError('no values');
  return value;
}
export const median = (values: readonly number[]): number => quantile(values, 0.5);

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
