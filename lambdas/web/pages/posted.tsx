/** @jsxImportSource hono/jsx */
import { isCapabilityLink, linkHash } from '../../../core/slack/capability-link.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { WebDeps } from '../deps.ts';
import { archivePath } from '../path-to.ts';
import { postNotShown } from '../refusals.ts';
import { tellingOf } from './postmortem/telling.tsx';
import { PostedFooter } from './reading-footer.tsx';

/**
 * The postmortem to which a post in Slack links, as its channel's audience may see it now. It asks
 * for no session, sets no cookie and counts nothing, so that whatever fetches it changes nothing
 * (docs/adr/061). Once the file says `links: sign-in`, the links of earlier posts ask who reads.
 */
export const postedPage = (deps: WebDeps): PageRoute => ({
  path: '/s/{link}',
  async get({ params: { link = '' } }) {
    const opened = isCapabilityLink(link) ? await deps.postLinks.read(linkHash(link)) : undefined;
    const distribution = opened && (await deps.distribution());
    if (!opened || !distribution) return postNotShown();
    const { audience, postmortem, channelName } = opened;
    const told = (await deps.archives.of(audience)).read(postmortem);
    if (told && distribution.slack?.links === 'sign-in') return seeOther(archivePath(audience, postmortem));
    const { zone } = distribution.organisation;
    const others = { href: archivePath(audience), words: 'Sign in to read others' };
    const footer = <PostedFooter channel={channelName} />;
    // Messengers keep what the tab is called as the preview of a link that somebody passes on, and
    // such a copy outlives a restriction.
    return (await tellingOf(told, { audience, distribution, zone, others, footer, tab: 'Postmortem' }, deps)) ?? postNotShown();
  },
});
