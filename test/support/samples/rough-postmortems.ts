import type { OpenAction } from '../../../core/content/promised-content.ts';
import { Postmortem } from '../../../core/postmortem/postmortem.ts';

const wednesday = '2026-11-18T12:00:00Z';

/** Invented postmortems that are hard to lay out. */
export const endless = Postmortem.parse({
  id: 'endless',
  title: `The queue of the queue stood still, and nobody noticed until the invoices were due: ${'VeryAbstractRetryingConsumer'.repeat(3)} 🧯`,
  severity: 'sev1',
  services: [`service-${'with-a-long-name-'.repeat(5)}of-its-own`, 'billing'],
  owningTeam: 'Platform',
  summary: `The consumer stopped at https://example.com/${'a/very/long/path/'.repeat(12)} and did not say so.`,
  publishedAt: wednesday,
});

export const rightToLeft = Postmortem.parse({
  id: 'right-to-left',
  title: 'תקלה בשירות ההתחברות: 26 דקות בלי כניסה למערכת',
  severity: 'sev2',
  services: ['login'],
  summary: 'תעודת האבטחה פגה. שירות login לא חידש אותה בזמן, ו־API החזיר שגיאות 503.',
  rootCauses: ['החידוש היה רשום ביומן של אדם אחד.'],
  publishedAt: wednesday,
});

export const pictured = Postmortem.parse({
  id: 'pictured',
  title: '🔥🚒 Cache fire 👩🏽‍🚒 put out 🎉',
  severity: 'sev3',
  summary: '🧊 The cache was cold, 🔥 the database was hot.',
  publishedAt: wednesday,
});

/** Only a title. */
export const bare = Postmortem.parse({ id: 'bare', title: 'Oops', publishedAt: wednesday });

export const roughAction = {
  title: `Rename ${'AbstractSingletonProxyFactoryBean'.repeat(3)} הסרת התעודה הישנה`,
  promisedAt: '2025-02-02T10:00:00Z',
  postmortem: { id: 'right-to-left-too', title: 'התחברות נפלה' },
} satisfies OpenAction;
