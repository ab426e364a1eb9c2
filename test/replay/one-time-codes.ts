import { HOTP, Secret } from 'otpauth';
import * as z from 'zod';
import { expectPage } from './apply.ts';
import type { Browser } from './browser.ts';
import type { Page } from './page.ts';
import { type Desk, desks, signIn } from './staff.ts';
import type { World } from './world.ts';

/** A phone with an authenticator app, and the number of the last step whose code was typed from it. */
type Phone = { readonly secret: string; readonly printed: readonly string[]; lastStep: number };

const stepMs = 30_000;
const clockSchema = z.object({ epochMs: z.number() });
/** Whoever is met for the first time in a world has no authenticator that we know of. */
const phones = new WeakMap<World, Map<Desk, Phone>>();

/** Secrets and codes that were shown once to somebody in this world: they must be found nowhere else. */
export const everTold = (world: World): string[] =>
  [...(phones.get(world)?.values() ?? [])].flatMap(({ secret, printed }) => [secret, ...printed]);

/**
 * What somebody of finance reads from their phone: a code that they have not typed yet. The first time they take an authenticator up,
 * as the union's people do: the office hands over a code, they type it, add the key to the app and type what it shows. Each
 * code counts once, so where theirs is used up half a minute goes by.
 */
export async function freshCode(world: World, desk: 'finance-maker' | 'finance-checker'): Promise<string> {
  const known = phones.get(world) ?? (await takeUpAll(world));
  phones.set(world, known);
  const phone = known.get(desk);
  if (phone === undefined) throw new Error(`${desk} has no phone`);
  return typedFrom(world, phone);
}

/** Both of finance come to the office, and each goes back to their own desk with a code. */
async function takeUpAll(world: World): Promise<Map<Desk, Phone>> {
  const { browser, page } = await signIn(world, 'office', '/office/staff');
  const taken = new Map<Desk, Phone>();
  for (const desk of ['finance-maker', 'finance-checker'] as const)
    taken.set(desk, await takeUp(world, desk, await handOver(browser, page, desk)));
  return taken;
}

async function typedFrom(world: World, phone: Phone): Promise<string> {
  if ((await stepNow(world)) <= phone.lastStep) await world.moveClock({ by: '+30s' });
  const step = await stepNow(world);
  phone.lastStep = step;
  return codeOf(phone.secret, step);
}

const codeOf = (secret: string, counter: number): string =>
  HOTP.generate({ secret: Secret.fromBase32(secret), counter });

/** The phone shows the time that Reliefline has. */
async function stepNow({ site }: World): Promise<number> {
  const { epochMs } = clockSchema.parse(await (await fetch(`${site}/_local/clock`)).json());
  return Math.floor(epochMs / stepMs);
}

async function takeUp(world: World, desk: Desk, enrolmentCode: string): Promise<Phone> {
  const { browser, page } = await signIn(world, desk, '/account/authenticator');
  const opened = expectPage(await browser.send(page, '/open', { enrolmentCode }), /^\/account\/authenticator$/);
  const address = /otpauth:\/\/\S+/.exec(opened.text)?.[0] ?? '';
  const secret = new URL(address).searchParams.get('secret') ?? '';
  const bare: Phone = { secret, printed: [], lastStep: 0 };
  const firstCode = await typedFrom(world, bare);
  const done = expectPage(
    await browser.send(opened, '/activate', { firstCode }),
    /^\/account\/authenticator\/activate$/,
  );
  const printed = done.text.match(printedCode) ?? [];
  if (printed.length !== 10) throw new Error(`${printed.length} recovery codes were shown to ${desk}`);
  world.say(`${desk} 启用动态口令`);
  return { ...bare, printed: [enrolmentCode, ...printed] };
}

const printedCode = /[A-Z0-9]{5}-[A-Z0-9]{5}/g;

/** The office looks the person up in the directory, has a code made for them and tells them in person. */
async function handOver(browser: Browser, page: Page, desk: Desk): Promise<string> {
  const member = expectPage(await browser.open(linkOf(page, desks[desk])), /^\/office\/staff\//);
  const link = member.links.find(({ href }) => href.startsWith('/account/staff/'))?.href ?? '';
  const authenticator = expectPage(await browser.open(link), /^\/account\/staff\//);
  const answer = expectPage(await browser.send(authenticator, '/offer'), /\/offer$/);
  const [code] = answer.text.match(printedCode) ?? [];
  if (code === undefined) throw new Error(`the office was given no code for ${desk}`);
  return code;
}

function linkOf({ tables }: Page, address: string): string {
  const row = tables.flatMap(({ rows }) => rows).find(({ cells }) => Object.values(cells).includes(address));
  const [link] = row?.links ?? [];
  if (link === undefined) throw new Error(`${address} is not in the directory`);
  return link;
}
