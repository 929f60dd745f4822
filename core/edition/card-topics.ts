import { type Topic, topicOf } from '../subscriber/topic.ts';

interface About {
  readonly services: readonly string[];
  readonly owningTeam?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** What a card is about, as readers choose by it, each with its name as the document writes it; services first, then the team, then what it is made with. */
export function topicsOf({ services, owningTeam, tags = [] }: About): { topic: Topic; name: string }[] {
  const named = [
    ...services.map((name) => ({ topic: topicOf('service', name), name })),
    ...(owningTeam ? [{ topic: topicOf('team', owningTeam), name: owningTeam }] : []),
    ...tags.map((name) => ({ topic: topicOf('tech', name), name })),
  ];
  const byTopic = new Map<Topic, string>();
  for (const { topic, name } of named) if (topic !== undefined && !byTopic.has(topic)) byTopic.set(topic, name);
  return [...byTopic].map(([topic, name]) => ({ topic, name }));
}
