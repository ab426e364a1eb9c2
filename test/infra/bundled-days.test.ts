import days from 'chinese-days';
import { expect, test } from 'vitest';
import bundledDays, { changedDays } from '../../infra/bundled/chinese-days.ts';
import { knownHolidayYears } from '../../shared/kernel/working-days.ts';

const { first, last } = knownHolidayYears;
const dayMs = 86_400_000;

function everyDay(): string[] {
  const found: string[] = [];
  for (let at = Date.UTC(first, 0, 1); at < Date.UTC(last + 1, 0, 1); at += dayMs) {
    found.push(new Date(at).toISOString().slice(0, 10));
  }
  return found;
}

/** What the bundled calendar should list, taken from the library. */
function changedByLibrary(): Record<string, string> {
  const isChanged = (date: string) => {
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
    return days.isWorkday(date) !== (weekday >= 1 && weekday <= 5);
  };
  const byYear = Map.groupBy(everyDay().filter(isChanged), (date) => date.slice(0, 4));
  return Object.fromEntries(
    [...byYear].map(([year, dates]) => [year, dates.map((date) => date.slice(5).replace('-', '')).join(' ')]),
  );
}

test('the calendar in the bundles knows the same working days as the library, on every day of every known year', () => {
  expect(changedDays).toEqual(changedByLibrary());
  const differing = everyDay().filter((date) => bundledDays.isWorkday(date) !== days.isWorkday(date));
  expect(differing).toEqual([]);
});
