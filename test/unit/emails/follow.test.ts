import { describe, expect, it } from 'vitest';
import { honeypotPage } from '../../../core/feedback/page-views.ts';
import { faultsOf } from '../../support/html-faults.ts';
import { aMail } from '../../support/sample-mail.ts';
import { samples } from '../../support/samples/samples.ts';

const cards = samples.digest.blocks.flatMap((block) => (block.kind === 'card' ? [block] : []));
const [, second, , fourth] = cards;
const topicOf = (card: (typeof cards)[number] | undefined) => card?.topics?.[0] ?? '';
const mail = aMail(samples.digest, { follow: [topicOf(second)], leaveOut: [topicOf(fourth)], least: 'sev3' });

describe('a digest for who follows one thing and leaves out others', () => {
  it('is valid HTML with the same links in both parts', async () => {
    expect(await faultsOf(mail.html)).toEqual([]);
    const linksOf = (text: string) => [...new Set(text.match(/https:\/\/lessons\.example\.com\/[^\s"<]+/g))].toSorted();
    expect(linksOf(mail.text)).toEqual(linksOf(mail.html).filter((link) => !link.endsWith(`/${honeypotPage}`)));
  });

  it('says in both parts why a card comes first, and that there was more', () => {
    for (const part of [mail.html.replace(/<[^>]+>/g, ' '), mail.text.replaceAll('\n', ' ')]) {
      expect(part).toMatch(/What you follow.*You follow .*Everything else.*This mail does not show what you chose to leave out/);
      expect(part).not.toMatch(/undefined|null/);
    }
  });

  it('skips no level of heading', () => {
    const levels = [...mail.html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels.filter((level, i) => level > (levels[i - 1] ?? 0) + 1)).toEqual([]);
  });

  it('lets no name of a service or a team out of its place', () => {
    const hostile = samples['rough-week'].follow?.reasons ?? {};
    expect(Object.values(hostile).filter(({ html }) => /<script|\{\{/.test(html))).toEqual([]);
  });
});

it('an alert has another foot for who cannot leave', () => {
  expect(samples['optional-alert'].foot.html).toContain('Unsubscribe');
  expect(samples['optional-alert'].mandatoryFoot?.html).not.toContain('Unsubscribe');
  expect(samples['optional-alert'].mandatoryFoot?.text).toContain('cannot unsubscribe');
});
