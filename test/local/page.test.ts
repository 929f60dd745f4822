import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editionKey, inEditions, inOpen } from '../../adapters/dynamodb/table-shape.ts';
import { readable } from '../../local/page/readable-line.ts';
import { aMail } from '../support/mail-builder.ts';
import { startToyStack, type ToyStack } from '../support/toy-stack.ts';

let stack: ToyStack;
let id: string | undefined;
beforeAll(async () => {
  stack = await startToyStack();
  const { body } = await stack.call<Record<string, string>>('GET', '/echo?mode=environment');
  const credentials = { accessKeyId: 'toy-echo', secretAccessKey: 'x' };
  const ses = new SESClient({ endpoint: body.AWS_ENDPOINT_URL_SES ?? '', region: 'us-east-1', credentials });
  const html =
    '<html><head><style>@media (prefers-color-scheme:dark){p{color:red}}</style></head><body><script>alert(1)</script><p>Hi</p></body></html>';
  const raw = aMail({ html })
    .toString('latin1')
    .replace(/Subject: .*\r\n .*\r\n/, 'Subject: <b>bold</b> & "quoted"\r\n');
  const sent = await ses.send(
    new SendRawEmailCommand({
      Source: 'lessons@example.com',
      Destinations: ['reader@example.com'],
      RawMessage: { Data: Buffer.from(raw, 'latin1') },
    }),
  );
  id = sent.MessageId;
});
afterAll(() => stack.stop());

const page = async (query = '') => {
  const response = await fetch(`${stack.url}/_local${query}`);
  return { headers: response.headers, text: await response.text() };
};

describe('the page', () => {
  it('lists mails with whatever stands in their subject as text', async () => {
    const { text } = await page();

    expect(text).toContain('&lt;b&gt;bold&lt;/b&gt; &amp; &quot;quoted&quot;');
    expect(text).not.toContain('<b>bold</b>');
  });

  it('finds mails by address and says when there is none', async () => {
    expect((await page('?q=READER@')).text).toContain('1 mail');
    expect((await page('?q=<none>')).text).toContain('No mail fits “&lt;none&gt;”');
  });

  it('runs no script but its own and loads nothing from elsewhere', async () => {
    const policy = (await page()).headers.get('content-security-policy') ?? '';

    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'sha256-[^' ]+'(;|$)/);
  });

  it('frames a mail where it can run nothing', async () => {
    const { text } = await page(`?mail=${id}`);
    const framed = await page(`/mail/${id}`);

    expect(text).toMatch(/<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox" src="\/_local\/mail\//);
    expect(framed.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(framed.text).toContain('<head><base target="_blank">');
  });

  it('shows a mail as a dark client would', async () => {
    expect((await page(`/mail/${id}?scheme=dark`)).text).toContain('@media (min-width:0){p');
    expect((await page(`/mail/${id}?scheme=light`)).text).toContain('@media (max-width:0){p');
  });

  it.each(['text', 'headers', 'raw'])('shows the %s of a mail', async (tab) => {
    const expected = { text: 'Plain text, with ümlauts', headers: 'MIME-Version', raw: 'Content-Transfer-Encoding: base64' }[tab];

    expect((await page(`?mail=${id}&tab=${tab}`)).text).toContain(expected);
  });

  it('offers each schedule to be run', async () => {
    expect((await page('?view=queues')).text).toContain('data-post="/_local/schedules/weekly-digest-toy/run"');
  });

  it('shows functions and usage', async () => {
    expect((await page('?view=functions')).text).toContain('id="fn-echo"');
    expect((await page('?view=usage')).text).toContain('SendRawEmail');
  });
});

describe('editions', () => {
  it('show their outcomes, and an item of which fields are missing', async () => {
    const month = stack.now().toISOString();
    const tallies = {
      default: { version: 3, counts: { accepted: 29, 'skipped: snoozed': 1 } },
      mon: { version: 1, counts: { accepted: 2 } },
    };
    await stack.table?.put({
      ...editionKey('a-digest'),
      ...inEditions('staff', month, 'a-digest'),
      listed: { edition: 'a-digest', subject: 'Five incidents', completedAt: month, tallies },
    });
    await stack.table?.put({ ...editionKey('bare'), ...inOpen('edition', month, 'bare'), listed: { edition: 'bare' } });

    const { text } = await page('?view=editions');
    expect(text).toMatch(/31 accepted[\s\S]*1 skipped: snoozed/);
    expect(text.indexOf('bare')).toBeLessThan(text.indexOf('a-digest'));
    expect(text).toMatch(/sending[\s\S]*complete/);
  });
});

it('tells a structured line as a sentence and leaves others alone', () => {
  expect(readable('{"level":"WARN","message":"late","timestamp":"x","edition":"e1","n":2}')).toBe('WARN  late  edition=e1  n=2');
  expect(readable('{not json')).toBe('{not json');
});
