import type { Distribution } from '../../../../core/distribution/distribution.ts';
import type { Archive } from '../../../../core/search/archive.ts';
import { readTopic, type Topic, type TopicKind, topicOf } from '../../../../core/subscriber/topic.ts';

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
 * Teams and services of the distribution file, and everything else that postmortems have named.
 * Each appears once, in alphabetical order.
 */
export function topicOffers({ teams }: Pick<Distribution, 'teams'>, archive: Pick<Archive, 'services' | 'techs'>): Offer[] {
  const named: readonly (readonly [TopicKind, readonly string[]])[] = [
    ['team', teams.map(({ name }) => name)],
    ['service', [...teams.flatMap(({ services }) => services), ...archive.services]],
    ['tech', archive.techs],
  ];
  const offers = new Map<Topic, Offer>();
  for (const [kind, names] of named) {
    for (const name of names) {
      const topic = topicOf(kind, name);
      if (topic && !offers.has(topic)) offers.set(topic, { topic, kind, name });
    }
  }
  return [...offers.values()].toSorted((a, b) => (readTopic(a.topic).name < readTopic(b.topic).name ? -1 : 1));
}

const most = 40;

/**
 * The topics that fit a search, or all of them without one. A name that no postmortem has used yet
 * is offered too, because one may come.
 */
export function findOffers(catalogue: readonly Offer[], text: string): { readonly offers: Offer[]; readonly more: number } {
  const asked = readTopic(topicOf('tech', text) ?? '').name;
  const fitting = asked === '' ? catalogue : catalogue.filter(({ topic }) => readTopic(topic).name.includes(asked));
  const isKnown = (kind: TopicKind) => catalogue.some(({ topic }) => topic === topicOf(kind, text));
  const newly = (['service', 'tech'] as const).flatMap((kind): Offer[] => {
    const topic = topicOf(kind, text);
    return topic && fitting.length === 0 && !isKnown(kind) ? [{ topic, kind, name: text.trim(), isNew: true }] : [];
  });
  return { offers: [...fitting.slice(0, most), ...newly], more: Math.max(0, fitting.length - most) };
}

/** How a topic is shown: as it is spelt somewhere, otherwise as it is stored. */
export const nameOf = (topic: Topic, catalogue: readonly Offer[]): string =>
  catalogue.find((offer) => offer.topic === topic)?.name ?? readTopic(topic).name;
