import type { ControlRoute } from '../control/answers.ts';
import type { LocalStackHandle } from '../control/local-stack-handle.ts';
import { editionsView } from './editions-view.ts';
import { framedMail, schemes } from './framed-mail.ts';
import { functionsView } from './functions-view.ts';
import { inboxView } from './inbox-view.ts';
import { queuesView } from './queues-view.ts';
import { type Markup, shell, type View, views } from './shell.ts';
import { slackView } from './slack-view.ts';
import { usageView } from './usage-view.ts';

/** The page for people, one view at a time. */
export const pageRoutes = (stack: LocalStackHandle): ControlRoute[] => [
  {
    key: 'GET /_local',
    handle: async ({ query }) => {
      const view = views.find((one) => one === query.get('view')) ?? 'inbox';
      return shell(view, await contentOf(view, stack, query));
    },
  },
  {
    key: 'GET /_local/mail/{id}',
    handle: ({ parameters, query }) =>
      framedMail(
        stack,
        parameters.id ?? '',
        schemes.find((one) => one === query.get('scheme')),
      ),
  },
];

function contentOf(view: View, stack: LocalStackHandle, query: URLSearchParams): Markup | Promise<Markup> {
  switch (view) {
    case 'inbox':
      return inboxView(stack, query);
    case 'slack':
      return slackView(stack, query);
    case 'editions':
      return editionsView(stack);
    case 'queues':
      return queuesView(stack);
    case 'functions':
      return functionsView(stack, query);
    case 'usage':
      return usageView(stack);
    default:
      return view satisfies never;
  }
}
