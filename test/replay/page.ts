import { type HTMLElement, parse } from 'node-html-parser';

/** What a person puts into a form: a text, several values (checkboxes), or a file. */
export type Typed = string | readonly string[] | UploadedFile;
export type UploadedFile = { readonly fileName: string; readonly contentType: string; readonly bytes: Uint8Array };

/** A form as it stands on a page, with what is filled in already. */
export type PageForm = {
  readonly action: string;
  readonly isMultipart: boolean;
  /** Names in the order of the page, with the values that a browser would send. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** What may be chosen, of the fields that offer a choice. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly files: readonly string[];
  readonly buttons: readonly FormButton[];
};
export type FormButton = {
  readonly text: string;
  readonly name: string;
  readonly value: string;
  readonly action: string;
};

export type PageTable = {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
};
/** What stands in a row under each column's name, and where its links lead. */
export type TableRow = { readonly cells: Readonly<Record<string, string>>; readonly links: readonly string[] };

export type Page = {
  readonly url: URL;
  readonly status: number;
  readonly heading: string;
  /** All that can be read on it, in one line. */
  readonly text: string;
  readonly errors: readonly string[];
  readonly forms: readonly PageForm[];
  readonly links: readonly { readonly text: string; readonly href: string }[];
  readonly tables: readonly PageTable[];
  /** Where the page's policy lets its forms go: origins, or 'self'; undefined if it says nothing. */
  readonly formTargets: readonly string[] | undefined;
};

/** Reads a page as a person without script sees it. */
export function readPage(url: URL, status: number, html: string, policy = ''): Page {
  const root = parse(html);
  const main = root.querySelector('main') ?? root;
  return {
    url,
    status,
    heading: textOf(root.querySelector('h1')),
    text: textOf(main),
    errors: root.querySelectorAll('.govuk-error-summary__list li').map(textOf),
    forms: root.querySelectorAll('form').map(readForm),
    links: root.querySelectorAll('a').map((link) => ({ text: textOf(link), href: link.getAttribute('href') ?? '' })),
    tables: root.querySelectorAll('table').map(readTable),
    formTargets: /(?:^|;)\s*form-action\s+([^;]+)/.exec(policy)?.[1]?.trim().split(/\s+/),
  };
}

const textOf = (element: HTMLElement | null): string => (element?.text ?? '').replace(/\s+/g, ' ').trim();

function readForm(form: HTMLElement): PageForm {
  const values = new Map<string, string[]>();
  const options = new Map<string, string[]>();
  const files: string[] = [];
  const add = (to: Map<string, string[]>, name: string, value: string): void => {
    to.set(name, [...(to.get(name) ?? []), value]);
  };
  for (const control of form.querySelectorAll('input, select, textarea')) {
    const name = control.getAttribute('name') ?? '';
    if (name === '' || control.hasAttribute('disabled')) continue;
    const type = control.tagName === 'INPUT' ? (control.getAttribute('type') ?? 'text') : control.tagName;
    const value = control.getAttribute('value') ?? '';
    if (type === 'radio' || type === 'checkbox') {
      add(options, name, value);
      if (control.hasAttribute('checked')) add(values, name, value);
      else if (!values.has(name)) values.set(name, []);
    } else if (type === 'SELECT') {
      const all = control.querySelectorAll('option');
      const chosen = all.find((option) => option.hasAttribute('selected')) ?? all[0];
      for (const option of all) add(options, name, option.getAttribute('value') ?? '');
      add(values, name, chosen?.getAttribute('value') ?? '');
    } else if (type === 'TEXTAREA') add(values, name, control.text.replace(/^\n/, ''));
    else if (type === 'file') files.push(name);
    else if (type !== 'submit') add(values, name, value);
  }
  const action = form.getAttribute('action') ?? '';
  return {
    action,
    isMultipart: form.getAttribute('enctype') === 'multipart/form-data',
    values,
    options,
    files,
    buttons: form
      .querySelectorAll('button')
      .filter((button) => button.getAttribute('type') !== 'button')
      .map((button) => ({
        text: textOf(button),
        name: button.getAttribute('name') ?? '',
        value: button.getAttribute('value') ?? '',
        action: button.getAttribute('formaction') ?? action,
      })),
  };
}

function readTable(table: HTMLElement): PageTable {
  const columns = table.querySelectorAll('thead th').map(textOf);
  return {
    caption: textOf(table.querySelector('caption')),
    columns,
    rows: table.querySelectorAll('tbody tr').map((row) => ({
      cells: Object.fromEntries(
        row.querySelectorAll('th, td').map((cell, index) => [columns[index] ?? '', textOf(cell)]),
      ),
      links: row.querySelectorAll('a').map((link) => link.getAttribute('href') ?? ''),
    })),
  };
}
