import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { shoot } from './browser.ts';

/** What axe finds wrong, as `rule: elements`. */
async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** Whether the page is wider than its window. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

/** Nothing that axe objects to, and no scrolling sideways. `name` is for its picture, where pictures are kept. */
export async function expectGood(page: Page, name = ''): Promise<void> {
  const { pathname } = new URL(page.url());
  if (name !== '') await shoot(page, name);
  // What is folded must be good too.
  await page.evaluate('document.querySelectorAll("details").forEach((each) => (each.open = true))');
  expect([pathname, await violationsOn(page)]).toEqual([pathname, []]);
  expect([pathname, await scrollsSideways(page)]).toEqual([pathname, false]);
}
