import { darkAccent, grounds } from '../../../core/distribution/accent.ts';
import type { Brand, Logo } from '../../../core/distribution/brand.ts';
import { hashOf } from './style.ts';

const ground = grounds.light[1];
const logoRules = `.logo{display:block;margin:0 0 10px;font-size:15px;line-height:20px;font-weight:700}
@media (prefers-color-scheme:dark){.logo{background:${ground};color:#1d1f23;box-shadow:0 0 0 6px ${ground};border-radius:2px}}`;

/**
 * What a brand adds to the stylesheet of the pages. Empty for none. The dark form of the accent has
 * the usual dark text of a button, and a logo keeps a light ground.
 */
export function brandStyle({ accent, logo }: Brand): string {
  const colours = accent && `:root{--a:${accent}}@media (prefers-color-scheme:dark){:root{--a:${darkAccent(accent)}}}`;
  return [colours, logo && logoRules].filter(Boolean).join('\n');
}

/** What a page's policy has to allow for a brand: its styles, and pictures of the logo's host. */
export function brandSources(brand: Brand | undefined): { readonly styles: string; readonly images: readonly string[] } {
  const style = brand ? brandStyle(brand) : '';
  return { styles: style === '' ? '' : ` ${hashOf(style)}`, images: brand?.logo ? [imagesFrom(brand.logo)] : [] };
}

export const imagesFrom = ({ address }: Logo): string => `img-src ${new URL(address).origin}`;
