/** @jsxImportSource hono/jsx */
import type { ActionRow } from '../../../core/action/action.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { type RenditionFor, type RenditionRow, renditions } from '../../../core/rendition/renditions.ts';
import type { Audience } from '../../../core/stream/audience.ts';
import { CrossFunctionalBody } from './cross-functional-body.tsx';
import { EngineeringBody } from './engineering-body.tsx';
import { Facts } from './facts.tsx';
import { LeadershipBody } from './leadership-body.tsx';

type Shown<R> = (props: {
  readonly of: R;
  readonly now: Date;
  readonly zone: string;
  readonly rows: readonly ActionRow[];
}) => ReturnType<typeof Facts>;

/** What the page shows to each audience below the facts. */
const bodies: { readonly [A in Audience]: Shown<RenditionFor<A>> } = {
  engineering: EngineeringBody,
  leadership: LeadershipBody,
  'cross-functional': CrossFunctionalBody,
};

/** A postmortem on a page. */
export interface Body {
  readonly facts: ReturnType<typeof Facts>;
  readonly text: ReturnType<typeof Facts>;
}

/**
 * A postmortem as its page shows it to an audience. `stored`: the audience's rendition. `zone`: in
 * which times are told, that of who looks. `rows`: what became of its action items. Without them
 * the page says what the document does.
 */
export function bodyOf<A extends Audience>(
  audience: A,
  stored: unknown,
  { organisation, products }: Pick<Distribution, 'organisation' | 'products'>,
  now: Date,
  zone: string = organisation.zone,
  rows: readonly ActionRow[] = [],
): Body {
  const { schema }: RenditionRow<A> = renditions[audience];
  const show: Shown<RenditionFor<A>> = bodies[audience];
  const of = schema.parse(stored);
  return { facts: <Facts of={of} now={now} zone={zone} products={products} />, text: show({ of, now, zone, rows }) };
}
