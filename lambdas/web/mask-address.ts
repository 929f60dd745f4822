/**
 * `s…a@example.com`: enough for its owner to recognise, too little for anybody else to write to.
 */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const [first = '', ...rest] = address.slice(0, at);
  return `${first}…${rest.length > 2 ? (rest.at(-1) ?? '') : ''}${address.slice(at)}`;
}
