import { parseArgs } from 'node:util';
import { bundleFunctions } from '../../infra/constructs/bundle-functions.ts';
import { functionNames } from '../../infra/constructs/function-entries.ts';
import { benchAnswers } from './bench-answer.ts';
import { benchTransitions, benchWaiting } from './bench-engine.ts';
import { benchPeer } from './bench-peer.ts';
import { benchWay } from './bench-way.ts';
import { measureBundleInit } from './bundle-init.ts';
import { bundleBytes } from './bundle-bytes.ts';
import { atMost, type Ratio } from './ratios.ts';
import { startBenched } from './reliefline-process.ts';

const usage = `npm run bench -- [options]
  --quick          a small part, to see that the bench runs: its figures say little
  --only way       way, answer, engine, waiting, start or bundles; may be repeated
  --port 26000     the first of the ports that the measured systems take
  --json           one JSON object as the last line`;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    port: { type: 'string', default: '26000' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const port = Number(values.port);
const isWanted = (part: string): boolean => values.only.length === 0 || values.only.includes(part);
const ratios: Ratio[] = [];

const show = (...found: readonly Ratio[]): void => {
  for (const { name, value, goal, ok } of found)
    console.log(`${ok ? '  ' : '✗ '}${value.toFixed(2).padStart(9)}  ${goal.padEnd(8)} ${name}`);
  ratios.push(...found);
};

if (isWanted('way')) {
  const size = values.quick
    ? { warmUp: 2, alone: 2, atOnce: 4, batches: 1 }
    : { warmUp: 40, alone: 9, atOnce: 32, batches: 5 };
  const figures = await benchWay(port, size);
  show(...figures.ratios);
  console.log(`           ${figures.applicationsPerSecond.toFixed(1)} applications a second through the whole way`);
  for (const [how, { toNotice, turn, payment, floor }] of Object.entries(figures.parts)) {
    const [before, end, paid, least] = [toNotice, turn, payment, floor].map((ms) => ms.toFixed(0));
    console.log(`           ${how}: ${before} ms to the notice, ${end} its end, ${paid} the payment; floor ${least}`);
  }
  for (const [what, spreads] of [
    ['a page', figures.pages],
    ['a step of the workflow', figures.steps],
  ] as const) {
    console.log(`\n      p50      p95      p99  milliseconds of ${what}`);
    for (const { name, p50, p95, p99 } of spreads)
      console.log(`${[p50, p95, p99].map((ms) => ms.toFixed(1).padStart(9)).join('')}  ${name}`);
  }
  console.log('');
}
if (isWanted('answer')) {
  show(await benchAnswers(port + 30, values.quick ? { warmUp: 1, cases: 2 } : { warmUp: 15, cases: 50 }));
}
if (isWanted('engine')) {
  show(await benchTransitions(port + 10, values.quick ? 1 : 5));
  show(await benchPeer(values.quick ? 1 : 5, values.quick ? 50 : 400));
}
if (isWanted('waiting')) show(...(await benchWaiting(port + 11, values.quick ? 1_000 : 100_000)));
if (isWanted('start')) {
  const first = await startBenched({ name: 'start', port: port + 20 });
  await first.stop();
  show(atMost('seconds to the ready line on fresh data', first.readyMs / 1_000, 10));
  const seconds: number[] = [];
  for (let round = 0; round < (values.quick ? 1 : 5); round += 1) {
    const again = await startBenched({ name: 'start', port: port + 20, fresh: false });
    seconds.push(again.readyMs / 1_000);
    await again.stop();
  }
  show(atMost('seconds to the ready line on existing data and warm bundles', Math.min(...seconds), 2));
}
if (isWanted('bundles')) {
  const folders = bundleFunctions('ses');
  const sizes = functionNames.map((name) => bundleBytes(folders[name]) / 1_000);
  show(atMost('kB minified of the largest bundle', Math.max(...sizes), 650));
  const { emptyMs, functions } = measureBundleInit({ rounds: values.quick ? 1 : 7 });
  const slowest = Object.entries(functions).toSorted(([, a], [, b]) => b.ms - a.ms)[0];
  if (slowest !== undefined) {
    const [name, { ratio }] = slowest;
    console.log(
      `           ${ratio.toFixed(0)} × an empty handler’s ${emptyMs.toFixed(1)} ms takes the import of ${name}`,
    );
  }
}

const ok = ratios.every((each) => each.ok);
if (!ok) console.log('\n✗ marks a goal that is not reached; docs/performance.md says what stands in the way.');
if (values.json) console.log(JSON.stringify({ ok, ratios }));
