/**
 * What is wrong with limits that should rise and end without one (`null`), as the end of a sentence about them: "bands that
 * do not rise". Empty if nothing is.
 */
export function unrisen(limits: readonly (number | null)[]): string[] {
  const inner = limits.slice(0, -1);
  return [
    ...(limits.at(-1) === null ? [] : ['of which the last has a limit']),
    ...(inner.includes(null) ? ['after one that has no limit'] : []),
    ...(isRising(limits.filter((limit) => limit !== null)) ? [] : ['that do not rise']),
  ];
}

/** Each larger than the one before. */
export const isRising = (numbers: readonly number[]): boolean =>
  numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
