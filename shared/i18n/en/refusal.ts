import type { Catalogue } from '../catalogue.ts';

export const refusal: Catalogue['approver']['refusal'] = {
  'not-possible-now': 'This is not possible now. Nothing was changed.',
  'not-your-turn': 'This is not yours to decide now. Nothing was recorded.',
  'not-allowed': 'You hold no appointment for this. Nothing was changed.',
  'barred-by-interest':
    'You are related to the applicant, filled the form in or decided another stage, and must step aside. Nothing was changed.',
  'decided-before': 'You have decided this before.',
  'request-closed': 'This step is done; your decision was not recorded.',
  'request-superseded': 'The application was changed or withdrawn; your decision was not recorded.',
  'content-changed': 'The application has changed; your decision was not recorded.',
  'answer-not-possible': 'This step cannot be answered so.',
  'amount-missing': 'Enter the amount of help',
  'amount-over-most': (p) => `The amount of help cannot be more than ${p.amount}`,
  'amount-zero': 'The amount of help must be more than nothing',
  'reason-missing': 'Say why',
  'visit-date-impossible':
    'The home visit cannot be before the application (after a fire: before its day), nor after today',
  'visit-missing': 'An amount this high needs the date of a home visit',
  'funds-short': (p) =>
    `The funds do not cover this (${p.amount} is missing or left). Nothing was recorded: give less or divide it otherwise.`,
  'shares-do-not-add-up': (p) => `The shares must make ${p.amount} and come from funds of this programme`,
  'fund-may-not-pay':
    'The chosen fund cannot pay for this application now. Your decision was not recorded. Please choose other funds.',
  'cap-passed': (p) => `The household may have at most ${p.amount} more in this period. Nothing was recorded.`,
  'claim-taken': 'Another application for the same thing is under way.',
  'already-released': 'The bank has been told to pay.',
  'edit-after-decision': 'Somebody has decided; it cannot be changed.',
  'bank-reference-missing': 'Enter the bank’s reference',
  'bank-reference-used':
    'This bank reference stands on another payout already. Please look at the bank’s slip and enter the reference of this one. Nothing was saved.',
  'paid-on-impossible':
    'The money cannot have arrived after today or before the order went to the bank. Please enter the day on the bank’s slip. Nothing was saved.',
  'same-person':
    'Another person must do this: whoever decided the case does not pay it, whoever made a batch neither releases it nor records the bank’s answer, and whoever recorded an answer does not undo it. Nothing was changed.',
  'batch-changed': 'The batch has changed. Nothing was changed.',
  'reopened-before': 'It was reopened before.',
  'notice-over': 'The notice is over.',
  'objected-before': 'This objection has arrived already.',
  'objections-many': 'Too many objections wait for an answer just now.',
  'papers-missing': 'Papers are missing.',
  'more-than-owed': (p) => `At most ${p.amount} is left. Nothing was saved.`,
  'date-out-of-range': 'That day is not possible here.',
};
