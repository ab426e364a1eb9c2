/**
 * How often a test of random histories tries, and where its chance begins: `RUNS` and `SEED` in the environment. Without them it
 * tries as often as suits a small run, always the same histories. `times` is how many times longer one takes than a history of
 * the money model, by which `RUNS` counts. fast-check names seed and path of a history that fails.
 */
export function runsAndSeed(fewRuns: number, times = 1): { readonly numRuns: number; readonly seed: number } {
  const runs = numberIn('RUNS');
  return {
    numRuns: runs === undefined ? fewRuns : Math.max(1, Math.round(runs / times)),
    seed: numberIn('SEED') ?? 2016,
  };
}

/** Whether a long run was asked for. */
export const isLong = (): boolean => numberIn('RUNS') !== undefined;

function numberIn(name: string): number | undefined {
  const text = process.env[name];
  if (text === undefined || text === '') return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new RangeError(`${name} is a whole number from 1 on, not ${text}`);
  return Number(text);
}
