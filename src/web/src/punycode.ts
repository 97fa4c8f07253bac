/** Stands in for Node's module of the same name: addresses are shown as they are. */
export const toASCII = (name: string): string => name;
export const toUnicode = (name: string): string => name;
export default { toASCII, toUnicode };
