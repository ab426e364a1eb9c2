import { longRun } from '../support/long-run.ts';
import { replaysUnderChaos } from './replays.ts';

const usage = `npm run test:chaos [-- --runs 5000] [-- --seed 2016]
  Long random histories: what anybody may try with the money, with the links, and at one moment with one decision;
  200 applications while Reliefline is killed 25 times; backups under load, brought back; then the year 2016 with calls that go
  wrong, by 20 seeds, to the same figures.
  --runs  histories of the money model; those of links and of decisions over HTTP take longer and are fewer
  --seed  where chance begins: the same seed gives the same histories`;

process.exitCode = await longRun('chaos', {
  command: 'test:chaos',
  usage,
  runs: 5_000,
  last: () => replaysUnderChaos(20),
});
