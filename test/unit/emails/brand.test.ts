import { describe, expect, it } from 'vitest';
import { darkAccent } from '../../../core/distribution/accent.ts';
import { Brand } from '../../../core/distribution/brand.ts';
import { mailHeaders } from '../../../core/mail/headers.ts';
import { renderBrief } from '../../../emails/render-brief.ts';
import { renderAlert, renderDigest } from '../../../emails/render-edition.ts';
import { renderImpact } from '../../../emails/render-impact.ts';
import { renderService } from '../../../emails/render-service.ts';
import { renderUpdate } from '../../../emails/render-update.ts';
import { aMail } from '../../support/sample-mail.ts';
import { briefSample } from '../../support/samples/briefs.ts';
import { impactSamples } from '../../support/samples/impact.ts';
import { alertSample, digestSample } from '../../support/samples/samples.ts';
import { sampleFacts } from '../../support/samples/service.ts';
import { updateSamples } from '../../support/samples/updates.ts';

const accent = '#7a1fa2';
const brand = Brand.parse({
  name: 'North & <lessons>',
  logo: { address: 'https://static.example.com/l.png?a=1&b={{x}}', text: 'Northwind', width: 160, height: 40 },
  accent,
  replyTo: 'incidents@example.com',
  footer: 'Northwind {{Ltd}}, Berlin',
});

const kinds = {
  digest: (own?: Brand) => renderDigest(digestSample, own),
  alert: (own?: Brand) => renderAlert(alertSample, own),
  brief: (own?: Brand) => renderBrief(briefSample, own),
  impact: (own?: Brand) => renderImpact(impactSamples['impact at once'], own),
  update: (own?: Brand) => renderUpdate(Object.values(updateSamples)[0] as Parameters<typeof renderUpdate>[0], own),
  service: (own?: Brand) => renderService('welcome', sampleFacts('welcome', 'staff'), own),
};

describe.each(Object.entries(kinds))('%s with a brand', (_, render) => {
  const { html, text } = aMail(render(brand));
  const plain = aMail(render());

  it('calls itself as the file says, in both parts', () => {
    expect(html).toContain('North &amp; &lt;lessons&gt;</div>');
    expect(html).not.toContain('incident lessons</div>');
    expect(text).toContain('North & <lessons>, ');
  });

  it('has the accent wherever the usual colour was, and its dark form', () => {
    expect(plain.html).toContain('#1849a9');
    expect(html.replace(/<style[^>]*>.*?<\/style>/gs, '')).not.toContain('#1849a9');
    expect(html).toContain(accent);
    expect(html).toContain(`a.button { background: ${darkAccent(accent)} !important; color: #10131a !important; }`);
  });

  it('shows the logo in its size, with its text for when pictures are off', () => {
    const [image = ''] = /<img[^>]*class="logo"[^>]*>/.exec(html) ?? [];
    expect(image).toContain('src="https://static.example.com/l.png?a=1&amp;b=&#123;&#123;x}}"');
    expect(image).toContain('alt="Northwind" width="160" height="40"');
    expect(image).toContain('width:160px;height:40px');
  });

  it('ends with the footer line', () => {
    expect(html).toContain('>Northwind &#123;&#123;Ltd}}, Berlin</div>');
    expect(text.trimEnd().split('\n').at(-1)).toBe('Northwind { {Ltd}}, Berlin');
  });
});

it('recolours no text that writes about the colour', () => {
  const headline = 'The links were #1849a9 style="color:#1849a9"';
  const { html, text } = aMail(renderAlert({ ...alertSample, headline }, brand));
  expect(html).toContain('The links were #1849a9 style=&quot;color:#1849a9&quot;');
  expect(text).toContain('style="color:#1849a9"');
});

it('asks mail programs to send replies to the address of the file', () => {
  const meaning = { stream: 'engineering-digest', listName: 'Digest', domain: 'example.com', isBulk: true };
  expect(mailHeaders({ ...meaning, replyTo: 'incidents@example.com' })[0]).toEqual(['Reply-To', 'incidents@example.com']);
  expect(mailHeaders(meaning).map(([name]) => name)).not.toContain('Reply-To');
  expect(() => mailHeaders({ ...meaning, replyTo: 'a@example.com, b@example.com' })).toThrow('Reply-To');
});
