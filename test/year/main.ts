import { longRun } from '../support/long-run.ts';

const usage = `npm run test:year [-- --runs 3] [-- --seed 2016]
  Years from the outside: the year 2016 replayed with other people, days and orders, over its end into the next year, and all books
  proved after it; caps, holidays and numbers at the turn of a year.
  --runs  how many years
  --seed  of the first year; the next has the next seed`;

process.exitCode = await longRun('year', { command: 'test:year', usage, runs: 3 });
