import type { Distribution } from '../distribution/distribution.ts';
import { definitionOf, type StreamName } from '../stream/stream.ts';
import { readTopic, type Topic, topicOf } from '../subscriber/topic.ts';

/** A product that a reader can choose, and how it is shown. */
export interface ProductChoice {
  readonly topic: Topic;
  readonly name: string;
}

/**
 * The products that readers of a stream choose from, in the order of the file. What they chose and
 * the file has no more comes last, so that they can take it off. None: the stream knows none.
 */
export function productChoices(
  stream: StreamName,
  { products = [] }: Pick<Distribution, 'products'>,
  chosen: readonly Topic[] = [],
): ProductChoice[] {
  if (definitionOf(stream).choose !== 'only') return [];
  const offered = products.flatMap(({ name }) => {
    const topic = topicOf('product', name);
    return topic ? [{ topic, name }] : [];
  });
  const gone = chosen.filter((topic) => !offered.some((one) => one.topic === topic));
  return [...offered, ...gone.map((topic) => ({ topic, name: readTopic(topic).name }))];
}
