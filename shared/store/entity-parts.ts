/** What every entity is made of. `casing: 'none'`, since ids differ by case and ElectroDB would lower them. */
export const text = { type: 'string', required: true } as const;
export const count = { type: 'number', required: true } as const;
/** The thing itself, personal parts sealed; checked by zod when it is read. */
export const body = { type: 'any', required: true } as const;

export const modelOf = <const Name extends string>(entity: Name) =>
  ({ entity, version: '1', service: 'reliefline' }) as const;

const key = <const Field extends string, const Part extends string>(field: Field, composite: Part[]) =>
  ({ field, composite, casing: 'none' }) as const;

export const ownKeys = <const P extends string, const S extends string = never>(
  partition: readonly P[],
  sort: readonly S[] = [],
) => ({ pk: key('pk', [...partition]), sk: key('sk', [...sort]) }) as const;

/** A sort key as another entity's are written. */
export const keyLike = <const Part extends string, const Template extends string>(
  composite: readonly Part[],
  template: Template,
) => ({ ...key('sk', [...composite]), template }) as const;

export const firstIndex = <const P extends string, const S extends string>(
  partition: readonly P[],
  sort: readonly S[],
) => ({ index: 'gsi1', pk: key('gsi1pk', [...partition]), sk: key('gsi1sk', [...sort]) }) as const;

export const secondIndex = <const P extends string, const S extends string>(
  partition: readonly P[],
  sort: readonly S[],
) => ({ index: 'gsi2', pk: key('gsi2pk', [...partition]), sk: key('gsi2sk', [...sort]) }) as const;
