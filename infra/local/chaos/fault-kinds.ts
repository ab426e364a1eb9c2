import { StartError } from '../start-error.ts';

/** The services between which and the functions faults are put, by the names that `--chaos-rate` takes. */
export const services = ['dynamodb', 'kms', 's3', 'ses', 'sfn'] as const;
export type Service = (typeof services)[number];

/** What may happen to a call of any service; percent by default. `outage`: the call and its repetitions fail, every one. */
const ofEveryService = { throttle: 0.5, error: 1, reset: 1, lost: 1, timeout: 0.5, delay: 1 } as const;

const named = (service: Service, faults: Readonly<Record<string, number>>): [string, number][] =>
  Object.entries(faults).map(([fault, percent]) => [`${service}-${fault}`, percent]);

/**
 * Every kind of fault with the percentage of calls that it hits unless told otherwise. What a page needs to be shown is never
 * out by default: a person would be told to come back. Mail and the workflow are, since the outbox must bring it all in the end.
 */
export const usualRates: ReadonlyMap<string, number> = new Map<string, number>([
  ['task-twice', 5],
  ['task-lost', 4],
  ['task-throttle', 2],
  ['task-delay', 3],
  ['schedule-twice', 5],
  ...named('dynamodb', { ...ofEveryService, conflict: 3, unprocessed: 3, outage: 0 }),
  ...named('kms', { ...ofEveryService, outage: 0 }),
  ...named('s3', { ...ofEveryService, outage: 0 }),
  ...named('ses', { ...ofEveryService, outage: 4 }),
  ...named('sfn', { ...ofEveryService, outage: 4 }),
]);

export type ChaosOptions = { readonly seed: number; readonly rates: ReadonlyMap<string, number> };

/**
 * Reads `--chaos SEED` and each `--chaos-rate NAME=PERCENT`; `all` stands for every kind, and the last word on a kind counts.
 * @throws StartError in one sentence for what cannot be read
 */
export function readChaos(seed: string | undefined, rates: readonly string[]): ChaosOptions | undefined {
  if (seed === undefined) {
    if (rates.length > 0) throw new StartError('--chaos-rate goes with --chaos SEED.');
    return undefined;
  }
  if (!/^\d{1,9}$/.test(seed)) throw new StartError(`--chaos ${seed}: a whole number from 0 to 999999999.`);
  const chosen = new Map(usualRates);
  for (const rate of rates) {
    const [, name = '', percent = ''] = /^([a-z0-9-]+)=(\d{1,3}(?:\.\d{1,3})?)$/.exec(rate) ?? [];
    if (name === '' || Number(percent) > 100)
      throw new StartError(`--chaos-rate ${rate}: write it NAME=PERCENT, with a percentage from 0 to 100.`);
    if (name !== 'all' && !usualRates.has(name))
      throw new StartError(
        `--chaos-rate ${rate}: there is no fault ${name}; it is all or one of ${[...usualRates.keys()].join(', ')}.`,
      );
    for (const kind of name === 'all' ? usualRates.keys() : [name]) chosen.set(kind, Number(percent));
  }
  return { seed: Number(seed), rates: chosen };
}

/** The lines of `--help` that name every kind of fault with its usual rate. */
export const chaosUsage = `  --chaos SEED              let things go wrong as they do on AWS: calls made twice, answers lost, throttling; by chance from SEED
  --chaos-rate NAME=PERCENT how often one fault strikes; may be given again; all=0 first leaves the others out
${[...groups()].map(([of, kinds]) => `                            ${of}: ${kinds.join(' ')}`).join('\n')}`;

function groups(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [kind, percent] of usualRates) {
    const of = kind.slice(0, kind.indexOf('-'));
    found.set(of, [...(found.get(of) ?? []), `${kind}=${percent}`]);
  }
  return found;
}
