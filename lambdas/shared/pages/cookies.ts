/** The cookies of a request, by name. The first one of a name counts. */
export function readCookies(sent: readonly string[] = []): Readonly<Record<string, string>> {
  const cookies: Record<string, string> = Object.create(null);
  for (const one of sent) {
    const [name = '', ...rest] = one.split('=');
    cookies[name.trim()] ??= rest.join('=').trim();
  }
  return cookies;
}

/**
 * A `Set-Cookie` line that only this host sees, over HTTPS, and no script. `__Host-` makes browsers
 * refuse it from anywhere else (RFC 6265bis, section 4.1.3.2). `maxAge` is in seconds; 0 removes
 * the cookie.
 */
export const hostCookie = (name: `__Host-${string}`, value: string, maxAge: number): string =>
  `${name}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${maxAge}`;
