/** `s…a@example.com`: enough for its owner to know it, and for nobody else to write to it. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const [first = '', ...rest] = address.slice(0, at);
  return `${first}…${rest.length > 2 ? (rest.at(-1) ?? '') : ''}${address.slice(at)}`;
}
