import { setTimeout as wait } from 'node:timers/promises';
import { SFNClient } from '@aws-sdk/client-sfn';
import { mailVariables, siteVariables, storeVariables, workflowVariables } from '../../shared/config/variables.ts';
import { now } from '../../shared/kernel/clock.ts';
import { randomId } from '../../shared/kernel/ids.ts';
import type { Mailer } from '../../shared/mail/mailer.ts';
import { openMailer } from '../../shared/mail/open-mailer.ts';
import { openKeyRing, type SystemKeyName } from '../../shared/store/key-ring.ts';
import { openStore, type Store } from '../../shared/store/open-store.ts';
import type { ActDeps } from './act-on-case.ts';
import { readEnvironment } from './environment.ts';
import type { OutboxDeps } from './outbox-deps.ts';
import { sendItems } from './send-outbox.ts';

/**
 * Made at the first call and kept as long as the process lives. Calls of it are marked as pure, so that a bundle which uses
 * one of what is made below holds the libraries of that one alone.
 */
function once<T>(make: () => T): () => T {
  let made: { readonly thing: T } | undefined;
  return () => {
    made ??= { thing: make() };
    return made.thing;
  };
}

const site = readEnvironment(siteVariables);
const mail = readEnvironment(mailVariables);
const workflow = readEnvironment(workflowVariables);

/** The store on the tables that the environment names. */
export const theStore: () => Store = /* @__PURE__ */ once(() => {
  const { CASES_TABLE, JOURNAL_TABLE, TRANSIENT_TABLE, DATA_KEY_ID } = readEnvironment(storeVariables)();
  return openStore({
    tables: { cases: CASES_TABLE, journal: JOURNAL_TABLE, transient: TRANSIENT_TABLE },
    keyRing: openKeyRing({ casesTable: CASES_TABLE, kmsKeyId: DATA_KEY_ID }),
  });
});

export const theSfn: () => SFNClient = /* @__PURE__ */ once(() => new SFNClient({}));
export const theMailer: () => Mailer = /* @__PURE__ */ once(() => openMailer(mail()));

/** Where links lead, without a slash at the end. */
export const theSiteUrl = (): string => site().SITE_URL;

/** One of the house's own secrets as text, for what takes text: cookies, CSRF tokens, the first tracking code. */
export const theSecret = async (name: SystemKeyName): Promise<string> =>
  (await theStore().keyRing.systemKey(name)).toString('base64url');

export const theOutboxDeps: () => OutboxDeps = /* @__PURE__ */ once(() => ({
  store: theStore(),
  sfn: theSfn(),
  mailer: { send: (message) => theMailer().send(message) },
  stateMachineArn: () => workflow().STATE_MACHINE_ARN,
  siteUrl: theSiteUrl,
  mailFrom: () => mail().MAIL_FROM,
  houseSecret: () => theSecret('session'),
  now,
}));

export const theActDeps: () => ActDeps = /* @__PURE__ */ once(() => ({
  store: theStore(),
  send: (items, known) => sendItems(theOutboxDeps(), items, known),
  now,
  newId: randomId,
  pause: (ms) => wait(ms),
  report: (line) => process.stdout.write(`${line}\n`),
}));
