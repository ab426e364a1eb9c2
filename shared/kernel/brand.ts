declare const brand: unique symbol;

/** A string or number that only its own maker may produce: `Brand<number, 'Fen'>` is no plain number. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
