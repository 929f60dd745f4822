import * as z from 'zod';
import { isOneLine } from '../shared/text.ts';
import type { Realm } from '../stream/stream.ts';

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine(isOneLine, 'one line without control characters')
    .refine((text) => !text.includes('://'), 'words, not an address of a page');

const isPublicHttps = (text: string): boolean => {
  const url = URL.parse(text);
  return url?.protocol === 'https:' && url.username === '' && url.hostname.includes('.');
};

/** A picture that readers load from where it lies. Sizes in pixels, as it is shown. */
export const Logo = z.strictObject({
  /** Anybody who reads the mail has to be able to load it, without signing in. */
  address: z
    .string()
    .max(500)
    .refine((text) => /^\S+$/.test(text) && isPublicHttps(text), 'an https address that everybody can load'),
  /** Stands in its place where pictures are off, and is read out. */
  text: line(60),
  width: z.int().min(20).max(240),
  height: z.int().min(20).max(80),
});
export type Logo = z.infer<typeof Logo>;

/** How mails and pages for staff present themselves. Customers' mails and pages have none of it. */
export const Brand = z.strictObject({
  /** In place of "<organisation> incident lessons". */
  name: line(60).optional(),
  logo: Logo.optional(),
  /** The colour of links and buttons. */
  accent: z
    .string()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, 'a colour such as #1849a9')
    .optional(),
  /** Where replies go. Without it, to the sender. */
  replyTo: z.email().max(254).optional(),
  /** The last line of mails and pages. */
  footer: line(200).optional(),
});
export type Brand = z.infer<typeof Brand>;

/** The parts of a distribution file that say whose a mail or a page is. */
export interface Owner {
  readonly organisation: { readonly name: string };
  readonly brand?: Brand | undefined;
}

/** What pages of a realm call themselves. */
export const nameFor = (realm: Realm, { organisation, brand }: Owner): string =>
  realm === 'customers' ? organisation.name : (brand?.name ?? `${organisation.name} incident lessons`);

/** The same for narrow places, such as a browser's tab. */
export const shortNameFor = (realm: Realm, { organisation, brand }: Owner): string =>
  (realm === 'staff' ? brand?.name : undefined) ?? organisation.name;

/** The brand of a realm: staff have it, customers do not (docs/adr/057). */
export const brandFor = (realm: Realm, { brand }: Pick<Owner, 'brand'>): Brand | undefined => (realm === 'staff' ? brand : undefined);

/** Pixels of a letter and of a line of the text that stands for a logo. */
const [letter, lineHeight] = [9, 20];
/** Browsers show the sign of a missing picture before the text. In letters. */
const sign = 2;

/** Whether the text of a logo fits into its place, where it stands with pictures off. */
export function fitsLogo({ text, width, height }: Pick<Logo, 'text' | 'width' | 'height'>): boolean {
  const most = Math.floor(width / letter);
  let [lines, used] = [1, sign];
  for (const word of text.split(' ')) {
    if (word.length > most) return false;
    const together = used + 1 + word.length;
    if (together > most) lines += 1;
    used = together > most ? word.length : together;
  }
  return lines * lineHeight <= height;
}
