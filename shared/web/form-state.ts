/** What is wrong, by field name, in the order in which the fields stand on the page. */
export type FormErrors = Readonly<Record<string, string>>;

/** What was typed, by field name, exactly as it was typed. A field may have several values (checkboxes). */
export type FormValues = Readonly<Record<string, readonly string[]>>;

/** Everything a form needs to show itself again without losing a letter. */
export type FormState = { readonly values: FormValues; readonly errors: FormErrors };

export const emptyForm: FormState = { values: {}, errors: {} };

/** Values made from plain strings, for the first showing of a form that is already partly known. */
export const formValues = (known: Readonly<Record<string, string | readonly string[] | undefined>>): FormValues =>
  Object.fromEntries(
    Object.entries(known).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'string' ? [value] : value]],
    ),
  );

/** What a text control needs: `<TextInput {...field(form, 'hospital')} label=… />`. */
export const field = (form: FormState, name: string) => ({
  name,
  value: form.values[name]?.[0] ?? '',
  error: form.errors[name],
});

/** What checkboxes need: every value that was ticked. */
export const choices = (form: FormState, name: string) => ({
  name,
  values: form.values[name] ?? [],
  error: form.errors[name],
});

/** As much of a `ZodError` as is needed here. */
type ParseError = { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] };

/** A zod error as form errors: the first message of each field, a path `['items', 0, 'cost']` named `items.0.cost`. */
export function formErrors(error: ParseError): FormErrors {
  const found: Record<string, string> = {};
  for (const issue of error.issues) {
    const name = issue.path.map(String).join('.');
    found[name] ??= issue.message;
  }
  return found;
}

export const hasErrors = (errors: FormErrors): boolean => Object.keys(errors).length > 0;
