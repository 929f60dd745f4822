import * as z from 'zod';
import type { Api } from './start/api.ts';

const Mails = z.array(z.object({ tags: z.looseObject({ edition: z.string() }), text: z.string() }));

/** What becomes of the samples that have a text for customers. */
const approved = 'one-regular-expression-took-every-processor';
const sentBack = {
  postmortem: 'the-wrong-kind-of-identifier',
  reason: 'It counts our customers, and tells who of us was wrong. Say what they lost and what they have again.',
};
const withdrawn = {
  postmortem: 'one-customers-valid-setting',
  reason: 'It promises what is not done: the setting of one customer can still stop others until February.',
};
/** They approve. Each has a link of their own in their mail. */
const approvers = ['annika.bergstrom@example.com', 'katharina.vogel@example.com'];
const longestHold = 'PT11M';
const longestLooks = 30;

/**
 * Has one notice approved, one sent back, and one approved and withdrawn, as approvers do it: on
 * the pages that their mails lead to. The clock is moved over the hold. How many customers' mails
 * follow is not waited for. False: it was done before, and nothing is changed.
 */
export async function playNotices(url: string, api: Api): Promise<boolean> {
  if (await isListed(url)) return false;
  for (const postmortem of [approved, withdrawn.postmortem]) {
    for (const address of approvers) await press(await linkOf(postmortem, address, api), 'approve');
  }
  const [first = ''] = approvers;
  await press(await linkOf(sentBack.postmortem, first, api), 'send-back', sentBack.reason);
  await api.call('POST', '/_local/clock', JSON.stringify({ advance: longestHold }));
  await api.call('POST', '/_local/schedules/sweep/run', JSON.stringify({}));
  const link = await linkOf(withdrawn.postmortem, first, api);
  await until('a notice is withdrawn', async () => (await pageOf(link)).includes('value="withdraw"') || undefined);
  await press(link, 'withdraw', withdrawn.reason);
  await until('the notices are public', async () => (await isListed(url)) || undefined);
  return true;
}

const isListed = async (url: string): Promise<boolean> =>
  /\/customers\/incidents\/\w{10}"/.test(await pageOf(`${url}/customers/incidents`));

/** The link in a mail to this approver about a postmortem. Each of theirs leads to the one page. */
const linkOf = (postmortem: string, address: string, api: Api): Promise<string> =>
  until(`${address} is asked about ${postmortem}`, async () => {
    const mails = Mails.parse(await api.call('GET', `/_local/inbox?limit=200&to=${encodeURIComponent(address)}`));
    const asking = mails.find(({ tags, text }) => tags.edition.includes(postmortem) && text.includes('/review/'));
    return asking?.text.match(/https?:\/\/\S+\/review\/[\w.-]+/)?.[0];
  });

async function pageOf(address: string): Promise<string> {
  const answer = await fetch(address);
  return answer.ok ? answer.text() : '';
}

/**
 * Presses a button of the page, with every remark ticked, and once more while a busy machine does
 * not answer. What was pressed already has no such button any more.
 */
const press = (link: string, button: 'approve' | 'send-back' | 'withdraw', reason = ''): Promise<true> =>
  until(`${button} is pressed`, async () => {
    const page = await pageOf(link);
    if (page === '') return undefined;
    if (!page.includes(`value="${button}"`)) return true;
    const fields = [...page.matchAll(/<input type="(?:hidden|checkbox)" name="(n|content|version|tick)" value="([^"]*)"/g)];
    const form = new URLSearchParams({ press: button, reason });
    for (const [, name = '', value = ''] of fields) form.append(name, value);
    const answer = await fetch(link, { method: 'POST', body: form });
    if (answer.ok) return true;
    if (answer.status >= 500) return undefined;
    throw new Error(`${button}: ${answer.status} ${(await answer.text()).replace(/<[^>]+>/g, ' ').slice(0, 400)}`);
  });

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (let looks = 0; looks < longestLooks; looks += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error(`${what}: not after ${longestLooks} seconds`);
}
