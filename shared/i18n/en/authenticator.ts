import type { authenticator as zh } from '../zh/authenticator.ts';

export const authenticator: typeof zh = {
  title: 'One-time codes',
  issuer: 'Reliefline',
  lead: 'To hand payments to the bank, to confirm them or to enter them as failed you sign in and also type the six digits that the authenticator app on your phone shows at that moment. So a link from a mail alone cannot pay.',
  status: {
    none: 'Not set up.',
    offered: 'The office has given you a set-up code.',
    opened: 'Half set up: not confirmed by a first code yet.',
    active: 'In use.',
    revoked: 'Stopped.',
  },
  statusLabel: 'Status',
  left: 'Recovery codes left',
  leftCount: (p) => String(p.count),
  howToGet:
    'Go to the union office or an administrator (not yourself) in person for a set-up code. It is handed to you on paper or told to you, never mailed; it is good for one hour, once.',
  lost: 'Lost or changed your phone: go to the office in person for a new set-up code. As soon as it is issued the old phone’s codes stop. If the phone is only out of reach, use a recovery code.',
  enrolmentCode: 'Set-up code',
  enrolmentHint: 'The ten letters and digits that the office handed to you, for example K7QM2-XPD4R',
  open: 'Continue',
  openedTitle: 'Add the key to your authenticator app',
  openedLead:
    'Scan the QR code with an authenticator app on your phone (any that knows TOTP), or type the key. Finish within 15 minutes.',
  qr: 'QR code for an authenticator app, with the same content as the address below',
  secret: 'Key',
  uri: 'Address',
  firstCode: 'The six digits that the app shows',
  activate: 'Start using one-time codes',
  reopen:
    'The key is shown only in the browser in which the set-up code was typed, for 15 minutes. If you cannot see it, ask the office for another set-up code.',
  activeTitle: 'One-time codes are in use',
  recoveryTitle: 'Recovery codes',
  recoveryLead:
    'Print or write down these ten recovery codes now and lock them away, apart from the phone. Each stands for one one-time code when the phone is out of reach. They are not shown again.',
  toFinance: 'To the payments',
  fault: {
    enrolmentMissing: 'Enter the set-up code of ten letters and digits',
    firstMissing: 'Enter the six digits that the app shows',
    nothingOffered: 'No set-up code is waiting for you. Go to the union office in person for one.',
    expired: 'The set-up code has expired. Ask the union office for another one.',
    wrongEnrolment: (p) => `The code is wrong. Tries left: ${p.left}.`,
  },
  office: {
    title: 'One-time codes',
    hint: 'Finance pays, and finance and the office confirm what is proposed for a fund, with one-time codes. Hand the set-up code to the person themselves: not by mail or text message, and not through anybody else. Once a new one is issued, the old codes and recovery codes stop at once.',
    alone:
      'You are alone in keeping the directory: you can issue set-up codes to others, which is audited; nobody can issue one to you. Enter a second administrator or member of the office first.',
    self: 'Another administrator or member of the office hands you your set-up code; nobody issues their own.',
    offer: 'Issue a set-up code',
    revoke: 'Stop one-time codes',
    offered: (p) => `Set-up code of ${p.name}`,
    offeredOnce: (p) => `Hand it over in person. Good until ${p.until}, once; it is not shown again.`,
    whereTo: 'They sign in and type it on the page “One-time codes”.',
    revoked: 'One-time codes are stopped.',
    back: 'Back to this person',
  },
};
