import type { ControlRoute } from '../control/answers.ts';
import type { World } from '../control/world.ts';
import { editionsView } from './editions-view.ts';
import { framedMail, schemes } from './framed-mail.ts';
import { functionsView } from './functions-view.ts';
import { inboxView } from './inbox-view.ts';
import { queuesView } from './queues-view.ts';
import { type Markup, shell, type View, views } from './shell.ts';
import { usageView } from './usage-view.ts';

/** The page for people, one view at a time. */
export const pageRoutes = (world: World): ControlRoute[] => [
  {
    key: 'GET /_local',
    handle: async ({ query }) => {
      const view = views.find((one) => one === query.get('view')) ?? 'inbox';
      return shell(view, await contentOf(view, world, query));
    },
  },
  {
    key: 'GET /_local/mail/{id}',
    handle: ({ parameters, query }) =>
      framedMail(
        world,
        parameters.id ?? '',
        schemes.find((one) => one === query.get('scheme')),
      ),
  },
];

function contentOf(view: View, world: World, query: URLSearchParams): Markup | Promise<Markup> {
  switch (view) {
    case 'inbox':
      return inboxView(world, query);
    case 'editions':
      return editionsView(world);
    case 'queues':
      return queuesView(world);
    case 'functions':
      return functionsView(world, query);
    case 'usage':
      return usageView(world);
    default:
      return view satisfies never;
  }
}
