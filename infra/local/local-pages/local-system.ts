import type { Mail } from '../mail.ts';
import type { ScheduleSeen } from '../scheduler.ts';
import type { Look } from '../step-functions/look.ts';

/** What the pages of this machine look at. They change nothing but the clock. */
export type LocalSystem = {
  site: string;
  inboxUrl: string;
  dynamoDbEndpoint: string;
  /** Where the phone's authenticators lie. */
  folder: string;
  /** Names of the tables, as the template gives them. */
  tables: readonly string[];
  look: Look;
  mails(): readonly Mail[];
  schedules(): readonly ScheduleSeen[];
  now(): number;
  move(to: number): Promise<void>;
};
