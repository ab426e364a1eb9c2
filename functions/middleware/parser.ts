/** As much of a zod schema as the middleware needs. Named structurally: a type import of zod trips the bundle rule. */
export type Parser<T> = {
  safeParse(input: unknown):
    | { readonly success: true; readonly data: T }
    | {
        readonly success: false;
        readonly error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] };
      };
};
