/** @jsxImportSource hono/jsx */
import { type Audience, bannerOf } from '../../../core/stream/audience.ts';

/** What readers of an audience have to know before they read, if there is anything. */
export const Banner = ({ audience }: { audience: Audience }) => {
  const banner = bannerOf(audience);
  return banner ? <p class="said open">{banner}</p> : null;
};
