import type { Distribution } from '../../../../core/distribution/distribution.ts';
import type { Archive } from '../../../../core/search/archive.ts';
import { readTopic, type Topic, type TopicKind, topicOf } from '../../../../core/subscriber/topic.ts';
import type { Taxonomy } from '../../../../core/taxonomy/compile.ts';
import { technologiesOf } from '../../../../core/taxonomy/terms-of.ts';

/** A topic that a reader can follow or leave out, and how it is shown. */
export interface Offer {
  readonly topic: Topic;
  readonly kind: TopicKind;
  readonly name: string;
  /** No published postmortem has named it so far. */
  readonly isNew?: true;
}

export const kindWords: Readonly<Record<TopicKind, string>> = { team: 'team', service: 'service', tech: 'technology', product: 'product' };

/**
 * Teams and services of the distribution file, and the services and technologies that postmortems
 * have named. The taxonomy decides which tags are technologies. Each appears once, in alphabetical
 * order.
 */
export function topicOffers(
  { teams }: Pick<Distribution, 'teams'>,
  archive: Pick<Archive, 'services' | 'technologies'>,
  taxonomy: Taxonomy,
): Offer[] {
  const named: readonly (readonly [TopicKind, readonly string[]])[] = [
    ['team', teams.map(({ name }) => name)],
    ['service', [...teams.flatMap(({ services }) => services), ...archive.services]],
  ];
  const offers = new Map<Topic, Offer>();
  for (const [kind, names] of named) {
    for (const name of names) {
      const topic = topicOf(kind, name);
      if (topic && !offers.has(topic)) offers.set(topic, { topic, kind, name });
    }
  }
  for (const { id, label } of archive.technologies(taxonomy)) {
    const topic = topicOf('tech', id);
    if (topic) offers.set(topic, { topic, kind: 'tech', name: label });
  }
  return [...offers.values()].toSorted((a, b) => (readTopic(a.topic).name < readTopic(b.topic).name ? -1 : 1));
}

const most = 40;

/**
 * The topics that fit a search, or all of them without one. A name that no postmortem has used yet
 * is offered too, because one may come.
 */
export function findOffers(
  catalogue: readonly Offer[],
  text: string,
  taxonomy: Taxonomy,
): { readonly offers: Offer[]; readonly more: number } {
  const asked = readTopic(topicOf('tech', text) ?? '').name;
  const meant = technologiesOf([text], taxonomy);
  const isMeant = ({ topic }: Offer) => meant.some(({ id }) => topic === topicOf('tech', id));
  const fitting = asked === '' ? catalogue : catalogue.filter((offer) => fits(offer, asked) || isMeant(offer));
  const isKnown = (kind: TopicKind) => catalogue.some(({ topic }) => topic === topicOf(kind, text));
  const [technology = { id: text, label: text.trim() }] = meant;
  const named = { service: { id: text, label: text.trim() }, tech: technology };
  const newly = (['service', 'tech'] as const).flatMap((kind): Offer[] => {
    const topic = topicOf(kind, named[kind].id);
    return topic && fitting.length === 0 && !isKnown(kind) ? [{ topic, kind, name: named[kind].label, isNew: true }] : [];
  });
  return { offers: [...fitting.slice(0, most), ...newly], more: Math.max(0, fitting.length - most) };
}

/** By the name that it is stored by, or the one that it is shown by. */
const fits = ({ topic, name }: Offer, asked: string): boolean =>
  readTopic(topic).name.includes(asked) || readTopic(topicOf('tech', name) ?? '').name.includes(asked);

/** How a topic is shown: as it is spelt somewhere, otherwise as it is stored. */
export const nameOf = (topic: Topic, catalogue: readonly Offer[]): string =>
  catalogue.find((offer) => offer.topic === topic)?.name ?? readTopic(topic).name;
