import { simpleParser } from 'mailparser';
import type { ConfigurationSetPlan } from '../plan/mail.ts';
import type { AcceptedMail } from './accepted-mail.ts';
import { deliveredMime } from './delivered-mime.ts';
import { type Header, headerBlock, headersIn } from './headers.ts';
import type { Mailbox } from './mailbox.ts';
import { tracksOpens } from './publisher.ts';

/** A mail as the inbox of the local stack shows it. */
export interface InboxMail {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly html: string;
  readonly text: string;
  /** Bytes of the accepted MIME. */
  readonly size: number;
  readonly configurationSet: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly acceptedAt: string;
}
export type MailSummary = Pick<InboxMail, 'id' | 'to' | 'from' | 'subject' | 'acceptedAt' | 'size' | 'tags'>;

export interface InboxQuery {
  /** A whole address, or a part of one. */
  readonly to?: string | undefined;
  /** A part of the subject, without regard to case. */
  readonly subject?: string | undefined;
  /** Accepted at this instant or later. */
  readonly since?: Date | undefined;
  readonly limit?: number | undefined;
}

/** The newest mails, newest first. A mail is parsed only when it is asked for. */
export interface Inbox {
  summaries(query: InboxQuery): Promise<MailSummary[]>;
  mails(query: InboxQuery): Promise<InboxMail[]>;
  /** One mail. Undefined for an unknown id, or a mail that is no longer kept. */
  mail(id: string): Promise<InboxMail | undefined>;
  /** The MIME as it reached the mailbox. */
  delivered(id: string): Buffer | undefined;
}

export function inbox(box: Mailbox, sets: readonly ConfigurationSetPlan[], pixelUrl: (id: string) => string): Inbox {
  const titles = new WeakMap<AcceptedMail, Promise<{ from: string; subject: string }>>();
  const deliver = (mail: AcceptedMail) => deliveredMime(mail, tracksOpens(sets, mail.configurationSet) ? pixelUrl(mail.id) : undefined);
  const titleOf = (mail: AcceptedMail) => {
    const title = titles.get(mail) ?? readTitle(mail);
    titles.set(mail, title);
    return title;
  };
  const matching = async ({ to, subject, since, limit = Number.POSITIVE_INFINITY }: InboxQuery): Promise<AcceptedMail[]> => {
    const found: AcceptedMail[] = [];
    for (const mail of box.newest()) {
      if (found.length >= limit) break;
      if (since !== undefined && mail.acceptedAt < since) break;
      if (to !== undefined && !isTo(mail, to)) continue;
      if (subject !== undefined && !holds((await titleOf(mail)).subject, subject)) continue;
      found.push(mail);
    }
    return found;
  };
  const summary = async (mail: AcceptedMail): Promise<MailSummary> => ({ ...facts(mail), ...(await titleOf(mail)) });

  return {
    summaries: async (query) => Promise.all((await matching(query)).map(summary)),
    mails: async (query) => {
      const mails: InboxMail[] = [];
      for (const mail of await matching(query)) mails.push(await readMail(mail, deliver(mail)));
      return mails;
    },
    mail: async (id) => {
      const mail = box.find(id);
      return mail && readMail(mail, deliver(mail));
    },
    delivered: (id) => {
      const mail = box.find(id);
      return mail && deliver(mail);
    },
  };
}

const holds = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());
const isTo = (mail: AcceptedMail, wanted: string) =>
  mail.to.some((address) => (/^[^@]+@[^@]+$/.test(wanted) ? address.toLowerCase() === wanted.toLowerCase() : holds(address, wanted)));

const facts = (mail: AcceptedMail) => ({
  id: mail.id,
  to: mail.to.join(', '),
  size: mail.raw.length,
  tags: Object.fromEntries(mail.tags),
  acceptedAt: mail.acceptedAt.toISOString(),
});

const quickly = { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true };

async function readTitle(mail: AcceptedMail): Promise<{ from: string; subject: string }> {
  const parsed = await simpleParser(Buffer.from(`${headerBlock(mail.raw)}\r\n\r\n`, 'latin1'), quickly);
  return { from: parsed.from?.text ?? mail.source, subject: parsed.subject ?? '' };
}

async function readMail(mail: AcceptedMail, delivered: Buffer): Promise<InboxMail> {
  const parsed = await simpleParser(delivered, quickly);
  const shown = ({ name, value }: Header): [string, string] => {
    const decoded = parsed.headers.get(name.toLowerCase());
    return [name, typeof decoded === 'string' ? decoded : value];
  };
  return {
    ...facts(mail),
    from: parsed.from?.text ?? mail.source,
    subject: parsed.subject ?? '',
    headers: Object.fromEntries(headersIn(headerBlock(delivered)).map(shown)),
    html: parsed.html || '',
    text: parsed.text ?? '',
    configurationSet: mail.configurationSet ?? null,
  };
}
