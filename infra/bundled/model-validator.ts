/**
 * In place of `jsonschema`, with which ElectroDB looks at the shape of our models whenever a process starts, and tells a model
 * from what it has made itself. The first is done where the models are tested: they are constants, and the store's tests make
 * each of them with the real validator. The second is all that is left here.
 */
export class Validator {
  addSchema(): void {}

  validate(candidate: object): { readonly errors: readonly { readonly property: string; readonly message: string }[] } {
    return { errors: '_instance' in candidate ? [{ property: 'instance', message: 'is no model' }] : [] };
  }
}

Object.assign(Validator.prototype, { customFormats: {} });
