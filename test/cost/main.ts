import { parseArgs } from 'node:util';
import { measureReference } from './measure.ts';
import { judge, showCost } from './report.ts';

const usage = `npm run cost [-- --json]
  Walks the reference application twice on a Reliefline of its own, counts what the second one makes the services do, and prices it
  as AWS would. Exit code 1 above 24 transitions or 0.0008 USD without mail.
  --json   one JSON object as the last line`;

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const measured = await measureReference({ warmUps: 1 });
const verdict = judge(measured);
console.log(showCost(measured, verdict));
if (values.json) console.log(JSON.stringify({ ok: verdict.faults.length === 0, ...verdict, ...measured }));
process.exitCode = verdict.faults.length === 0 ? 0 : 1;
