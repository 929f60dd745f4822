import * as z from 'zod';
import type { ResolvedResource } from '../template/load.ts';
import { read } from './read.ts';

/** The events of a configuration set that go to one topic. */
export interface EventDestinationPlan {
  readonly topicArn: string;
  /** In capitals without underscores: `SEND`, `DELIVERY`, `RENDERINGFAILURE` … */
  readonly eventTypes: ReadonlySet<string>;
}
export interface ConfigurationSetPlan {
  readonly name: string;
  readonly destinations: readonly EventDestinationPlan[];
}

const Destination = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z.boolean().default(true),
    MatchingEventTypes: z.array(z.string()),
    SnsDestination: z.object({ TopicARN: z.string() }),
  }),
});

export function configurationSetsOf(resources: readonly ResolvedResource[]): ConfigurationSetPlan[] {
  const destinations = resources
    .filter(({ type }) => type === 'AWS::SES::ConfigurationSetEventDestination')
    .map((resource) => read(resource, Destination))
    .filter(({ EventDestination }) => EventDestination.Enabled);
  return resources
    .filter(({ type }) => type === 'AWS::SES::ConfigurationSet')
    .map(({ name }) => ({
      name,
      destinations: destinations
        .filter(({ ConfigurationSetName }) => ConfigurationSetName === name)
        .map(({ EventDestination }) => ({
          topicArn: EventDestination.SnsDestination.TopicARN,
          // CDK writes `renderingFailure`, the API reference `RENDERING_FAILURE`.
          eventTypes: new Set(EventDestination.MatchingEventTypes.map((type) => type.replaceAll('_', '').toUpperCase())),
        })),
    }));
}
