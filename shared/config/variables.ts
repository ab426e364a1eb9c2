import * as z from 'zod';

const present = z.string().min(1);

/** The environment variables of the functions, by what they open. The template sets them in the call that grants access. */
export const storeVariables = z.object({
  CASES_TABLE: present,
  JOURNAL_TABLE: present,
  TRANSIENT_TABLE: present,
  DATA_KEY_ID: present,
});

export const workflowVariables = z.object({ STATE_MACHINE_ARN: present });

/** `SITE_URL` is where links in mails lead, without a slash at its end. */
export const siteVariables = z.object({ SITE_URL: z.url().transform((url) => url.replace(/\/+$/, '')) });

export const mailVariables = z.discriminatedUnion('MAIL_TRANSPORT', [
  z.object({ MAIL_TRANSPORT: z.literal('ses'), MAIL_FROM: present, CONFIGURATION_SET: present }),
  z.object({ MAIL_TRANSPORT: z.literal('smtp'), MAIL_FROM: present, SMTP_URL: present }),
]);
export type MailVariables = z.infer<typeof mailVariables>;

/** Absent where nobody was named when the stage was deployed; the stage then has no administrator to begin with. */
export const seedVariables = z.object({ FIRST_ADMINISTRATOR_EMAIL: z.string().optional() });
