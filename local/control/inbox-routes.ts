import * as z from 'zod';
import type { Opener } from '../ses/events.ts';
import type { InboxQuery } from '../ses/inbox.ts';
import { BadCall, type Call, type ControlRoute, instant, json, jsonBody, wrong } from './answers.ts';
import type { LocalStackHandle } from './local-stack-handle.ts';

const given = (call: Call, name: string): string | undefined => call.query.get(name) || undefined;

/** Reads the query of an inbox. Throws BadCall for an invalid limit or instant. */
export function inboxQuery(call: Call): InboxQuery {
  const since = given(call, 'since');
  const limit = given(call, 'limit');
  if (limit !== undefined && !/^\d{1,6}$/.test(limit)) throw new BadCall('limit: a whole number');
  return {
    to: given(call, 'to'),
    subject: given(call, 'subject'),
    since: since === undefined ? undefined : instant(since, 'since'),
    limit: limit === undefined ? undefined : Number(limit),
  };
}

const noMail = wrong(404, 'no mail with this id among the newest 2,000');
/** A transparent GIF of one pixel. */
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

const Given = z.strictObject({ userAgent: z.string().optional(), ipAddress: z.string().optional() });

const opener = ({ request }: Call): Opener => ({
  userAgent: request.headers['user-agent'] ?? 'a mail client',
  ipAddress: request.socket.remoteAddress ?? '127.0.0.1',
});
/** The mail client that a tool asks to open as. Throws BadCall for an unknown field. */
function givenOpener(call: Call): Partial<Opener> {
  const given = Given.safeParse(jsonBody(call));
  if (!given.success) throw new BadCall(z.prettifyError(given.error));
  const { userAgent, ipAddress } = given.data;
  return { ...(userAgent !== undefined && { userAgent }), ...(ipAddress !== undefined && { ipAddress }) };
}

export function inboxRoutes({ inbox, ses }: LocalStackHandle): ControlRoute[] {
  const open = (call: Call, given: Partial<Opener> = {}): boolean => {
    const mail = ses.mailbox.find(call.parameters.id ?? '');
    if (mail !== undefined) ses.open(mail, { ...opener(call), ...given });
    return mail !== undefined;
  };
  return [
    { key: 'GET /_local/inbox', handle: async (call) => json(await inbox.mails(inboxQuery(call))) },
    {
      key: 'GET /_local/inbox/{id}',
      handle: async ({ parameters }) => {
        const mail = await inbox.mail(parameters.id ?? '');
        return mail === undefined ? noMail : json(mail);
      },
    },
    {
      key: 'GET /_local/inbox/{id}/raw',
      handle: ({ parameters }) => {
        const mime = inbox.delivered(parameters.id ?? '');
        if (mime === undefined) return noMail;
        // As text, so that a browser shows it and does not open a mail program.
        return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' }, body: mime };
      },
    },
    {
      key: 'POST /_local/inbox/{id}/open',
      handle: (call) => (open(call, givenOpener(call)) ? json({ opened: call.parameters.id }) : noMail),
    },
    {
      key: 'GET /_local/pixel/{id}',
      handle: (call) => {
        open(call);
        return { status: 200, headers: { 'content-type': 'image/gif', 'cache-control': 'no-store' }, body: pixel };
      },
    },
    { key: 'GET /_local/truth', handle: () => json(ses.mailbox.truth()) },
  ];
}
