import { cut } from '../../../shared/text.ts';

const mostNamed = 8;

/**
 * A warning with the headings that stayed text, if the summary or the cause is among what was not
 * found. A document that tells both is understood: its other headings are its own.
 */
export function keptHeadings(headings: readonly string[], recognised: readonly string[]): string[] {
  const missing = ['summary', 'cause'].filter((section) => !recognised.includes(section));
  const names = [...new Set(headings.map((heading) => cut(heading.replaceAll('"', "'"), 60)))].filter((name) => name !== '');
  if (missing.length === 0 || names.length === 0) return [];
  const named = names.slice(0, mostNamed).map((name) => `"${name}"`);
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return [
    `No ${missing.join(' and no ')} was found. These headings were kept as text: ${named.join(', ')}${more}. Rename them, or add them to headings in distribution.yaml.`,
  ];
}
