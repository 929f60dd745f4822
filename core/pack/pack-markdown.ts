import type { NoticeOnPage } from '../notice/notice-on-page.ts';
import { below, inLine } from '../postmortem/quoted-markdown.ts';
import type { Pack } from './pack.ts';

/** A pack as one Markdown document. */
export function packMarkdown({ product, organisation, period, figures, incidents }: Pack): string {
  const parts = [
    `# ${inLine(`${organisation}: incidents of ${product}`)}`,
    inLine(period),
    figures.length > 0 ? figures.map((figure) => `- ${figure}`).join('\n') : nothingPublished,
    ...incidents.map(incident),
  ];
  return `${parts.join('\n\n')}\n`;
}

export const nothingPublished = 'No incident notice was published in this time.';

function incident({ title, times, products, isPreliminary, change, body, published }: NoticeOnPage): string {
  const facts = [
    times && `- When: ${inLine(times)}`,
    `- Products: ${inLine(products.join(', '))}`,
    isPreliminary && '- This account is preliminary.',
  ];
  const parts = [
    `## ${inLine(title)}`,
    facts.filter(Boolean).join('\n'),
    change && `### What changed\n\n${below(change)}`,
    below(body),
    `*${published}*`,
  ];
  return parts.filter(Boolean).join('\n\n');
}
