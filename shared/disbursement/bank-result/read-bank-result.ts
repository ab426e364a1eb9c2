import { largestResultBytes, type ReadResult, unreadable } from './bank-row.ts';
import { decodeText } from './decode-text.ts';
import { readCamt053 } from './read-camt053.ts';
import { readPain002 } from './read-pain002.ts';
import { readResultCsv } from './read-result-csv.ts';
import { localName, readXml } from './read-xml.ts';

const messages = {
  'urn:iso:std:iso:20022:tech:xsd:pain.002.001.10': readPain002,
  'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08': readCamt053,
} as const;
const isKnown = (namespace: string): namespace is keyof typeof messages => Object.hasOwn(messages, namespace);

/**
 * Reads what a bank says became of payments, whatever it is called: a table (GBK or UTF-8), a pain.002 or a camt.053. Never throws:
 * a file that cannot be taken whole is `unreadable` with its fault.
 */
export function readBankResult(bytes: Uint8Array): ReadResult {
  if (bytes.length > largestResultBytes) return unreadable('too-large');
  const decoded = decodeText(bytes);
  if (decoded.kind === 'unreadable') return decoded;
  const text = decoded.text.trimStart();
  if (text === '') return unreadable('empty');
  if (/^<(?:!doctype\s+html|html)\b/i.test(text)) return unreadable('web-page');
  return text.startsWith('<') ? readMessage(text) : readResultCsv(decoded.text);
}

function readMessage(text: string): ReadResult {
  const read = readXml(text);
  if (read.kind === 'unreadable') return read;
  const { root } = read;
  const prefix = root.name.includes(':') ? `:${root.name.split(':')[0]}` : '';
  const namespace = root.attributes[`xmlns${prefix}`] ?? '';
  if (localName(root) !== 'Document' || !isKnown(namespace)) return unreadable('xml-unknown');
  return messages[namespace](root);
}
