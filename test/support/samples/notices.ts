import { type ToldNoticeInput, toldNoticeContent, withdrawnNoticeContent } from '../../../core/notice/notice-mail.ts';

/** As customers know Northwind. */
const settings = { sender: 'Northwind status', zone: 'Europe/Berlin', contact: 'https://example.com/support' };
const publicId = 'k7p3wq9xzt';

const checkout = {
  publicId,
  title: 'Checkout was unavailable on 19 November',
  body: [
    'On 19 November, between 12:35 and 13:33 UTC, payments in the shop failed or took very long. No order was placed twice and nobody was charged twice. You need to do nothing.',
    'A change to our database made it slow, and our own systems asked it again and again. We stopped that at 13:33.',
    'Since then our shop repeats a payment request only once, and we are told of failed payments within a minute. We are sorry for the trouble.',
  ].join('\n\n'),
  products: ['Checkout'],
  startedAt: '2026-11-19T12:35:00Z',
  resolvedAt: '2026-11-19T13:33:00Z',
  state: 'final',
} satisfies ToldNoticeInput['content'];

/** Everything that Markdown may hold. */
const rich = `Some **card payments** are *declined by mistake*. Your bank was not asked.

## What you can do

1. Try again with the same card.
2. If that fails:
   - use another card, or
   - pay by invoice ([how](https://example.com/help/invoice)).

> We will not charge you twice.

| Region | Share of payments |
| --- | ---: |
| Europe | 4 % |
| Elsewhere | none |

The answer of our interface is \`card_declined\`:

\`\`\`
{"error": "card_declined", "retry": true}
\`\`\`

![Where you see it](https://example.com/help/declined.png)

- [x] The cause is known
- [ ] All regions are well again

---

Write to <help@example.com>, or see https://example.com/status.`;

export const noticeInputs = {
  'notice to customers': { ...settings, content: checkout, isUpdate: false, productsBefore: [] },
  'notice, updated': {
    ...settings,
    content: { ...checkout, change: 'The exact times, and what we have improved.' },
    isUpdate: true,
    productsBefore: ['Checkout', 'Exports'],
  },
  'notice while it lasts': {
    ...settings,
    content: {
      publicId,
      title: 'Some card payments are declined by mistake in Europe',
      body: rich,
      products: ['Checkout', 'Billing & invoices'],
      startedAt: '2026-11-25T12:35:00Z',
      state: 'preliminary',
    },
    isUpdate: false,
    productsBefore: [],
  },
} satisfies Record<string, ToldNoticeInput>;

export const noticeSamples = {
  'notice to customers': toldNoticeContent(noticeInputs['notice to customers']),
  'notice, updated': toldNoticeContent(noticeInputs['notice, updated']),
  'notice while it lasts': toldNoticeContent(noticeInputs['notice while it lasts']),
  'notice withdrawn': withdrawnNoticeContent({
    ...settings,
    publicId,
    products: ['Checkout'],
    publishedAt: '2026-11-17T16:02:00Z',
    withdrawnAt: '2026-11-18T09:00:00Z',
  }),
};
