import { describe, expect, it } from 'vitest';
import { toldAgainContent } from '../../../core/content/update-content.ts';
import { assembleMail } from '../../../core/mail/assemble.ts';
import { namedIn } from '../../../core/mail/fragments.ts';
import { renderUpdate } from '../../../emails/render-update.ts';
import { aMail, links } from '../../support/sample-mail.ts';
import { checkout, sessions } from '../../support/samples/postmortems.ts';
import { samples } from '../../support/samples/samples.ts';
import { changed, later, mitigated, small, takenBack, updateInput, updateSamples } from '../../support/samples/updates.ts';

const without = (edition: ReturnType<typeof renderUpdate>, ...withheld: string[]) =>
  assembleMail(edition, { placeholders: { ...links, why: '', tracker: '' }, withheld: new Set(withheld) });

describe('an update', () => {
  it('tells everything in both parts', () => {
    const content = updateSamples['alert, final account'];
    const { html, text } = aMail(samples['alert, final account']);
    const said = [
      content.lead,
      content.standing,
      content.changed?.intro ?? '',
      ...(content.changed?.rows ?? []).flatMap(({ fact, before, after }) => [fact, before, after]),
      ...content.parts.map(({ text: part }) => part),
      ...content.stats.map(({ value }) => value),
    ];
    const flat = text.replace(/\s+/g, ' ');
    expect(said.length).toBeGreaterThan(20);
    expect(said.filter((each) => !flat.includes(each))).toEqual([]);
    expect(said.filter((each) => !html.includes(each))).toEqual([]);
  });

  it('stands in the text part with both values under the name of the fact', () => {
    expect(aMail(samples['alert update']).text).toContain('Customers affected\n  Before: 40,000\n  Now:    98,000\n');
  });

  it('names the column of each value to a screen reader, and each fact as a row', () => {
    const { html } = aMail(samples['alert update']);
    expect(html.match(/<th scope="col"[^>]*>(Before|Now)</g)).toHaveLength(2);
    expect(html.match(/<th scope="rowgroup" colSpan="2"/gi)).toHaveLength(4);
  });

  it('counts the changes that it does not show', () => {
    const { html, text } = aMail(samples['alert update, all of it long']);
    for (const part of [html, text]) expect(part).toContain('And four more changes.');
  });

  it('leaves nothing once its postmortem is withheld', () => {
    expect(without(samples['alert update'], checkout.id)).toBe('withheld');
    expect(without(samples['alert lowered'], checkout.id)).toBe('withheld');
  });
});

describe('a reader who left out what is less severe than Sev-2', () => {
  const mail = (edition: ReturnType<typeof renderUpdate>) =>
    assembleMail(edition, { placeholders: { ...links, why: '', tracker: '' }, withheld: new Set(), wishes: { least: 'sev2' } });
  const graver = changed(mitigated, { severity: 'sev2' });
  const update = (before: typeof small, now: typeof small) => renderUpdate(toldAgainContent(updateInput('update', before, now, later)));

  it('still learns that an incident is no longer as severe as they were told', () => {
    expect(mail(samples['alert lowered'])).toMatchObject({ subject: 'Now Sev-3: Checkout is down' });
    expect(mail(update(graver, small))).toMatchObject({ subject: 'Now Sev-3: Checkout is down' });
  });

  it('gets no update of what is less severe before and after', () => {
    expect(mail(update(small, changed(small, { summary: 'Mended.' })))).toBe('nothing chosen');
  });
});

describe('what says that an account was taken back', () => {
  it('carries and names nothing', () => {
    const edition = samples['alert withdrawn'];
    expect(namedIn(edition)).toEqual([]);
    expect(JSON.stringify(edition)).not.toMatch(new RegExp(`${checkout.id}|${checkout.title}|Checkout is down`));
    expect(without(edition, checkout.id)).toMatchObject({ subject: 'Taken back: the Sev-1 sent on 19 November, 14:02 Berlin' });
  });

  it('names the postmortem that tells of the incident now, until that is withheld too', () => {
    const edition = samples['alert merged'];
    expect(namedIn(edition)).toEqual([sessions.id]);
    for (const part of ['html', 'text'] as const) {
      expect(aMail(edition)[part]).toContain(`${links.read}/${sessions.id}`);
      expect(aMail(edition)[part]).toContain(sessions.title);
    }
    const left = without(edition, sessions.id);
    expect(left).toMatchObject({ text: expect.stringContaining('What it said no longer stands.') });
    expect(JSON.stringify(left)).not.toMatch(new RegExp(`${sessions.id}|${sessions.title}`));
  });

  it('keeps a title of strangers text', () => {
    const title = '<script>alert(1)</script> {{ses:openTracker}} \u0002unsubscribe\u0003';
    const { html, text } = aMail(renderUpdate(takenBack({ mergedInto: { id: 'b', title } })));
    expect(html).not.toContain('<script');
    expect(html.match(/\{\{/g)).toHaveLength(1);
    expect(text).not.toContain('{{');
    expect(html.split(links.unsubscribe)).toHaveLength(2);
  });
});

it('readers whom the distribution file names cannot unsubscribe from any of them', () => {
  for (const name of ['alert update', 'alert withdrawn'] as const) {
    const mail = assembleMail(samples[name], { placeholders: { ...links, why: '', tracker: '' }, withheld: new Set(), isMandatory: true });
    expect(mail).toMatchObject({ text: expect.stringContaining('cannot unsubscribe') });
    expect(JSON.stringify(mail)).not.toContain(links.unsubscribe);
  }
});
