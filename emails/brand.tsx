import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server.edge';
import { darkAccent, grounds, onAccent } from '../core/distribution/accent.ts';
import type { Brand, Logo } from '../core/distribution/brand.ts';
import { EditionFragments } from '../core/mail/fragments.ts';
import { colours, font } from './theme.ts';

/**
 * The picture, with its text in the same place and size where pictures are off: mail programs show
 * that text in the picture's own style.
 */
const LogoImage = ({ address, text, width, height }: Logo) => (
  <img
    src={address}
    alt={text}
    width={width}
    height={height}
    className="logo"
    style={{ display: 'block', width, height, margin: '0 0 10px', border: 0, font: font(700, 15, 20), color: colours.text }}
  />
);

export const logoHtml = (logo: Logo): string => renderToStaticMarkup(createElement(LogoImage, logo)).replaceAll('{', '&#123;');

/**
 * Rules that come after the frame's own. In the dark, the logo keeps a light ground, because most
 * logos are made for one.
 */
export function brandRules({ accent, logo }: Brand): string {
  const [ground] = [grounds.light[1]];
  const dark = [
    ...(accent
      ? [
          `a { color: ${darkAccent(accent)} !important; }`,
          `a.button { background: ${darkAccent(accent)} !important; color: ${onAccent.dark} !important; }`,
        ]
      : []),
    ...(logo
      ? [`.logo { background: ${ground}; box-shadow: 0 0 0 6px ${ground}; border-radius: 2px; color: ${colours.text} !important; }`]
      : []),
  ];
  if (dark.length === 0) return '';
  return `<style type="text/css">${accent ? `a { color: ${accent}; } ` : ''}@media (prefers-color-scheme: dark) { ${dark.join(' ')} }</style>`;
}

/**
 * The mail with the brand's accent in place of the usual colour of links and buttons. Only style
 * attributes are changed: in rendered markup, no text contains `style="`.
 */
export function withAccent(fragments: EditionFragments, brand: Brand | undefined): EditionFragments {
  const { accent } = brand ?? {};
  if (accent === undefined) return fragments;
  const recoloured = (html: string) => html.replace(/ style="[^"]*"/g, (style) => style.replaceAll(colours.link, accent));
  const inHtml = (key: string, value: unknown) => (key === 'html' && typeof value === 'string' ? recoloured(value) : value);
  return EditionFragments.parse(JSON.parse(JSON.stringify(fragments), inHtml));
}
