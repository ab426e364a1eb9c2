import { type ReadControl, type ReadFile, type ReadPayment, readPlainAmount } from './read-payment.ts';

type Element = { readonly name: string; readonly children: Element[]; text: string; readonly currency?: string };

const unescapes: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name) => unescapes[name] ?? '');

/**
 * The tree of a message as our own files have it: no comments, no sections, no entities but the five, no attributes but the namespace
 * and the currency. Undefined for anything else: what a bank sends is read elsewhere.
 */
function parseMessage(text: string): Element | undefined {
  const body = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '').trimEnd();
  const part = /<(\/?)(\w+)(?: xmlns="[^"<]*")?(?: Ccy="([A-Z]{3})")?>|([^<>]+)/gy;
  const root: Element = { name: '', children: [], text: '' };
  const open: Element[] = [root];
  let end = 0;
  for (const [found, closing, name = '', currency, said] of body.matchAll(part)) {
    end += found.length;
    const inner = open.at(-1);
    if (inner === undefined) return undefined;
    if (said !== undefined) inner.text += unescaped(said);
    else if (closing === '/') {
      if (inner.name !== name || open.length === 1) return undefined;
      open.pop();
    } else {
      const next: Element = { name, children: [], text: '', ...(currency !== undefined && { currency }) };
      inner.children.push(next);
      open.push(next);
    }
  }
  return end === body.length && open.length === 1 ? root : undefined;
}

const all = (element: Element | undefined, path: string): Element[] =>
  path
    .split('/')
    .reduce<Element[]>(
      (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
      element === undefined ? [] : [element],
    );
const textAt = (element: Element, path: string): string => all(element, path)[0]?.text ?? '';

const controlOf = (element: Element): ReadControl => ({
  count: Number(textAt(element, 'NbOfTxs')),
  totalFen: readPlainAmount(textAt(element, 'CtrlSum')),
});

/** The payments of a pain.001.001.09 as `renderPain001` writes it, with what it says of their count and sum. */
export function readPain001(text: string): ReadFile {
  const [message] = all(parseMessage(text), 'Document/CstmrCdtTrfInitn');
  const [header] = all(message, 'GrpHdr');
  if (message === undefined || header === undefined) return { kind: 'unreadable', why: 'form' };
  const groups = all(message, 'PmtInf');
  const payments = groups.flatMap((group) =>
    all(group, 'CdtTrfTxInf').map((each) => paymentOf(each, textAt(group, 'DbtrAcct/Id/Othr/Id'))),
  );
  const isCounted = groups.every((group) => controlOf(group).count === all(group, 'CdtTrfTxInf').length);
  if (!isCounted) return { kind: 'unreadable', why: 'form' };
  return {
    kind: 'read',
    payments: payments.map((payment, index) => ({ ...payment, line: index + 1 })),
    control: [controlOf(header)],
  };
}

function paymentOf(transfer: Element, payerAccount: string): ReadPayment {
  const [instructed] = all(transfer, 'Amt/InstdAmt');
  const amount = instructed?.text ?? '';
  const amountFen = instructed?.currency === 'CNY' ? readPlainAmount(amount) : undefined;
  return {
    line: 0,
    reference: textAt(transfer, 'PmtId/EndToEndId'),
    holderName: textAt(transfer, 'Cdtr/Nm'),
    bankName: textAt(transfer, 'CdtrAgt/FinInstnId/Nm'),
    accountNumber: textAt(transfer, 'CdtrAcct/Id/Othr/Id'),
    amount,
    ...(amountFen !== undefined && { amountFen }),
    payerAccount,
  };
}
