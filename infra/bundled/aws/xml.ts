const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const plain = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return decimal === undefined ? (signs[name] ?? whole) : String.fromCodePoint(Number(decimal));
  });

/** The insides of all elements of that name: S3's answers nest none in its like and use neither CDATA nor attributes. */
export const elementsOf = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, inside = '']) => inside);

/** The text of the first element of that name. */
export const textOf = (xml: string, name: string): string | undefined => {
  const [inside] = elementsOf(xml, name);
  return inside === undefined ? undefined : plain(inside);
};
