import type { oneTimeCode as zh } from '../zh/one-time-code.ts';

export const oneTimeCode: typeof zh = {
  code: 'One-time code',
  codeHint: 'The six digits that your authenticator app shows now, each good once; or one of your recovery codes',
  needed: 'This step needs a one-time code, and you have not set them up.',
  neededLink: 'See how to set them up',
  fault: {
    missing: 'Enter your one-time code',
    shape: 'A one-time code has six digits, a recovery code ten letters and digits',
    none: 'This step needs a one-time code, and you have not set them up. Go to the union office in person for a set-up code, then set them up on the page “One-time codes”. Nothing was done.',
    used: 'This code was used already. Wait until the app shows the next one. Nothing was done.',
    wrong: (p) => `The one-time code is wrong; nothing was done. Tries left: ${p.left}.`,
    locked: (p) =>
      `Five wrong codes in a row: stopped until ${p.until}. Nothing was done. Try again then, or go to the union office in person.`,
  },
};
