/** Of a file's changes, in percent, that some test must notice. */
export const lowestScore = 80;

export type Score = {
  readonly file: string;
  readonly noticed: number;
  readonly unnoticed: number;
  readonly percent: number;
  readonly isEnough: boolean;
};

/** Noticed: a test failed, or did not come to its end. A change that does not compile or run counts on neither side. */
const noticed = ['Killed', 'Timeout'];
const unnoticed = ['Survived', 'NoCoverage'];

/** What came of each file. One in which nothing could be changed says nothing, and is not enough. */
export function scoresOf(
  files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>,
): Score[] {
  return Object.entries(files).map(([file, { mutants }]) => {
    const count = (statuses: readonly string[]): number =>
      mutants.filter(({ status }) => statuses.includes(status)).length;
    const [good, bad] = [count(noticed), count(unnoticed)];
    const percent = good + bad === 0 ? 0 : Math.floor((1000 * good) / (good + bad)) / 10;
    return { file, noticed: good, unnoticed: bad, percent, isEnough: percent >= lowestScore };
  });
}

/** A line for each file, the worst last, and one for all. */
export function showScores(scores: readonly Score[]): string {
  const lines = scores
    .toSorted((a, b) => b.percent - a.percent)
    .map(
      ({ file, noticed: good, unnoticed: bad, percent, isEnough }) =>
        `${isEnough ? ' ' : '✗'} ${percent.toFixed(1).padStart(5)} %  ${String(good).padStart(4)} of ${String(good + bad).padStart(4)}  ${file}`,
    );
  const good = scores.reduce((sum, each) => sum + each.noticed, 0);
  const all = scores.reduce((sum, each) => sum + each.noticed + each.unnoticed, 0);
  return [...lines, `${good} of ${all} changes were noticed by a test`].join('\n');
}
