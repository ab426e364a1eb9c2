import type { StaffPageWords } from '../../../shared/i18n/finance-words.ts';
import { scanWordsOf } from '../../../shared/i18n/scan-words.ts';
import type { Scan } from '../../../shared/kernel/scan.ts';
import { Button, ButtonLink, Form } from '../../../shared/web/controls/index.ts';
import { ErrorMessage, FormGroup } from '../../../shared/web/controls/form-group.tsx';
import type { FormErrors } from '../../../shared/web/form-state.ts';
import { errorPage } from '../../../shared/web/web-app.tsx';
import { acceptedFiles, type BadFile, judgeFile, megabytes } from '../evidence/judge-file.ts';
import { incomingOf, isUnaltered, keepScan, type ScanBox } from '../evidence/scan-box.ts';
import type { StaffDeps } from '../staff/deps.ts';
import type { Reading } from '../staff/staff-context.ts';
import { StaffPage } from '../staff/staff-page.tsx';

/** What pages need that take a scan: where it lies, and where a browser comes back to. `siteUrl` without a slash at the end. */
export type ScanDeps = StaffDeps & { readonly scans: ScanBox; readonly siteUrl: string };

/** The field that names an upload; the bucket leads back with it in the address. */
export const scanField = 'scan';
/** What stands there instead where somebody has no scan and wants to fill in the form. */
const noScan = 'none';

/** An upload as a form names it. Only its uploader can: the key begins with their id. */
export type ChosenScan =
  | { readonly kind: 'none' }
  | { readonly kind: 'there'; readonly key: string; readonly contentType: string; readonly sizeBytes: number }
  | { readonly kind: 'refused'; readonly fault: BadFile | 'gone' };

const prefixOf = <Words extends StaffPageWords>(c: Reading<Words>, { scans }: ScanDeps): string =>
  incomingOf(scans, c.var.member.personId);

/** A key that this person's own forms gave out: nothing that leads out of their folder. */
const isOwn = (key: string, prefix: string): boolean =>
  key.startsWith(prefix) && /^[\w-]+$/.test(key.slice(prefix.length));

/** Looks at the upload that an address or a form names. */
export async function chosenScan<Words extends StaffPageWords>(
  c: Reading<Words>,
  deps: ScanDeps,
  key: string | undefined,
): Promise<ChosenScan> {
  if (key === undefined || key === '' || key === noScan) return { kind: 'none' };
  const looked = isOwn(key, prefixOf(c, deps)) ? await deps.scans.look(key) : undefined;
  if (looked === undefined) return { kind: 'refused', fault: 'gone' };
  const verdict = judgeFile(looked);
  if ('fault' in verdict) return { kind: 'refused', fault: verdict.fault };
  return { kind: 'there', key, contentType: verdict.contentType, sizeBytes: looked.sizeBytes };
}

/** Keeps what was chosen, for good; nothing where nothing was chosen. */
export async function bindScan<Words extends StaffPageWords>(
  c: Reading<Words>,
  deps: ScanDeps,
  chosen: ChosenScan,
): Promise<{ readonly scan?: Scan } | { readonly errors: FormErrors }> {
  if (chosen.kind === 'none') return {};
  const kept = chosen.kind === 'there' ? await keepScan(deps.scans, chosen.key) : chosen;
  return kept.kind === 'kept' ? { scan: kept.scan } : { errors: scanErrors(c, kept) };
}

/** What is wrong with the chosen file, at its field. */
export const scanErrors = <Words extends StaffPageWords>(c: Reading<Words>, chosen: ChosenScan): FormErrors =>
  chosen.kind === 'refused' ? { [scanField]: scanWordsOf(c.var.lang).fault[chosen.fault] } : {};

/**
 * Whether a page shows its fields, or the upload that comes before them. Never both: what is typed beside an upload does not come along to
 * the bucket and back. An answer to a POST shows what was typed.
 */
export const isFillingIn = <Words extends StaffPageWords>(
  c: Reading<Words>,
  chosen: ChosenScan,
  isRequired: boolean,
): boolean => c.req.method === 'POST' || chosen.kind === 'there' || (!isRequired && c.req.query(scanField) === noScan);

type ScanProps<Words extends StaffPageWords> = {
  c: Reading<Words>;
  deps: ScanDeps;
  /** Where the page is that takes the scan, from the site's root. */
  path: string;
  /** What is scanned, as the page calls it. */
  what: string;
  chosen: ChosenScan;
  error: string | undefined;
};

/** The step that takes one scan: a form straight to the bucket, which leads back to `path`; `without` names the way past it. */
export async function ScanUpload<Words extends StaffPageWords>({
  c,
  deps,
  path,
  what,
  error,
  without,
}: Omit<ScanProps<Words>, 'chosen'> & { without?: string | undefined }) {
  const say = scanWordsOf(c.var.lang);
  const key = `${prefixOf(c, deps)}${deps.newId()}`;
  const upload = await deps.scans.uploadForm(key, `${deps.siteUrl}${path}?${scanField}=${encodeURIComponent(key)}`);
  return (
    <section class="app-paper">
      <h2 class="govuk-heading-m">{say.title({ what })}</h2>
      <p class="govuk-body">{without === undefined ? say.required : say.optional}</p>
      <Form action={upload.action} isMultipart hidden={upload.fields}>
        <FormGroup name={scanField} label={say.choose({ what })} hint={say.limits} error={error}>
          {/* The bucket wants the field to be called `file`, and last. */}
          <input
            class={`govuk-file-upload app-file${error ? ' govuk-file-upload--error' : ''}`}
            id={scanField}
            name="file"
            type="file"
            accept={acceptedFiles}
            aria-describedby={error ? `${scanField}-hint ${scanField}-error` : `${scanField}-hint`}
            aria-invalid={error ? 'true' : undefined}
          />
        </FormGroup>
        <Button>{say.upload({ what })}</Button>
      </Form>
      {without === undefined ? null : (
        <ButtonLink href={`${path}?${scanField}=${noScan}`} look="secondary">
          {without}
        </ButtonLink>
      )}
    </section>
  );
}

/** What was chosen, above the fields. Another file is uploaded in a window of its own, which goes on with a form of its own. */
export function ScanChosen<Words extends StaffPageWords>({
  c,
  path,
  what,
  chosen,
  error,
}: Omit<ScanProps<Words>, 'deps'>) {
  const say = scanWordsOf(c.var.lang);
  return (
    <section class="app-paper" id={scanField} tabindex={-1}>
      <h2 class="govuk-heading-m">{say.title({ what })}</h2>
      <ErrorMessage name={scanField} error={error} />
      <p class="govuk-body">{chosen.kind === 'there' ? scanWords(c, chosen) : say.none}</p>
      <p class="govuk-body">
        <a class="govuk-link" href={path} target="_blank" rel="noreferrer">
          {chosen.kind === 'there' ? say.uploadAnother({ what }) : say.upload({ what })}
        </a>
        {say.newWindow}
      </p>
    </section>
  );
}

function scanWords<Words extends StaffPageWords>(
  c: Reading<Words>,
  { contentType, sizeBytes }: { readonly contentType: string; readonly sizeBytes: number },
) {
  const say = scanWordsOf(c.var.lang);
  const kind = contentType === 'application/pdf' ? say.document : say.image;
  return say.uploaded({ kind, size: megabytes(sizeBytes) });
}

/** A bound scan on a page: the link to it, with the digest that an auditor compares; or that there is none. */
export function ScanLink<Words extends StaffPageWords>({
  c,
  scan,
  href,
}: {
  c: Reading<Words>;
  scan: Scan | undefined;
  href: string;
}) {
  const say = scanWordsOf(c.var.lang);
  if (scan === undefined) return <>{say.none}</>;
  return (
    <>
      <a class="govuk-link" href={href} target="_blank" rel="noreferrer">
        {say.look({ size: megabytes(scan.sizeBytes) })}
      </a>
      <br />
      <span class="govuk-hint app-digest">SHA-256 {scan.sha256}</span>
    </>
  );
}

/** Leads to a bound scan, for a minute, if its bytes are still those that were bound; else says that they are not. */
export async function showScan<Words extends StaffPageWords>(
  c: Reading<Words>,
  deps: ScanDeps,
  scan: Scan | undefined,
): Promise<Response> {
  if (scan === undefined) return errorPage(c, 404);
  if (await isUnaltered(deps.scans, scan)) return c.redirect(await deps.paperUrl(scan), 303);
  const { altered, alteredTitle } = scanWordsOf(c.var.lang);
  return c.html(
    <StaffPage c={c} deps={deps} title={alteredTitle}>
      <p class="govuk-body">{altered}</p>
    </StaffPage>,
    409,
  );
}
