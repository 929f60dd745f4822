import { emptiedContent, type PostContent, type PostSettings, postContent, struckContent } from '../content/post-content.ts';
import { type RenditionFor, type RenditionRow, renditions } from '../rendition/renditions.ts';
import { canonicalHash } from '../shared/canonical-hash.ts';
import type { PlainDate } from '../shared/instant.ts';
import type { Audience } from '../stream/audience.ts';
import type { PostView, SlackPostRow, WantedPost } from './slack-post.ts';

/** Raised when `adapters/slack/blocks.ts` shows the same content in another way. */
const looks = 1;

export interface WantedView {
  readonly view: PostView;
  /** Of the text or the title; of a post that is emptied, the one that empties it. */
  readonly revision: number;
  readonly content: PostContent;
  readonly hash: string;
}

/** What a view is made from. */
export interface ViewParts {
  readonly wanted: WantedPost | undefined;
  /** Undefined: there is no post yet. */
  readonly row: Pick<SlackPostRow, 'post'> | undefined;
  readonly audience: Audience;
  /** Whether a post may begin, or be made once more. */
  readonly mayBegin: boolean;
  /** The audience's stored rendition of the revision that is wanted. Undefined: there is none. */
  readonly rendition: unknown;
  /** The title of the revision that the post shows, as the audience may see it. */
  readonly shownTitle: string | undefined;
  readonly settings: PostSettings;
  /** The day of the revision that is wanted. */
  readonly day: PlainDate;
}

/** What a post has to show. 'nothing': it is to be left as it is, or not to begin. */
export function wantedView(parts: ViewParts): WantedView | 'nothing' {
  const { wanted, row, rendition } = parts;
  if (!wanted) return 'nothing';
  const mayStand = row !== undefined && standing.has(row.post.state);
  if (wanted.standing === 'told' && rendition !== undefined)
    return mayStand || parts.mayBegin ? fullView(parts, wanted.revision) : 'nothing';
  if (!mayStand) return 'nothing';
  if (wanted.standing === 'told') return emptied('not concerned', wanted.revision);
  return wanted.standing === 'retracted' ? retractedView(parts, wanted.revision) : emptied('withdrawn', wanted.revision);
}

const standing = new Set<SlackPostRow['post']['state']>(['posting', 'doubtful', 'posted', 'unconfirmed']);

function fullView({ audience, rendition, settings }: ViewParts, revision: number): WantedView {
  return viewOf(revision, contentFor(audience, rendition, settings));
}

function contentFor<A extends Audience>(audience: A, rendition: unknown, settings: PostSettings): PostContent {
  const { schema }: RenditionRow<A> = renditions[audience];
  const parsed: RenditionFor<A> = schema.parse(rendition);
  return postContent(audience, parsed, settings);
}

/**
 * The title of the revision that is shown, struck through. What was emptied stays so: its title may
 * be what had to be hidden. What is struck already keeps the day on which it was taken back.
 */
function retractedView({ row, shownTitle, day }: ViewParts, revision: number): WantedView | 'nothing' {
  const shown = row?.post.state === 'posted' ? row.post.shown : undefined;
  if (shown && shown.view !== 'full' && shown.hash !== '') return 'nothing';
  if (shown?.view === 'emptied') return emptied('withdrawn', revision);
  return viewOf(shown?.revision ?? 0, struckContent(shownTitle, day));
}

/** Of a channel that people of another company read. */
export const sharedView = ({ revision }: WantedView): WantedView => emptied('shared', revision);

const emptied = (why: Parameters<typeof emptiedContent>[0], revision: number): WantedView => viewOf(revision, emptiedContent(why));
const viewOf = (revision: number, content: PostContent): WantedView => ({
  view: content.view,
  revision,
  content,
  hash: canonicalHash({ content, looks }),
});
