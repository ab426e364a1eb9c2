/** What makes a spreadsheet run a cell instead of showing it: the signs that begin a formula, full-width ones too, and what hides them. */
const signs = '=+\\-@＝＋－＠\\t\\r\\n';
const runs = new RegExp(`^[${signs}]`, 'u');
const mayRun = new RegExp(`^'*[${signs}]`, 'u');
const isHeld = new RegExp(`^'+[${signs}]`, 'u');

export const looksLikeFormula = (text: string): boolean => runs.test(text);

/** Behind an apostrophe it is text to a spreadsheet; `readBehindApostrophe` gives back what it was. */
export const behindApostrophe = (text: string): string => (mayRun.test(text) ? `'${text}` : text);
export const readBehindApostrophe = (text: string): string => (isHeld.test(text) ? text.slice(1) : text);
