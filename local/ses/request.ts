/** A call of SES's Query protocol. */
export interface SesRequest {
  readonly action: string;
  readonly caller: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** Decoded `RawMessage.Data`. Empty for other actions. */
  readonly raw: Buffer;
}

const rawKey = 'RawMessage.Data';

/**
 * Reads a form-encoded body. Its largest part by far is the mail in base64, in which only three
 * characters are ever escaped.
 */
export function readSesRequest(body: Buffer, caller: string): SesRequest {
  const parameters = new Map<string, string>();
  let raw = Buffer.alloc(0);
  for (const pair of body.toString('latin1').split('&')) {
    const cut = pair.indexOf('=');
    const key = decodeURIComponent(pair.slice(0, cut));
    const value = pair.slice(cut + 1);
    if (key === rawKey) raw = Buffer.from(unescapeBase64(value), 'base64');
    else parameters.set(key, decodeURIComponent(value.replaceAll('+', ' ')));
  }
  return { action: parameters.get('Action') ?? '', caller, parameters, raw };
}

const unescapeBase64 = (text: string) =>
  text.replaceAll(/%(2B|2F|3D)/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The values of a list: `Destinations.member.1`, `.2` … in order. */
export function members({ parameters }: SesRequest, name: string): string[] {
  const found: string[] = [];
  for (let n = 1; ; n += 1) {
    const value = parameters.get(`${name}.member.${n}`);
    if (value === undefined) return found;
    found.push(value);
  }
}

/** Name and value of each tag, in order. */
export function tagsOf({ parameters }: SesRequest): Map<string, string> {
  const tags = new Map<string, string>();
  for (let n = 1; ; n += 1) {
    const name = parameters.get(`Tags.member.${n}.Name`);
    if (name === undefined) return tags;
    tags.set(name, parameters.get(`Tags.member.${n}.Value`) ?? '');
  }
}
