import type { MessageProfile } from './bank-profile.ts';

/** ISO 20022 pain.001.001.09, in yuan, with CNAPS codes, accounts as `Othr/Id`. */
export const pain001: MessageProfile = {
  id: 'pain.001',
  names: { zh: 'ISO 20022 报文（pain.001.001.09）', en: 'ISO 20022 message (pain.001.001.09)' },
  layout: 'pain.001',
  encoding: 'utf-8',
  extension: 'xml',
  longestName: 140,
  payers: 'several',
};
